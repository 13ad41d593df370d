// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::BroadcastId,
        models::{Broadcast, Layout},
    },
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Changes the layout of a broadcast while it runs.
///
/// `PUT /v2/project/{project}/broadcast/{broadcastId}/layout`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The layout is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let broadcast_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::{models::{Layout, LayoutType}, operations::SetBroadcastLayout};
///
/// let request = SetBroadcastLayout::new(broadcast_id, Layout::new(LayoutType::Pip));
/// // `video.send(request).await?` returns `Option<Broadcast>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "SetBroadcastLayoutAsync")]
#[doc(alias = "ChangeBroadcastLayoutAsync")]
#[doc(alias = "change_broadcast_layout")]
#[doc(alias = "updateBroadcastLayout")]
#[doc(alias = "layout")]
#[doc(alias = "change_layout")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetBroadcastLayout {
    /// The broadcast whose layout to change.
    pub broadcast_id: BroadcastId,
    /// The new layout; it replaces the current one.
    #[serde(flatten)]
    pub layout: Layout,
}

impl SetBroadcastLayout {
    /// Creates a request from its required fields.
    pub fn new(broadcast_id: impl Into<BroadcastId>, layout: impl Into<Layout>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
            layout: layout.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("broadcast_id", "broadcastId"), self.broadcast_id.as_str())?;
        self.layout.validate()
    }
}

impl Operation for SetBroadcastLayout {
    type Output = Option<Broadcast>;

    const META: &'static Meta = &Meta::new(
        "set_broadcast_layout",
        "broadcasts",
        Method::PUT,
        "/v2/project/{project}/broadcast/{broadcastId}/layout",
    )
    .doc("Changes the layout of a broadcast while it runs.")
    .fields(&[
        Field::required("broadcastId", Place::Path),
        Field::required("type", Place::Json),
        Field::optional("stylesheet", Place::Json),
        Field::optional("screenshareType", Place::Json),
    ])
    .errors(&[
        DocumentedError::new(400, "The layout is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such broadcast."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SetBroadcastLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SetBroadcastLayout", self, f)
    }
}
