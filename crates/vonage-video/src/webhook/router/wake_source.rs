//! Webhooks as what wakes a wait: `client.wait(&archive).woken_by(&webhooks)`.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use vonage_video_http::WakeSource;

use super::{Webhooks, wake};

/// Every verified event about the resource that is waited for, or about its session, wakes the
/// wait, copies too. On a fleet the webhook may reach another instance: the wait still reads once a
/// minute.
impl WakeSource for Webhooks {
    fn listen(&self, ids: &[String]) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let wakers = &self.shared.wakers;
        let mut receivers: Vec<_> = ids.iter().map(|id| wakers.subscribe(id)).collect();
        if ids.is_empty() {
            receivers.push(wakers.subscribe(wake::EVERYTHING));
        }
        Box::pin(async move {
            let mut changes: Vec<_> = receivers
                .iter_mut()
                .map(|receiver| Box::pin(receiver.changed()))
                .collect();
            poll_fn(|cx| {
                let mut woken = changes.iter_mut().map(|change| change.as_mut().poll(cx));
                // An error is the end of the router, which lives as long as this.
                if woken.any(|change| matches!(change, Poll::Ready(Ok(())))) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            })
            .await;
        })
    }
}
