// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::ArchiveId, models::Archive, reasons::Reason},
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Stops a recording. An automatic archive is not stopped by it.
///
/// `POST /v2/project/{project}/archive/{archiveId}/stop`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The archive id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 409: The archive is not started, paused or stopped (code 15002). Reason:
///   [`WrongState`](crate::Reason::WrongState).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let archive_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::StopArchive;
///
/// let request = StopArchive::new(archive_id);
/// // `video.send(request).await?` returns `Archive`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StopArchiveAsync")]
#[doc(alias = "stopRecording")]
#[doc(alias = "stop_by_id")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopArchive {
    /// The archive to stop.
    pub archive_id: ArchiveId,
}

impl StopArchive {
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

impl Operation for StopArchive {
    type Output = Archive;

    const META: &'static Meta = &Meta::new(
        "stop_archive",
        "archives",
        Method::POST,
        "/v2/project/{project}/archive/{archiveId}/stop",
    )
    .doc("Stops a recording. An automatic archive is not stopped by it.")
    .replay(Replay::Safe)
    .fields(&[Field::required("archiveId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The archive id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such archive."),
        DocumentedError::new(
            409,
            "The archive is not started, paused or stopped (code 15002).",
        )
        .reason(Reason::WrongState),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StopArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StopArchive", self, f)
    }
}
