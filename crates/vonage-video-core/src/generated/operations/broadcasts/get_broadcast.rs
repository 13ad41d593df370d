// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::Broadcast,
    id::BroadcastId,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Reads one broadcast: its state and its URLs.
///
/// `GET /v2/project/{project}/broadcast/{broadcastId}`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: The broadcast id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast.
/// - 500: The server failed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetBroadcast {
    /// The broadcast.
    pub broadcast_id: BroadcastId,
}

impl GetBroadcast {
    /// The request.
    pub fn new(broadcast_id: impl Into<BroadcastId>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("broadcastId", self.broadcast_id.as_str())
    }
}

impl Operation for GetBroadcast {
    type Output = Broadcast;

    const META: &'static Meta = &Meta::new(
        "get_broadcast",
        "broadcasts",
        Method::GET,
        "/v2/project/{project}/broadcast/{broadcastId}",
    )
    .doc("Reads one broadcast: its state and its URLs.")
    .fields(&[Field::required("broadcastId", Place::Path)])
    .errors(&[
        (400, "The broadcast id is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such broadcast."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for GetBroadcast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("GetBroadcast", self, f)
    }
}
