//! The playlists of broadcasts: enough for a player, or a test, to see that something is there.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};
use vonage_video_core::{BroadcastId, models::HlsStatus};

use crate::world::World;

/// Serves `{broadcastId}/playlist.m3u8`: 404 until the stream is ready.
pub(crate) fn playlist(world: &World, path: &str) -> Response<Bytes> {
    let ready = path
        .strip_suffix("/playlist.m3u8")
        .and_then(|id| world.broadcasts().get(&BroadcastId::from(id)))
        .and_then(|broadcast| broadcast.model.urls.as_ref())
        .is_some_and(|urls| matches!(urls.hls_status, Some(HlsStatus::Ready | HlsStatus::Live)));
    if !ready {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let mut response = Response::new(Bytes::from_static(
        b"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n",
    ));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.apple.mpegurl"),
    );
    response
}
