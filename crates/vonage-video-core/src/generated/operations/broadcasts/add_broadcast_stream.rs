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
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Adds a stream to a broadcast in manual stream mode; adding it again changes what of it is sent.
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
/// use vonage_video::operations::AddBroadcastStream;
///
/// let request = AddBroadcastStream::new(broadcast_id, stream_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "AddStreamToBroadcastAsync")]
#[doc(alias = "addStreamToBroadcast")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct AddBroadcastStream {
    /// The broadcast to add the stream to.
    pub broadcast_id: BroadcastId,
    /// The stream to add.
    #[serde(rename = "addStream")]
    pub stream_id: StreamId,
    /// Whether to send its audio. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether to send its video. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
}

impl AddBroadcastStream {
    /// Creates a request; optional fields are unset.
    pub fn new(broadcast_id: impl Into<BroadcastId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            broadcast_id: broadcast_id.into(),
            stream_id: stream_id.into(),
            has_audio: None,
            has_video: None,
        }
    }

    /// Whether to send its audio. Default: `true`.
    pub fn has_audio(mut self, has_audio: bool) -> Self {
        self.has_audio = Some(has_audio);
        self
    }

    /// Whether to send its video. Default: `true`.
    pub fn has_video(mut self, has_video: bool) -> Self {
        self.has_video = Some(has_video);
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("broadcast_id", "broadcastId"), self.broadcast_id.as_str())?;
        check::id(("stream_id", "addStream"), self.stream_id.as_str())?;
        check::any(
            [("has_audio", "hasAudio"), ("has_video", "hasVideo")],
            self.has_audio != Some(false) || self.has_video != Some(false),
        )
    }
}

impl Operation for AddBroadcastStream {
    type Output = ();

    const META: &'static Meta = &Meta::new("add_broadcast_stream", "broadcasts", Method::PATCH, "/v2/project/{project}/broadcast/{broadcastId}/streams")
        .doc("Adds a stream to a broadcast in manual stream mode; adding it again changes what of it is sent.")
        .status(204)
        .replay(Replay::Safe)
        .fields(&[
            Field::required("broadcastId", Place::Path),
            Field::required("addStream", Place::Json),
            Field::optional("hasAudio", Place::Json),
            Field::optional("hasVideo", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "An option is invalid.").possible(&[Reason::NotInManualStreamMode]),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such broadcast or stream."),
            DocumentedError::new(405, "The broadcast is in automatic stream mode.").reason(Reason::NotInManualStreamMode),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for AddBroadcastStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("AddBroadcastStream", self, f)
    }
}
