//! The files that archives become. They are made anew for each download, always with the same
//! bytes, so that nothing is stored.

mod composed;
mod individual;
mod input;
mod zip;

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use ring::digest;
use serde_json::json;
use vonage_video_core::models::{Archive, OutputMode};

pub(crate) use self::input::{Recording, Segment};

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
        return individual::file(recording);
    }
    if recording.segments.is_empty() {
        return Vec::new();
    }
    composed::file(recording)
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
