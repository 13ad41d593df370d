// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{BroadcastId, StreamId},
        reasons::Reason,
    },
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Removes a stream from a broadcast in manual stream mode.
///
/// `PATCH /v2/project/{project}/broadcast/{broadcastId}/streams`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An option is invalid. Possible reason:
///   [`NotInManualStreamMode`](crate::Reason::NotInManualStreamMode).
/// - 403: The credentials are wrong.
/// - 404: There is no such broadcast or stream.
/// - 405: The broadcast is in automatic stream mode. Reason:
///   [`NotInManualStreamMode`](crate::Reason::NotInManualStreamMode).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let broadcast_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::RemoveBroadcastStream;
///
/// let request = RemoveBroadcastStream::new(broadcast_id, stream_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "RemoveStreamFromBroadcastAsync")]
#[doc(alias = "removeStreamFromBroadcast")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RemoveBroadcastStream {
    /// The broadcast to remove the stream from.
    pub broadcast_id: BroadcastId,
    /// The stream to remove.
    #[serde(rename = "removeStream")]
    pub stream_id: StreamId,
}

impl RemoveBroadcastStream {
    /// Creates a request from its required fields.
    pub fn new(broadcast_id: impl Into<BroadcastId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("broadcast_id", "broadcastId"), self.broadcast_id.as_str())?;
        check::id(("stream_id", "removeStream"), self.stream_id.as_str())
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
    .doc("Removes a stream from a broadcast in manual stream mode.")
    .status(204)
    .replay(Replay::Safe)
    .fields(&[
        Field::required("broadcastId", Place::Path),
        Field::required("removeStream", Place::Json),
    ])
    .errors(&[
        DocumentedError::new(400, "An option is invalid.")
            .possible(&[Reason::NotInManualStreamMode]),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such broadcast or stream."),
        DocumentedError::new(405, "The broadcast is in automatic stream mode.")
            .reason(Reason::NotInManualStreamMode),
        DocumentedError::new(500, "The server failed."),
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
