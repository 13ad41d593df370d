// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    id::{ArchiveId, StreamId},
    operation::{Field, Meta, Operation, Place, Replay},
    redact,
};

/// Takes a stream out of an archive in manual stream mode.
///
/// `PATCH /v2/project/{project}/archive/{archiveId}/streams`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: An option is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive or stream.
/// - 405: The archive is in automatic stream mode.
/// - 409: The archive is in the wrong state, in one source.
/// - 500: The server failed.
///
/// Source: The OpenAPI document gives 400 where SDKs document 405.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RemoveArchiveStream {
    /// The archive.
    pub archive_id: ArchiveId,
    /// The stream to take out.
    #[serde(rename = "removeStream")]
    pub stream_id: StreamId,
}

impl RemoveArchiveStream {
    /// The request, with all that is optional at its default.
    pub fn new(archive_id: impl Into<ArchiveId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            archive_id: archive_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("archiveId", self.archive_id.as_str())?;
        check::id("removeStream", self.stream_id.as_str())
    }
}

impl Operation for RemoveArchiveStream {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "remove_archive_stream",
        "archives",
        Method::PATCH,
        "/v2/project/{project}/archive/{archiveId}/streams",
    )
    .doc("Takes a stream out of an archive in manual stream mode.")
    .status(204)
    .replay(Replay::Safe)
    .fields(&[
        Field::required("archiveId", Place::Path),
        Field::required("removeStream", Place::Json),
    ])
    .errors(&[
        (400, "An option is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such archive or stream."),
        (405, "The archive is in automatic stream mode."),
        (409, "The archive is in the wrong state, in one source."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for RemoveArchiveStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RemoveArchiveStream", self, f)
    }
}
