//! The time limits of an attempt, and reading a response within them.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{DecodeError, Error, Phase, Sent};

use crate::{
    body::{ReadError, SentFlag},
    clock::{Instant, Time},
    options::Deadlines,
    response::Received,
    transport::TransportFuture,
};

/// The limits of an attempt.
#[derive(Clone, Copy)]
pub(crate) struct AttemptLimits {
    pub(crate) deadlines: Deadlines,
    /// The time that is left of the call.
    pub(crate) remaining: Duration,
    /// The size of the largest body that is read.
    pub(crate) max_response_bytes: usize,
}

/// Waits for a response and reads it to its end.
pub(crate) async fn attempt(
    response: TransportFuture<'_>,
    sent_flag: &SentFlag,
    limits: AttemptLimits,
    time: &Time,
    began: Instant,
) -> Result<Received, Error> {
    let exchange = pin!(async {
        let (head, mut body) = response.await?.into_parts();
        let mut read = Bytes::new();
        let outcome = body.read(limits.max_response_bytes, &mut read).await;
        // The beginning of an error response is worth more than an error about its rest.
        match outcome {
            Err(error) if head.status.is_success() => Err(unreadable(
                error,
                head.status,
                read,
                limits.max_response_bytes,
            )),
            _ => Ok(Received {
                status: head.status,
                headers: head.headers,
                body: read,
            }),
        }
    });
    within(exchange, sent_flag, limits, time, began).await
}

fn unreadable(error: ReadError, status: StatusCode, read: Bytes, largest: usize) -> Error {
    match error {
        ReadError::Broken(error) => Error::transport("reading the response", error),
        ReadError::TooLarge => {
            let error = DecodeError::whole(format!(
                "the response is larger than {largest} bytes, the most that is read; see `max_response_bytes`"
            ));
            Error::decode(error, status, read)
        }
    }
}

/// Limits the time until a request is written, and the time of the whole exchange.
pub(crate) async fn within<T>(
    mut exchange: Pin<&mut impl Future<Output = Result<T, Error>>>,
    sent_flag: &SentFlag,
    AttemptLimits {
        deadlines,
        remaining,
        ..
    }: AttemptLimits,
    time: &Time,
    began: Instant,
) -> Result<T, Error> {
    let limit = deadlines.attempt.min(remaining);
    let mut timer = time.sleep(deadlines.connect.min(limit));
    poll_fn(|cx| {
        if let Poll::Ready(outcome) = exchange.as_mut().poll(cx) {
            return Poll::Ready(outcome);
        }
        loop {
            ready!(pin!(&mut timer).poll(cx));
            let spent = time.since(began);
            let sent = if sent_flag.is_set() {
                Sent::Maybe
            } else {
                Sent::No
            };
            let (phase, limit_hit) = if spent >= limit {
                if remaining < deadlines.attempt {
                    (Phase::Total, deadlines.total)
                } else {
                    (Phase::Attempt, deadlines.attempt)
                }
            } else if sent == Sent::No && !sent_flag.does_transport_bound_connecting() {
                (Phase::Connect, deadlines.connect)
            } else {
                timer = time.sleep(limit.saturating_sub(spent));
                continue;
            };
            sent_flag.time_out();
            return Poll::Ready(Err(Error::timeout(phase, limit_hit, sent)));
        }
    })
    .await
}
