//! The body of a delivery, read whole, within a limit of size and time.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    time::Duration,
};

use bytes::Buf;
use http_body::Body;

/// The largest body that is read unless another limit is set: 1 MiB. The largest known events, an
/// archive with all its streams, are a few KiB.
pub const DEFAULT_BODY_LIMIT: usize = 1024 * 1024;

/// How long the body may take to arrive.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why a body was not read.
#[derive(Debug)]
pub(super) enum BodyError {
    TooLarge,
    Broken,
}

pub(super) async fn read<B: Body>(body: B, limit: usize) -> Result<Vec<u8>, BodyError> {
    if body.size_hint().lower() > limit as u64 {
        return Err(BodyError::TooLarge);
    }
    in_time(read_all(body, limit)).await
}

async fn read_all<B: Body>(body: B, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut body = pin!(body);
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let Ok(frame) = frame else {
            return Err(BodyError::Broken);
        };
        let Ok(mut data) = frame.into_data() else {
            continue;
        };
        if data.remaining() > limit - all.len() {
            return Err(BodyError::TooLarge);
        }
        while data.has_remaining() {
            let chunk = data.chunk();
            let length = chunk.len();
            all.extend_from_slice(chunk);
            data.advance(length);
        }
    }
    Ok(all)
}

/// Without a runtime there are no timers, and bodies that are in memory need none.
async fn in_time<T>(work: impl Future<Output = Result<T, BodyError>>) -> Result<T, BodyError> {
    if tokio::runtime::Handle::try_current().is_err() {
        return work.await;
    }
    tokio::time::timeout(TIMEOUT, work)
        .await
        .unwrap_or(Err(BodyError::Broken))
}
