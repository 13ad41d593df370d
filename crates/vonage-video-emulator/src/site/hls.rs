//! The HLS streams of broadcasts: playlists, and the pieces that they name.

use std::{future::poll_fn, time::Duration};

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE,
        RETRY_AFTER,
    },
};
use tokio::time::{sleep, timeout};
use vonage_video_core::BroadcastId;

use crate::{
    media::hls::{self, Piece, Position, SEGMENT},
    site::Site,
};

/// How long a player may wait for what is not there yet: three target durations.
const WAIT_TIMEOUT: Duration = Duration::from_millis(3 * SEGMENT);

/// A player may ask for at most this many segments more than there are.
const AHEAD: u64 = 2;

impl Site {
    /// Serves `{broadcastId}/playlist.m3u8` and the pieces beside it: 404 until they are there. Low
    /// latency lets players wait for the next part.
    pub(crate) async fn hls(&self, path: &str, request: &Request<Bytes>) -> Response<Bytes> {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let mut response = empty(StatusCode::METHOD_NOT_ALLOWED);
            let allowed = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(ALLOW, allowed);
            return response;
        }
        let Some((id, name)) = path.split_once('/') else {
            return empty(StatusCode::NOT_FOUND);
        };
        let id = BroadcastId::from(id);
        let query = request.uri().query().unwrap_or_default();
        let mut response = match (name, Piece::from_name(name)) {
            ("playlist.m3u8", _) => self.playlist(&id, query).await,
            (_, Some(piece)) => self.piece(&id, piece).await,
            _ => empty(StatusCode::NOT_FOUND),
        };
        let headers = response.headers_mut();
        // Players are on other pages.
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        if request.method() == Method::HEAD {
            let length = HeaderValue::from(response.body().len());
            response.headers_mut().insert(CONTENT_LENGTH, length);
            *response.body_mut() = Bytes::new();
        }
        response
    }

    async fn playlist(&self, id: &BroadcastId, query: &str) -> Response<Bytes> {
        let Ok(position) = Position::from_query(query) else {
            return empty(StatusCode::BAD_REQUEST);
        };
        let Some(live) = self.live(id) else {
            return empty(StatusCode::NOT_FOUND);
        };
        if let Some(position) = position.filter(|_| live.low_latency) {
            if position.segment > (live.length / SEGMENT).saturating_add(AHEAD) {
                return empty(StatusCode::BAD_REQUEST);
            }
            if !self.has(id, position.complete_at()).await {
                return later();
            }
        }
        match self.live(id) {
            Some(live) => {
                let text = hls::playlist(&live).into_bytes();
                found(text, "application/vnd.apple.mpegurl", "no-cache")
            }
            None => empty(StatusCode::NOT_FOUND),
        }
    }

    async fn piece(&self, id: &BroadcastId, piece: Piece) -> Response<Bytes> {
        let Some(live) = self.live(id) else {
            return empty(StatusCode::NOT_FOUND);
        };
        let (from, to) = piece.times(live.ended.then_some(live.length));
        let is_next = matches!(piece, Piece::Part(..)) && from <= live.length;
        if to > live.length && !(live.low_latency && is_next) {
            return empty(StatusCode::NOT_FOUND);
        }
        if !self.has(id, to).await {
            return later();
        }
        let state = self.lock();
        let now = state.world.now();
        let bytes = state.world.broadcasts().get(id).and_then(|broadcast| {
            let live = broadcast.hls(now)?;
            let ended = live.ended.then_some(live.length);
            hls::bytes(piece, &broadcast.pieces(), ended)
        });
        match bytes {
            Some(bytes) => found(bytes, "video/mp4", "max-age=60"),
            None => empty(StatusCode::NOT_FOUND),
        }
    }

    fn live(&self, id: &BroadcastId) -> Option<hls::Live> {
        let state = self.lock();
        let now = state.world.now();
        state.world.broadcasts().get(id)?.hls(now)
    }

    /// Waits until a stream is so long or has ended. Virtual time may pass by itself or leap.
    async fn has(&self, id: &BroadcastId, length: u64) -> bool {
        let wait = async {
            loop {
                // From before the look, so that no change is missed.
                let mut news = {
                    let state = self.lock();
                    state.world.subscribe(state.world.latest())
                };
                let left = match self.live(id) {
                    Some(live) if !live.ended => length.saturating_sub(live.length),
                    _ => 0,
                };
                if left == 0 {
                    return;
                }
                let changed = poll_fn(|context| news.poll_next(context));
                tokio::select! {
                    () = sleep(Duration::from_millis(left)) => {}
                    news = changed => if news.is_none() {
                        return;
                    }
                }
            }
        };
        timeout(WAIT_TIMEOUT, wait).await.is_ok()
    }
}

fn found(bytes: Vec<u8>, kind: &'static str, cache: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// What a player waits for did not come in time.
fn later() -> Response<Bytes> {
    let mut response = empty(StatusCode::SERVICE_UNAVAILABLE);
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}
