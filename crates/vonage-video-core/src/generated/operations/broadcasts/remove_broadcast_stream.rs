// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    id::{BroadcastId, StreamId},
    operation::{Field, Meta, Operation, Place, Replay},
    redact,
};

/// Takes a stream out of a broadcast in manual stream mode.
///
/// `PATCH /v2/project/{project}/broadcast/{broadcastId}/streams`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// # Errors
///
/// - 400: An option is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast or stream.
/// - 405: The broadcast is in automatic stream mode.
/// - 500: The server failed.
///
/// Source: The OpenAPI document gives 400 where SDKs document 405.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RemoveBroadcastStream {
    /// The broadcast.
    pub broadcast_id: BroadcastId,
    /// The stream to remove.
    #[serde(rename = "removeStream")]
    pub stream_id: StreamId,
}

impl RemoveBroadcastStream {
    /// The request, with all that is optional at its default.
    pub fn new(broadcast_id: impl Into<BroadcastId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("broadcastId", self.broadcast_id.as_str())?;
        check::id("removeStream", self.stream_id.as_str())
    }
}

impl Operation for RemoveBroadcastStream {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "remove_broadcast_stream",
        "broadcasts",
        Method::PATCH,
        "/v2/project/{project}/broadcast/{broadcastId}/streams",
    )
    .doc("Takes a stream out of a broadcast in manual stream mode.")
    .status(204)
    .replay(Replay::Safe)
    .fields(&[
        Field::required("broadcastId", Place::Path),
        Field::required("removeStream", Place::Json),
    ])
    .errors(&[
        (400, "An option is invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such broadcast or stream."),
        (405, "The broadcast is in automatic stream mode."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for RemoveBroadcastStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RemoveBroadcastStream", self, f)
    }
}
