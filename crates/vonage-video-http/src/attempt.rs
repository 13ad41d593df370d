//! One attempt: a request sent and its answer read, within the time there is.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::{Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use vonage_video_core::{DecodeError, Error, Phase, Sent};

use crate::{
    answer::Received,
    body::{Body, Mark, ReadError},
    clock::Time,
    options::Deadlines,
    transport::Transport,
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

/// Sends a request and reads its answer to the end.
pub(crate) async fn attempt(
    transport: &dyn Transport,
    request: Request<Body>,
    mark: &Mark,
    bounds: Bounds,
    time: &Time,
) -> Result<Received, Error> {
    let exchange = async {
        let response = transport.send(request).await?;
        read(response, bounds.largest_answer).await
    };
    within(exchange, mark, bounds, time).await
}

/// Bounds what is done with a request in time: until it is written, and in all.
pub(crate) async fn within<T>(
    exchange: impl Future<Output = Result<T, Error>>,
    mark: &Mark,
    Bounds {
        deadlines, left, ..
    }: Bounds,
    time: &Time,
) -> Result<T, Error> {
    let start = time.elapsed();
    let limit = deadlines.attempt.min(left);
    let mut exchange = pin!(exchange);
    let mut timer = time.sleep(deadlines.connect.min(limit));
    poll_fn(|cx| {
        if let Poll::Ready(outcome) = exchange.as_mut().poll(cx) {
            return Poll::Ready(outcome);
        }
        loop {
            ready!(pin!(&mut timer).poll(cx));
            let spent = time.since(start);
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

async fn read(response: Response<Body>, largest: usize) -> Result<Received, Error> {
    let (head, body) = response.into_parts();
    let mut read = Bytes::new();
    let outcome = body.read(largest, &mut read).await;
    // A refusal needs no whole body: what the server said so far is worth more than an error about the rest.
    if head.status.is_success() {
        match outcome {
            Ok(()) => {}
            Err(ReadError::TooLarge) => {
                let error = DecodeError::whole(format!(
                    "the answer is larger than {largest} bytes, the most that is read; see `max_answer_bytes`"
                ));
                return Err(Error::decode(error, head.status, read));
            }
            Err(ReadError::Broken(error)) => {
                return Err(Error::transport("reading the answer", error));
            }
        }
    }
    Ok(Received {
        status: head.status,
        headers: head.headers,
        body: read,
    })
}
