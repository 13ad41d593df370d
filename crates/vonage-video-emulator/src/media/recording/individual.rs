//! The file of an individual archive: a ZIP archive with a manifest, and a file for each segment of
//! a stream.

use serde_json::json;
use vonage_video_core::models::VideoType;

use super::{
    input::{Recording, Segment},
    zip,
};
use crate::media::{
    film::Scene,
    matroska::{self, Recorded},
};

/// The bytes of the file.
pub(super) fn file(recording: &Recording<'_>) -> Vec<u8> {
    let archive = recording.archive;
    let files: Vec<(String, Vec<u8>)> = recording
        .segments
        .iter()
        .enumerate()
        .map(|(number, segment)| {
            let name = format!("{}_{number}.mkv", segment.stream_id);
            (name, stream(recording, segment))
        })
        .collect();
    let offset = |at: u64| at.saturating_sub(recording.started);
    let entries: Vec<_> = recording
        .segments
        .iter()
        .zip(&files)
        .map(|(segment, (name, bytes))| {
            json!({
                "connectionData": segment.connection_data,
                "filename": name,
                "size": bytes.len(),
                "startTimeOffset": offset(segment.from),
                "stopTimeOffset": offset(segment.end()),
                "streamId": segment.stream_id,
                "videoType": segment.video_type,
            })
        })
        .collect();
    let manifest = json!({
        "createdAt": recording.started,
        "files": entries,
        "id": archive.id,
        "name": archive.name,
        "partnerId": recording.project.clone().as_number(),
        "sessionId": archive.session_id,
    });
    let manifest = (
        format!("{}.json", archive.id),
        manifest.to_string().into_bytes(),
    );
    zip::stored(std::iter::once(manifest).chain(files))
}

/// The recording of a stream: its colour and its name, for as long as it had video.
fn stream(recording: &Recording<'_>, segment: &Segment) -> Vec<u8> {
    let archive = recording.archive;
    let duration = segment.duration();
    let (width, height) = size(segment);
    let alone = |mut scene: Scene| {
        scene.from -= segment.recorded;
        scene.to -= segment.recorded;
        for tile in &mut scene.tiles {
            (tile.x, tile.y) = (0, 0);
            (tile.width, tile.height) = (width, height);
        }
        scene
    };
    let until = segment.recorded.saturating_add(duration);
    let film = recording.film.of_stream(&segment.stream_id);
    let scenes: Vec<Scene> = film
        .scenes(None, segment.recorded, until)
        .into_iter()
        .map(alone)
        .collect();
    let has_video =
        archive.has_video != Some(false) && scenes.iter().any(|scene| !scene.tiles.is_empty());
    let whole = |pixels| usize::try_from(pixels).unwrap_or(0);
    matroska::file(&Recorded {
        video: has_video.then_some((whole(width), whole(height), &scenes)),
        audio: archive.has_audio != Some(false) && segment.has_audio,
        duration,
    })
}

/// The emulator's streams have no resolution: screens are larger than cameras.
fn size(segment: &Segment) -> (u32, u32) {
    match segment.video_type {
        Some(VideoType::Screen) => (1280, 720),
        _ => (640, 480),
    }
}
