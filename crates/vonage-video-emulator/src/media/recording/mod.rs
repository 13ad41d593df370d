//! The files that archives become. They are made anew whenever they are asked for, always of the same bytes, so that nothing is stored.

mod mp4;
mod zip;

use ring::digest;
use serde_json::json;
use vonage_video_core::{
    ProjectId,
    models::{ArchiveStorage, OutputMode},
};

use crate::world::ArchiveRecord;

pub(crate) const COMPOSED: &str = "archive.mp4";
pub(crate) const INDIVIDUAL: &str = "archive.zip";
pub(crate) const TRANSCRIPT: &str = "transcript.json";

/// The name of an archive's file.
pub(crate) fn file_name(archive: &ArchiveRecord) -> &'static str {
    if archive.model.output_mode == Some(OutputMode::Individual) {
        INDIVIDUAL
    } else {
        COMPOSED
    }
}

/// The bytes of an archive's file. A composed one is empty when nothing was published.
pub(crate) fn file(archive: &ArchiveRecord) -> Vec<u8> {
    if archive.model.output_mode == Some(OutputMode::Individual) {
        return individual(archive);
    }
    if archive.stretches.is_empty() {
        return Vec::new();
    }
    mp4::file(archive.model.id.as_str(), size(archive.model.duration))
}

/// The text of an archive's transcription.
pub(crate) fn transcript(archive: &ArchiveRecord) -> Vec<u8> {
    let language = archive
        .model
        .transcription
        .as_ref()
        .and_then(|transcription| transcription.primary_language_code.clone());
    json!({
        "archiveId": archive.model.id,
        "primaryLanguageCode": language.unwrap_or_else(|| "en-US".to_owned()),
        "text": "The emulator heard nothing.",
    })
    .to_string()
    .into_bytes()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether a storage target is one that uploads to fail: its endpoint or domain ends in `.invalid`, the name that is reserved for never existing.
pub(crate) fn unreachable(storage: &ArchiveStorage) -> bool {
    let config = &storage.config;
    [&config.endpoint, &config.domain]
        .into_iter()
        .flatten()
        .any(|address| crate::world::address::never_exists(address))
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

/// A ZIP archive with a manifest, and one file for each stretch of a stream.
fn individual(archive: &ArchiveRecord) -> Vec<u8> {
    let files: Vec<(String, Vec<u8>)> = archive
        .stretches
        .iter()
        .enumerate()
        .map(|(number, stretch)| {
            let name = format!("{}_{number}.webm", stretch.stream);
            let seconds = archive_time(stretch.to.unwrap_or(stretch.from), stretch.from) / 1000;
            let bytes = mp4::noise(&name, size(seconds) / 4);
            (name, bytes)
        })
        .collect();
    let entries: Vec<_> = archive
        .stretches
        .iter()
        .zip(&files)
        .map(|(stretch, (name, bytes))| {
            json!({
                "connectionData": stretch.connection_data,
                "filename": name,
                "size": bytes.len(),
                "startTimeOffset": archive_time(stretch.from, archive.started),
                "stopTimeOffset": archive_time(stretch.to.unwrap_or(stretch.from), archive.started),
                "streamId": stretch.stream,
                "videoType": stretch.video_type,
            })
        })
        .collect();
    let manifest = json!({
        "createdAt": archive.started,
        "files": entries,
        "id": archive.model.id,
        "name": archive.model.name,
        "partnerId": ProjectId::from(archive.project.as_str()).as_number(),
        "sessionId": archive.model.session_id,
    });
    let manifest = (
        format!("{}.json", archive.model.id),
        manifest.to_string().into_bytes(),
    );
    zip::stored(std::iter::once(manifest).chain(files))
}

fn archive_time(at: u64, zero: u64) -> u64 {
    at.saturating_sub(zero)
}
