// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::{Archive, Layout},
    id::ArchiveId,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Changes the layout of a composed archive while it is recorded.
///
/// `PUT /v2/project/{project}/archive/{archiveId}/layout`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: The layout is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 500: The server failed.
///
/// Source: Captured answers carry the archive, the OpenAPI document an empty body, one SDK's test a
/// 204: all are read.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetArchiveLayout {
    /// The archive.
    pub archive_id: ArchiveId,
    /// The new layout.
    #[serde(flatten)]
    pub layout: Layout,
}

impl SetArchiveLayout {
    /// The request, with all that is optional at its default.
    pub fn new(archive_id: impl Into<ArchiveId>, layout: impl Into<Layout>) -> Self {
        Self {
            archive_id: archive_id.into(),
            layout: layout.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("archiveId", self.archive_id.as_str())?;
        self.layout.validate()
    }
}

impl Operation for SetArchiveLayout {
    type Output = Option<Archive>;

    const META: &'static Meta = &Meta::new(
        "set_archive_layout",
        "archives",
        Method::PUT,
        "/v2/project/{project}/archive/{archiveId}/layout",
    )
    .doc("Changes the layout of a composed archive while it is recorded.")
    .fields(&[
        Field::required("archiveId", Place::Path),
        Field::required("type", Place::Json),
        Field::optional("stylesheet", Place::Json),
        Field::optional("screenshareType", Place::Json),
    ])
    .errors(&[
        (400, "The layout is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such archive."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SetArchiveLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SetArchiveLayout", self, f)
    }
}
