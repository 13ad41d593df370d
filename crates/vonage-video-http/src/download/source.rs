//! Which archive's file is downloaded.

use vonage_video_core::{
    ArchiveId,
    models::{Archive, ArchiveStatus},
};

/// What to download: `&Archive`, or the id of an archive.
#[derive(Clone, Debug)]
pub struct DownloadSource {
    pub(super) id: ArchiveId,
    /// The archive as last read.
    pub(super) known: Option<Box<Archive>>,
}

impl From<&Archive> for DownloadSource {
    fn from(archive: &Archive) -> Self {
        Self {
            id: archive.id.clone(),
            // What was pending when it was read may be there by now.
            known: (archive.status == ArchiveStatus::Available).then(|| Box::new(archive.clone())),
        }
    }
}

impl From<&ArchiveId> for DownloadSource {
    fn from(id: &ArchiveId) -> Self {
        Self::from(id.clone())
    }
}

impl From<ArchiveId> for DownloadSource {
    fn from(id: ArchiveId) -> Self {
        Self { id, known: None }
    }
}

impl From<&str> for DownloadSource {
    fn from(id: &str) -> Self {
        Self::from(ArchiveId::new(id))
    }
}
