// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::Broadcast,
    id::BroadcastId,
    operation::{Field, Meta, Operation, Place, Replay},
    redact,
};

/// Stops a broadcast.
///
/// `POST /v2/project/{project}/broadcast/{broadcastId}/stop`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: The broadcast id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast, or it has stopped.
/// - 409: The broadcast has stopped, in one source.
/// - 500: The server failed.
///
/// Source: Stopping a stopped broadcast changes nothing; the second answer is 404 or 409.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopBroadcast {
    /// The broadcast to stop.
    pub broadcast_id: BroadcastId,
}

impl StopBroadcast {
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

impl Operation for StopBroadcast {
    type Output = Broadcast;

    const META: &'static Meta = &Meta::new(
        "stop_broadcast",
        "broadcasts",
        Method::POST,
        "/v2/project/{project}/broadcast/{broadcastId}/stop",
    )
    .doc("Stops a broadcast.")
    .replay(Replay::Safe)
    .fields(&[Field::required("broadcastId", Place::Path)])
    .errors(&[
        (400, "The broadcast id is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such broadcast, or it has stopped."),
        (409, "The broadcast has stopped, in one source."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StopBroadcast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StopBroadcast", self, f)
    }
}
