//! Archives: where the file is, and the next operations.

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

/// How long the service keeps a file in its own storage, by the archiving guide.
const KEPT: Duration = Duration::from_secs(72 * 60 * 60);

/// Where an archive's file is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ArchiveLocation<'a> {
    /// It does not exist yet: the archive runs, is paused, or has just stopped.
    Pending,
    /// It can be downloaded.
    Available {
        /// A signed link that works for ten minutes. Read the archive again for a fresh one.
        url: &'a str,
        /// When the service deletes it: 72 hours after the archive last changed. `None` when the
        /// response does not tell that time.
        until: Option<Timestamp>,
    },
    /// It is in your own bucket or container, under `<project>/<archive id>/archive.mp4` or
    /// `archive.zip`. The service has no link to it.
    Uploaded,
    /// It was deleted, by a request or after 72 hours.
    Gone,
    /// It will never exist: recording failed.
    Failed {
        /// Why, when the server says.
        reason: Option<&'a ArchiveReason>,
    },
    /// The status is not known to this version, or the response lacks the link.
    Unknown,
}

impl Archive {
    /// Returns where the file is.
    ///
    /// ```
    /// use vonage_video_core::{ArchiveLocation, models::Archive};
    /// let archive: Archive = serde_json::from_str(r#"{"id": "a", "status": "uploaded"}"#)?;
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

    /// Returns the operation that reads the archive again.
    pub fn refresh(&self) -> GetArchive {
        GetArchive::new(&self.id)
    }

    /// Returns the operation that stops the archive.
    pub fn stop(&self) -> StopArchive {
        StopArchive::new(&self.id)
    }

    /// Returns the operation that deletes the archive and its file.
    pub fn delete(&self) -> DeleteArchive {
        DeleteArchive::new(&self.id)
    }

    /// Returns the operation that changes the layout while the archive runs.
    pub fn set_layout(&self, layout: Layout) -> SetArchiveLayout {
        SetArchiveLayout::new(&self.id, layout)
    }

    /// Returns the operation that adds a stream, in manual stream mode.
    pub fn add_stream(&self, stream: impl Into<StreamId>) -> AddArchiveStream {
        AddArchiveStream::new(&self.id, stream)
    }

    /// Returns the operation that removes a stream, in manual stream mode.
    pub fn remove_stream(&self, stream: impl Into<StreamId>) -> RemoveArchiveStream {
        RemoveArchiveStream::new(&self.id, stream)
    }
}
