//! Reading the body of a response, no slower than allowed, and pausing after a failure.

use std::{pin::pin, task::Poll};

use bytes::Bytes;
use vonage_video_core::BoxError;

use super::Transfer;
use crate::{body::Body, download::error::DownloadError};

impl Transfer {
    /// The next chunk of the body, or why it did not arrive in time.
    pub(super) async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        let body = self.body.as_mut()?;
        let shared = &self.settings.client.inner().shared;
        let (time, timeout) = (&shared.time, shared.deadlines.attempt);
        let began = time.elapsed();
        let outcome = {
            let mut timer = time.sleep(timeout);
            let mut chunk = pin!(body.chunk());
            std::future::poll_fn(|cx| {
                if let Poll::Ready(outcome) = chunk.as_mut().poll(cx) {
                    return Poll::Ready(Ok(outcome));
                }
                pin!(&mut timer).poll(cx).map(Err)
            })
            .await
        };
        let slow = |body: &mut Body, why: String| {
            body.retire();
            Some(Err(BoxError::from(why)))
        };
        match outcome {
            Err(()) => slow(body, format!("nothing came for {timeout:?}")),
            Ok(Some(Ok(piece))) if self.pace.receive(piece.len() as u64, time.since(began)) => {
                Some(Ok(piece))
            }
            Ok(Some(Ok(_))) => slow(
                body,
                format!(
                    "fewer than {} bytes a second came",
                    self.settings.least_bytes_per_second
                ),
            ),
            Ok(other) => other,
        }
    }

    pub(super) async fn broke(&mut self, error: BoxError) -> Result<(), DownloadError> {
        self.body = None;
        self.again = None;
        self.pause(error).await
    }

    pub(super) async fn pause(&mut self, error: BoxError) -> Result<(), DownloadError> {
        let Some(longest) = self.pace.fail() else {
            return Err(DownloadError::Transfer {
                bytes: self.span.received(),
                source: error,
            });
        };
        let time = &self.settings.client.inner().shared.time;
        time.sleep(longest.mul_f64(time.jitter().clamp(0.0, 1.0)))
            .await;
        Ok(())
    }
}
