// @generated from api/moderation.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{SessionId, StreamId},
        models::ProjectDetails,
    },
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Makes the publisher of one stream stop its audio. The publisher can switch it on again.
///
/// `POST /v2/project/{project}/session/{sessionId}/stream/{streamId}/mute`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session or stream.
/// - 408: The stream id is invalid.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::MuteStream;
///
/// let request = MuteStream::new(session_id, stream_id);
/// // `video.send(request).await?` returns `ProjectDetails`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ForceMuteStreamAsync")]
#[doc(alias = "MuteStreamAsync")]
#[doc(alias = "forceMuteStream")]
#[doc(alias = "muteAudio")]
#[doc(alias = "silence")]
#[doc(alias = "muteParticipant")]
#[doc(alias = "force_mute")]
#[doc(alias = "mute_single_stream")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct MuteStream {
    /// The session that the stream is published in.
    pub session_id: SessionId,
    /// The stream to mute.
    pub stream_id: StreamId,
}

impl MuteStream {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            session_id: session_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::id(("stream_id", "streamId"), self.stream_id.as_str())
    }
}

impl Operation for MuteStream {
    type Output = ProjectDetails;

    const META: &'static Meta = &Meta::new(
        "mute_stream",
        "moderation",
        Method::POST,
        "/v2/project/{project}/session/{sessionId}/stream/{streamId}/mute",
    )
    .doc("Makes the publisher of one stream stop its audio. The publisher can switch it on again.")
    .replay(Replay::Safe)
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("streamId", Place::Path),
    ])
    .errors(&[
        DocumentedError::new(400, "An id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such session or stream."),
        DocumentedError::new(408, "The stream id is invalid."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for MuteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("MuteStream", self, f)
    }
}

/// Mutes every stream of a session but those excluded, and each stream published later, until
/// [`DisableForceMute`] is sent.
///
/// `POST /v2/project/{project}/session/{sessionId}/mute`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An id is invalid, or the body is.
/// - 403: The credentials are wrong.
/// - 404: There is no such session.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::MuteAll;
///
/// let request = MuteAll::new(session_id)
///     .excluded_stream_ids([stream_id]);
/// // `video.send(request).await?` returns `ProjectDetails`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ForceMuteAllAsync")]
#[doc(alias = "MuteStreamsAsync")]
#[doc(alias = "forceMuteAll")]
#[doc(alias = "mute_all_streams")]
#[doc(alias = "muteSession")]
#[doc(alias = "muteRoom")]
#[doc(alias = "mute_multiple_streams")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct MuteAll {
    /// The session to mute.
    pub session_id: SessionId,
    /// Streams that are left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_stream_ids: Option<Vec<StreamId>>,
}

impl MuteAll {
    /// Creates a request; optional fields are unset.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self {
            session_id: session_id.into(),
            excluded_stream_ids: None,
        }
    }

    /// Streams that are left alone.
    pub fn excluded_stream_ids(
        mut self,
        excluded_stream_ids: impl IntoIterator<Item = impl Into<StreamId>>,
    ) -> Self {
        self.excluded_stream_ids = Some(excluded_stream_ids.into_iter().map(Into::into).collect());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        if let Some(excluded_stream_ids) = &self.excluded_stream_ids {
            check::ids(
                ("excluded_stream_ids", "excludedStreamIds"),
                excluded_stream_ids,
            )?;
        }
        Ok(())
    }
}

impl Operation for MuteAll {
    type Output = ProjectDetails;

    const META: &'static Meta = &Meta::new("mute_all", "moderation", Method::POST, "/v2/project/{project}/session/{sessionId}/mute")
        .doc("Mutes every stream of a session but those excluded, and each stream published later, until `DisableForceMute` is sent.")
        .replay(Replay::Safe)
        .constants(&[("active", true)])
        .fields(&[
            Field::required("sessionId", Place::Path),
            Field::optional("excludedStreamIds", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "An id is invalid, or the body is."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such session."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for MuteAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("MuteAll", self, f)
    }
}

/// Lifts the mute of a session: streams published from now on are not muted. Those muted already
/// stay so until their publishers switch them on.
///
/// `POST /v2/project/{project}/session/{sessionId}/mute`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The session id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::DisableForceMute;
///
/// let request = DisableForceMute::new(session_id);
/// // `video.send(request).await?` returns `ProjectDetails`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "DisableForceMuteAsync")]
#[doc(alias = "MuteStreamsAsync")]
#[doc(alias = "disable_mute_all_streams")]
#[doc(alias = "muteSession")]
#[doc(alias = "unmute")]
#[doc(alias = "unmuteAll")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct DisableForceMute {
    /// The session whose mute to lift.
    pub session_id: SessionId,
}

impl DisableForceMute {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self {
            session_id: session_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())
    }
}

impl Operation for DisableForceMute {
    type Output = ProjectDetails;

    const META: &'static Meta = &Meta::new("disable_force_mute", "moderation", Method::POST, "/v2/project/{project}/session/{sessionId}/mute")
        .doc("Lifts the mute of a session: streams published from now on are not muted. Those muted already stay so until their publishers switch them on.")
        .replay(Replay::Safe)
        .constants(&[("active", false)])
        .fields(&[
            Field::required("sessionId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(400, "The session id is invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such session."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for DisableForceMute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("DisableForceMute", self, f)
    }
}
