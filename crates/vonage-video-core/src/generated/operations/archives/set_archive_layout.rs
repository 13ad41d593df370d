// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::ArchiveId,
        models::{Archive, Layout},
    },
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Changes the layout of a composed archive while it is recorded.
///
/// `PUT /v2/project/{project}/archive/{archiveId}/layout`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The layout is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such archive.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let archive_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::{models::{Layout, LayoutType}, operations::SetArchiveLayout};
///
/// let request = SetArchiveLayout::new(archive_id, Layout::new(LayoutType::Pip));
/// // `video.send(request).await?` returns `Option<Archive>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "SetArchiveLayoutAsync")]
#[doc(alias = "ChangeLayoutAsync")]
#[doc(alias = "updateArchiveLayout")]
#[doc(alias = "change_archive_layout")]
#[doc(alias = "layout")]
#[doc(alias = "change_layout")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetArchiveLayout {
    /// The archive whose layout to change.
    pub archive_id: ArchiveId,
    /// The new layout; it replaces the current one.
    #[serde(flatten)]
    pub layout: Layout,
}

impl SetArchiveLayout {
    /// Creates a request from its required fields.
    pub fn new(archive_id: impl Into<ArchiveId>, layout: impl Into<Layout>) -> Self {
        Self {
            archive_id: archive_id.into(),
            layout: layout.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("archive_id", "archiveId"), self.archive_id.as_str())?;
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
        DocumentedError::new(400, "The layout is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such archive."),
        DocumentedError::new(500, "The server failed."),
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
