// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::Archive,
    id::ArchiveId,
    operation::{Field, Meta, Operation, Place, Replay},
    redact,
};

/// Stops a recording. An automatic archive is not stopped by it.
///
/// `POST /v2/project/{project}/archive/{archiveId}/stop`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: The archive id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 409: The archive is not started, paused or stopped (code 15002).
/// - 500: The server failed.
///
/// Source: Stopping a stopped archive changes nothing; the second answer may be 409 (code 15002).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopArchive {
    /// The archive to stop.
    pub archive_id: ArchiveId,
}

impl StopArchive {
    /// The request.
    pub fn new(archive_id: impl Into<ArchiveId>) -> Self {
        Self {
            archive_id: archive_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("archiveId", self.archive_id.as_str())
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
        (400, "The archive id is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such archive."),
        (
            409,
            "The archive is not started, paused or stopped (code 15002).",
        ),
        (500, "The server failed."),
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
