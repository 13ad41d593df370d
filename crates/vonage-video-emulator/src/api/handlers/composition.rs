//! What archives and broadcasts have in common: tags, layouts, and streams chosen by hand.

use http::StatusCode;
use vonage_video_core::{
    StreamId,
    models::{ArchiveStream, Layout, LayoutType},
};

use crate::api::{
    operations::unknown_value,
    refusal::{ApiResult, Refusal},
};

/// Whether a second archive or broadcast of a session may not start: it needs a tag that none of
/// the running ones has.
pub(super) fn is_tag_taken<'r>(
    mut running: impl Iterator<Item = Option<&'r str>>,
    tag: Option<&str>,
) -> bool {
    match tag {
        None => running.next().is_some(),
        Some(tag) => running.any(|other| other == Some(tag)),
    }
}

/// Refuses layouts that the service does not know.
pub(super) fn check_layout(layout: &Layout) -> ApiResult<()> {
    if let LayoutType::Unknown(value) = &layout.kind {
        return Err(unknown_value("layout type", value));
    }
    match &layout.screenshare_type {
        Some(LayoutType::Unknown(value)) => Err(unknown_value("screenshareType", value)),
        Some(LayoutType::Custom) => Err(unknown_value("screenshareType", "custom")),
        _ => Ok(()),
    }
}

pub(super) fn not_manual(what: &str) -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("The {what} is not in manual stream mode"),
    )
}

/// Adds a stream, or changes what of it is used. Audio and video are unless switched off.
pub(super) fn with_stream(
    streams: &[ArchiveStream],
    id: &StreamId,
    has_audio: Option<bool>,
    has_video: Option<bool>,
) -> Vec<ArchiveStream> {
    let mut stream = ArchiveStream::default();
    stream.stream_id = id.clone();
    stream.has_audio = has_audio.unwrap_or(true);
    stream.has_video = has_video.unwrap_or(true);
    let others = streams.iter().filter(|other| other.stream_id != *id);
    others.cloned().chain([stream]).collect()
}

/// Removes a stream.
pub(super) fn without_stream(
    streams: &[ArchiveStream],
    id: &StreamId,
) -> ApiResult<Vec<ArchiveStream>> {
    let others: Vec<_> = streams
        .iter()
        .filter(|other| other.stream_id != *id)
        .cloned()
        .collect();
    if others.len() == streams.len() {
        return Err(Refusal::not_found("Stream not found"));
    }
    Ok(others)
}
