// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::ArchiveId, models::Archive},
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Reads one archive: its state, size, and the URL of its file once available.
///
/// `GET /v2/project/{project}/archive/{archiveId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The archive id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let archive_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::GetArchive;
///
/// let request = GetArchive::new(archive_id);
/// // `video.send(request).await?` returns `Archive`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "GetArchiveAsync")]
#[doc(alias = "recording")]
#[doc(alias = "downloadArchive")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetArchive {
    /// The archive to read.
    pub archive_id: ArchiveId,
}

impl GetArchive {
    /// Creates a request from its required fields.
    pub fn new(archive_id: impl Into<ArchiveId>) -> Self {
        Self {
            archive_id: archive_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("archive_id", "archiveId"), self.archive_id.as_str())
    }
}

impl Operation for GetArchive {
    type Output = Archive;

    const META: &'static Meta = &Meta::new(
        "get_archive",
        "archives",
        Method::GET,
        "/v2/project/{project}/archive/{archiveId}",
    )
    .doc("Reads one archive: its state, size, and the URL of its file once available.")
    .fields(&[Field::required("archiveId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The archive id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such archive."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for GetArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("GetArchive", self, f)
    }
}
