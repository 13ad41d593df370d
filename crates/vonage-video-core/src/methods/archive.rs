//! Archives: where the file is, and what to do next.

use std::time::Duration;

use crate::{
    generated::ids::StreamId,
    models::{Archive, ArchiveReason, ArchiveStatus, Layout},
    operations::{
        AddArchiveStream, DeleteArchive, GetArchive, RemoveArchiveStream, SetArchiveLayout,
        StopArchive,
    },
    time::Timestamp,
};

/// How long the service keeps a file that it was not told to put elsewhere, by the archiving guide.
const KEPT: Duration = Duration::from_secs(72 * 60 * 60);

/// Where an archive's file is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ArchiveLocation<'a> {
    /// It is not made yet: the archive runs, is paused, or has just stopped.
    Pending,
    /// It can be downloaded.
    Available {
        /// Where from: a signed link that works for ten minutes. Read the archive again for a fresh one.
        url: &'a str,
        /// When the service deletes it: 72 hours after the archive last changed; `None` when the answer does not say when that was.
        until: Option<Timestamp>,
    },
    /// It is in your own bucket or container, under `<project>/<archive id>/archive.mp4` or `archive.zip`. The service has no link to it.
    Uploaded,
    /// Its 72 hours are over, or it was deleted.
    Gone,
    /// There is none: recording failed.
    Failed {
        /// Why, as far as the server says.
        reason: Option<&'a ArchiveReason>,
    },
    /// The status is not one that this version knows, or the answer lacks the link it should have.
    Unknown,
}

impl Archive {
    /// Where its file is.
    ///
    /// ```
    /// use vonage_video_core::{ArchiveLocation, models::Archive};
    /// let archive: Archive = serde_json::from_str(r#"{"id": "a", "status": "uploaded", "url": null}"#)?;
    /// assert_eq!(archive.location(), ArchiveLocation::Uploaded);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn location(&self) -> ArchiveLocation<'_> {
        match self.status {
            ArchiveStatus::Started | ArchiveStatus::Paused | ArchiveStatus::Stopped => {
                ArchiveLocation::Pending
            }
            ArchiveStatus::Uploaded => ArchiveLocation::Uploaded,
            ArchiveStatus::Expired | ArchiveStatus::Deleted => ArchiveLocation::Gone,
            ArchiveStatus::Failed => ArchiveLocation::Failed {
                reason: self.reason.as_ref(),
            },
            ArchiveStatus::Available => match self.url.as_deref().filter(|url| !url.is_empty()) {
                Some(url) => ArchiveLocation::Available {
                    url,
                    until: self.kept_until(),
                },
                None => ArchiveLocation::Unknown,
            },
            ArchiveStatus::Unknown(_) => ArchiveLocation::Unknown,
        }
    }

    fn kept_until(&self) -> Option<Timestamp> {
        let kept = u64::try_from(KEPT.as_millis()).unwrap_or(u64::MAX);
        self.updated_at
            .map(|changed| Timestamp::from_millis(changed.as_millis().saturating_add(kept)))
    }

    /// Reads it again.
    pub fn refresh(&self) -> GetArchive {
        GetArchive::new(&self.id)
    }

    /// Stops it.
    pub fn stop(&self) -> StopArchive {
        StopArchive::new(&self.id)
    }

    /// Deletes it, with its file.
    pub fn delete(&self) -> DeleteArchive {
        DeleteArchive::new(&self.id)
    }

    /// Changes its layout while it runs.
    pub fn set_layout(&self, layout: Layout) -> SetArchiveLayout {
        SetArchiveLayout::new(&self.id, layout)
    }

    /// Adds a stream, in manual stream mode.
    pub fn add_stream(&self, stream: impl Into<StreamId>) -> AddArchiveStream {
        AddArchiveStream::new(&self.id, stream)
    }

    /// Takes a stream out, in manual stream mode.
    pub fn remove_stream(&self, stream: impl Into<StreamId>) -> RemoveArchiveStream {
        RemoveArchiveStream::new(&self.id, stream)
    }
}
