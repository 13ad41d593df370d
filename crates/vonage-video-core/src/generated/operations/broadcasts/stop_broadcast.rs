// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::BroadcastId, models::Broadcast, reasons::Reason},
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Stops a broadcast for all its viewers.
///
/// `POST /v2/project/{project}/broadcast/{broadcastId}/stop`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The broadcast id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast, or it has stopped.
/// - 409: The broadcast has stopped. Reason: [`WrongState`](crate::Reason::WrongState).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let broadcast_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::StopBroadcast;
///
/// let request = StopBroadcast::new(broadcast_id);
/// // `video.send(request).await?` returns `Broadcast`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StopBroadcastAsync")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopBroadcast {
    /// The broadcast to stop.
    pub broadcast_id: BroadcastId,
}

impl StopBroadcast {
    /// Creates a request from its required fields.
    pub fn new(broadcast_id: impl Into<BroadcastId>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("broadcast_id", "broadcastId"), self.broadcast_id.as_str())
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
    .doc("Stops a broadcast for all its viewers.")
    .replay(Replay::Safe)
    .fields(&[Field::required("broadcastId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The broadcast id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such broadcast, or it has stopped."),
        DocumentedError::new(409, "The broadcast has stopped.").reason(Reason::WrongState),
        DocumentedError::new(500, "The server failed."),
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
