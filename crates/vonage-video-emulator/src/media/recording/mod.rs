//! The files that archives become. They are made anew for each download, always with the same
//! bytes, so that nothing is stored.

mod mp4;
mod zip;

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use ring::digest;
use serde::{Deserialize, Serialize};
use serde_json::json;
use vonage_video_core::{
    ProjectId, StreamId,
    models::{Archive, OutputMode, VideoType},
};

/// What a file is made from.
#[derive(Debug)]
pub(crate) struct Recording<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) project: &'a ProjectId,
    /// Milliseconds since 1970, as all times here.
    pub(crate) started: u64,
    pub(crate) segments: &'a [Segment],
}

/// The recording of a stream, from when it began to when it ended or paused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Segment {
    pub(crate) stream_id: StreamId,
    pub(crate) connection_data: String,
    pub(crate) video_type: Option<VideoType>,
    pub(crate) from: u64,
    /// `None` while it is recorded.
    pub(crate) to: Option<u64>,
}

impl Segment {
    fn end(&self) -> u64 {
        self.to.unwrap_or(self.from)
    }
}

pub(crate) const COMPOSED: &str = "archive.mp4";
pub(crate) const INDIVIDUAL: &str = "archive.zip";
pub(crate) const TRANSCRIPT: &str = "transcript.json";

/// The name of an archive's file.
pub(crate) fn file_name(archive: &Archive) -> &'static str {
    if archive.output_mode == Some(OutputMode::Individual) {
        INDIVIDUAL
    } else {
        COMPOSED
    }
}

/// The bytes of an archive's file. A composed one is empty when nothing was published.
pub(crate) fn file(recording: &Recording<'_>) -> Vec<u8> {
    let archive = recording.archive;
    if archive.output_mode == Some(OutputMode::Individual) {
        return individual(recording);
    }
    if recording.segments.is_empty() {
        return Vec::new();
    }
    mp4::file(archive.id.as_str(), size(archive.duration))
}

/// The text of an archive's transcription.
pub(crate) fn transcript(archive: &Archive) -> Vec<u8> {
    let language = archive
        .transcription
        .as_ref()
        .and_then(|transcription| transcription.primary_language_code.as_deref());
    json!({
        "archiveId": archive.id,
        "primaryLanguageCode": language.unwrap_or("en-US"),
        "text": "The emulator heard nothing.",
    })
    .to_string()
    .into_bytes()
}

/// The checksum of an archive's file, in Base64 as the service sends it.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    BASE64.encode(digest::digest(&digest::SHA256, bytes))
}

/// The same in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Files are hashed when they are made, and an archive may be four hours long.
const LARGEST: usize = 1024 * 1024;

/// 16 KiB, and one more for each second, up to a MiB.
fn size(seconds: u64) -> usize {
    usize::try_from(seconds)
        .unwrap_or(usize::MAX)
        .saturating_add(16)
        .saturating_mul(1024)
        .min(LARGEST)
}

/// A ZIP archive with a manifest, and one file for each segment.
fn individual(recording: &Recording<'_>) -> Vec<u8> {
    let files: Vec<(String, Vec<u8>)> = recording
        .segments
        .iter()
        .enumerate()
        .map(|(number, segment)| {
            let name = format!("{}_{number}.webm", segment.stream_id);
            let seconds = segment.end().saturating_sub(segment.from) / 1000;
            let bytes = mp4::noise(&name, size(seconds) / 4);
            (name, bytes)
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
    let archive = recording.archive;
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
