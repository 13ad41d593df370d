//! The task of an HTTP/1.1 connection: reads and writes, and ends it when it has been idle for too
//! long.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Weak},
    task::{Context, Poll},
};

use hyper::client::conn::http1::Connection;
use hyper_util::rt::TokioIo;
use tokio::time::{Sleep, sleep};

use super::{
    origin::{Expiry, Origin},
    stream::{Health, Metered},
};
use crate::body::Body;

pub(super) struct Driver {
    connection: Connection<TokioIo<Metered>, Body>,
    health: Arc<Health>,
    /// The task must not keep alive the pool that owns the connection.
    origin: Weak<Origin>,
    idle: Pin<Box<Sleep>>,
}

impl Driver {
    pub(super) fn new(
        connection: Connection<TokioIo<Metered>, Body>,
        health: Arc<Health>,
        origin: &Arc<Origin>,
    ) -> Self {
        Self {
            connection,
            health,
            origin: Arc::downgrade(origin),
            idle: Box::pin(sleep(origin.idle_timeout)),
        }
    }
}

impl Future for Driver {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            // Errors reach the call that uses the connection; one that is idle just ends.
            if Pin::new(&mut self.connection).poll(cx).is_ready() {
                if let Some(origin) = self.origin.upgrade() {
                    drop(origin.remove(&self.health));
                }
                return Poll::Ready(());
            }
            if self.idle.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            match self
                .origin
                .upgrade()
                .map(|origin| origin.expire(&self.health))
            {
                // Once its sender is gone, hyper closes the connection in good order.
                Some(Expiry::Removed) => {}
                Some(Expiry::LookAgain(at)) => self.idle.as_mut().reset(at),
                None => return Poll::Ready(()),
            }
        }
    }
}
