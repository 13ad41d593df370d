//! A connection while a call uses it: what was sent over it is known, and it goes back to the pool
//! only when it is clean.

use std::sync::Arc;

use http::{Request, Response};
use hyper::client::conn::http1::SendRequest;
use tokio::{runtime, time::Instant};
use vonage_video_core::Error;

#[cfg(feature = "http2")]
use super::http2::SharedLease;
use super::{
    origin::{Idle, Slot},
    stream::Health,
    unanswered::Unanswered,
};
use crate::body::{self, Body, SentFlag};

/// A connection in use. Dropping it closes an HTTP/1.1 connection.
pub(super) struct Lease {
    connection: Connection,
    /// When the attempt began that uses it.
    began: Instant,
    attempt: SentFlag,
}

enum Connection {
    Http1(Exclusive),
    #[cfg(feature = "http2")]
    Http2(SharedLease),
    /// Given back.
    None,
}

/// An HTTP/1.1 connection: one request at a time.
pub(super) struct Exclusive {
    pub(super) sender: SendRequest<Body>,
    pub(super) health: Arc<Health>,
    pub(super) runtime: runtime::Id,
    /// Whether it served a request before.
    pub(super) reused: bool,
    pub(super) slot: Slot,
}

impl Lease {
    pub(super) fn exclusive(connection: Exclusive, began: Instant, attempt: SentFlag) -> Self {
        Self {
            connection: Connection::Http1(connection),
            began,
            attempt,
        }
    }

    #[cfg(feature = "http2")]
    pub(super) fn shared(connection: SharedLease, began: Instant, attempt: SentFlag) -> Self {
        Self {
            connection: Connection::Http2(connection),
            began,
            attempt,
        }
    }

    pub(super) fn is_http2(&self) -> bool {
        !matches!(self.connection, Connection::Http1(_))
    }

    /// Sends the request that is in `request`, and leaves it there if it was not sent and may be
    /// over another connection. The body of the response keeps the connection until it was read.
    ///
    /// By reference, since each function that has a request has room for one.
    pub(super) async fn send(
        mut self,
        request: &mut Option<Request<Body>>,
    ) -> Result<Response<Body>, Unanswered> {
        let outcome = match &mut self.connection {
            Connection::Http1(connection) => connection.send(request).await,
            #[cfg(feature = "http2")]
            Connection::Http2(connection) => connection.send(request).await,
            Connection::None => Err(Unanswered::Returned),
        };
        match outcome {
            Ok(response) => {
                let (head, incoming) = response.into_parts();
                Ok(Response::from_parts(
                    head,
                    Body::leased(incoming, Box::new(self)),
                ))
            }
            Err(unanswered) => {
                body::Lease::broke(&mut self);
                Err(unanswered)
            }
        }
    }
}

impl body::Lease for Lease {
    fn give_back(&mut self) {
        match std::mem::replace(&mut self.connection, Connection::None) {
            Connection::Http1(connection) => connection.give_back(),
            #[cfg(feature = "http2")]
            Connection::Http2(_) => {}
            Connection::None => {}
        }
    }

    fn broke(&mut self) {
        match std::mem::replace(&mut self.connection, Connection::None) {
            Connection::Http1(connection) => {
                connection.slot.0.retire_idle_since_before(self.began);
            }
            #[cfg(feature = "http2")]
            Connection::Http2(connection) => connection.broke(),
            Connection::None => {}
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.attempt.has_timed_out() {
            return;
        }
        match &self.connection {
            Connection::Http1(connection) => {
                connection.slot.0.retire_idle_since_before(self.began);
            }
            #[cfg(feature = "http2")]
            Connection::Http2(connection) => connection.retire(),
            Connection::None => {}
        }
    }
}

impl Exclusive {
    async fn send(
        &mut self,
        request: &mut Option<Request<Body>>,
    ) -> Result<Response<hyper::body::Incoming>, Unanswered> {
        let Some(taken) = request.take() else {
            return Err(Unanswered::Returned);
        };
        let before = self.health.written();
        if self.reused {
            self.health.recheck();
        }
        let mut error = match self.sender.try_send_request(taken).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        if let Some(returned) = error.take_message() {
            // A new connection that breaks at once is worth an error: the next may do the same.
            return Err(if self.reused {
                *request = Some(returned);
                Unanswered::Returned
            } else {
                Unanswered::Failed(self.unsent(error.into_error()))
            });
        }
        let error = error.into_error();
        Err(Unanswered::Failed(if self.health.written() == before {
            self.unsent(error)
        } else {
            Error::transport("waiting for the response", error)
        }))
    }

    fn unsent(&self, error: hyper::Error) -> Error {
        Error::connect(self.slot.0.target.to_string(), error)
    }

    fn give_back(self) {
        let Self {
            sender,
            health,
            runtime,
            slot,
            ..
        } = self;
        if !sender.is_closed() {
            slot.0.give_back(Idle {
                sender,
                health,
                runtime,
                since: Instant::now(),
            });
        }
        // After the connection, so that a call that waits for the slot finds it.
        drop(slot);
    }
}
