//! One attempt: a request sent and its answer read, within the time there is.

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
    answer::Received,
    body::{Mark, ReadError},
    clock::{Moment, Time},
    options::Deadlines,
    transport::TransportFuture,
};

/// What bounds an attempt.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) deadlines: Deadlines,
    /// What is left of the call's time.
    pub(crate) left: Duration,
    /// The longest body that is read.
    pub(crate) largest_answer: usize,
}

/// Waits for an answer and reads it to its end.
pub(crate) async fn attempt(
    answer: TransportFuture<'_>,
    mark: &Mark,
    bounds: Bounds,
    time: &Time,
    began: Moment,
) -> Result<Received, Error> {
    let exchange = pin!(async {
        let (head, mut body) = answer.await?.into_parts();
        let mut read = Bytes::new();
        let outcome = body.read(bounds.largest_answer, &mut read).await;
        // A refusal needs no whole body: what the server said so far is worth more than an error about the rest.
        match outcome {
            Err(error) if head.status.is_success() => {
                Err(unreadable(error, head.status, read, bounds.largest_answer))
            }
            _ => Ok(Received {
                status: head.status,
                headers: head.headers,
                body: read,
            }),
        }
    });
    within(exchange, mark, bounds, time, began).await
}

fn unreadable(error: ReadError, status: StatusCode, read: Bytes, largest: usize) -> Error {
    match error {
        ReadError::Broken(error) => Error::transport("reading the answer", error),
        ReadError::TooLarge => {
            let error = DecodeError::whole(format!(
                "the answer is larger than {largest} bytes, the most that is read; see `max_answer_bytes`"
            ));
            Error::decode(error, status, read)
        }
    }
}

/// Bounds what is done with a request in time: until it is written, and in all.
pub(crate) async fn within<T>(
    mut exchange: Pin<&mut impl Future<Output = Result<T, Error>>>,
    mark: &Mark,
    Bounds {
        deadlines, left, ..
    }: Bounds,
    time: &Time,
    began: Moment,
) -> Result<T, Error> {
    let limit = deadlines.attempt.min(left);
    let mut timer = time.sleep(deadlines.connect.min(limit));
    poll_fn(|cx| {
        if let Poll::Ready(outcome) = exchange.as_mut().poll(cx) {
            return Poll::Ready(outcome);
        }
        loop {
            ready!(pin!(&mut timer).poll(cx));
            let spent = time.since(began);
            let sent = if mark.is_set() { Sent::Maybe } else { Sent::No };
            let (phase, limit_hit) = if spent >= limit {
                if left < deadlines.attempt {
                    (Phase::Total, deadlines.total)
                } else {
                    (Phase::Attempt, deadlines.attempt)
                }
            } else if sent == Sent::No {
                (Phase::Connect, deadlines.connect)
            } else {
                timer = time.sleep(limit.saturating_sub(spent));
                continue;
            };
            return Poll::Ready(Err(Error::timeout(phase, limit_hit, sent)));
        }
    })
    .await
}
