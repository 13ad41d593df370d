// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::ArchiveId, reasons::Reason},
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Deletes an archive and its file.
///
/// `DELETE /v2/project/{project}/archive/{archiveId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 409: The archive is not available, uploaded or deleted (code 15004). Reason:
///   [`WrongState`](crate::Reason::WrongState).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let archive_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::DeleteArchive;
///
/// let request = DeleteArchive::new(archive_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "DeleteArchiveAsync")]
#[doc(alias = "deleteRecording")]
#[doc(alias = "delete_by_id")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct DeleteArchive {
    /// The archive to delete.
    pub archive_id: ArchiveId,
}

impl DeleteArchive {
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

impl Operation for DeleteArchive {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "delete_archive",
        "archives",
        Method::DELETE,
        "/v2/project/{project}/archive/{archiveId}",
    )
    .doc("Deletes an archive and its file.")
    .status(204)
    .fields(&[Field::required("archiveId", Place::Path)])
    .errors(&[
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such archive."),
        DocumentedError::new(
            409,
            "The archive is not available, uploaded or deleted (code 15004).",
        )
        .reason(Reason::WrongState),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for DeleteArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("DeleteArchive", self, f)
    }
}
