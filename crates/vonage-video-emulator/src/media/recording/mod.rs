//! The files that archives become. They are made again for each download, always with the same
//! bytes, so that nothing is stored.

mod composed;
mod individual;
mod input;
mod transcript;
mod zip;

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use ring::digest;
use vonage_video_core::{
    models::{Archive, OutputMode},
    shared::hex,
};

pub(crate) use self::{
    input::{Recording, Segment, Sentence},
    transcript::transcript,
};

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

/// The checksum of an archive's file, in Base64 as the service sends it.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    BASE64.encode(digest::digest(&digest::SHA256, bytes))
}

/// The same in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}
