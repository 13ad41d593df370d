// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::{Broadcast, Layout},
    id::BroadcastId,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Changes the layout of a broadcast while it runs.
///
/// `PUT /v2/project/{project}/broadcast/{broadcastId}/layout`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: The layout is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast.
/// - 500: The server failed.
///
/// Source: The OpenAPI document and one SDK say POST; every other SDK and the recorded answers PUT.
/// Captured answers carry the broadcast, the OpenAPI document an empty body.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetBroadcastLayout {
    /// The broadcast.
    pub broadcast_id: BroadcastId,
    /// The new layout.
    #[serde(flatten)]
    pub layout: Layout,
}

impl SetBroadcastLayout {
    /// The request, with all that is optional at its default.
    pub fn new(broadcast_id: impl Into<BroadcastId>, layout: impl Into<Layout>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
            layout: layout.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("broadcastId", self.broadcast_id.as_str())?;
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
        (400, "The layout is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such broadcast."),
        (500, "The server failed."),
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
