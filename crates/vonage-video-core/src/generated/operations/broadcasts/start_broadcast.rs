// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        enums::{Resolution, StreamMode},
        ids::SessionId,
        models::{Broadcast, BroadcastOutputs, Layout},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Starts a broadcast of a session. The session must be routed and have at least one connected
/// client. It ends by a call, after `max_duration`, or 60 seconds after the last client left.
///
/// `POST /v2/project/{project}/broadcast`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: The session id or an option is invalid, the layout is, or there are more than five RTMP
///   targets.
/// - 403: The credentials are wrong.
/// - 404: The session does not exist, or no client is connected. Possible reason:
///   [`NoClientsConnected`](crate::Reason::NoClientsConnected).
/// - 408: The broadcast could not be set up in time (code -1).
/// - 409: The session is relayed, or is already broadcast without a `multi_broadcast_tag` of its
///   own. Possible reasons: [`SessionIsRelayed`](crate::Reason::SessionIsRelayed),
///   [`AlreadyStarted`](crate::Reason::AlreadyStarted).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::{models::{BroadcastOutputs, Hls}, operations::StartBroadcast};
///
/// let request = StartBroadcast::new(session_id, BroadcastOutputs::new().hls(Hls::new().low_latency(true)))
///     .max_duration(3600);
/// // `video.send(request).await?` returns `Broadcast`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StartBroadcastAsync")]
#[doc(alias = "StartBroadcastsAsync")]
#[doc(alias = "createBroadcast")]
#[doc(alias = "livestream")]
#[doc(alias = "hls")]
#[doc(alias = "rtmp")]
#[doc(alias = "stream")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StartBroadcast {
    /// The session to broadcast.
    pub session_id: SessionId,
    /// Where the broadcast goes: HLS, RTMP or both.
    pub outputs: BroadcastOutputs,
    /// How the streams are laid out; `bestFit` unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// The number of seconds after which the broadcast stops by itself. Between 60 and 36000.
    /// Default: `14400`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<u32>,
    /// The maximum bitrate, in bits per second. The service does not document its default. Between
    /// 100000 and 6000000.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bitrate: Option<u32>,
    /// The size of the picture. Default: `640x480`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Whether all streams are shown, or only those that `add_broadcast_stream` adds. Default:
    /// `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_mode: Option<StreamMode>,
    /// Distinguishes broadcasts of one session that run at the same time.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_broadcast_tag: Option<String>,
    /// Whether to broadcast audio. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether to broadcast video. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
}

impl StartBroadcast {
    /// Creates a request; optional fields are unset.
    pub fn new(session_id: impl Into<SessionId>, outputs: impl Into<BroadcastOutputs>) -> Self {
        Self {
            session_id: session_id.into(),
            outputs: outputs.into(),
            layout: None,
            max_duration: None,
            max_bitrate: None,
            resolution: None,
            stream_mode: None,
            multi_broadcast_tag: None,
            has_audio: None,
            has_video: None,
        }
    }

    /// How the streams are laid out; `bestFit` unless set.
    pub fn layout(mut self, layout: impl Into<Layout>) -> Self {
        self.layout = Some(layout.into());
        self
    }

    /// The number of seconds after which the broadcast stops by itself. Between 60 and 36000.
    /// Default: `14400`.
    pub fn max_duration(mut self, max_duration: u32) -> Self {
        self.max_duration = Some(max_duration);
        self
    }

    /// The maximum bitrate, in bits per second. The service does not document its default. Between
    /// 100000 and 6000000.
    pub fn max_bitrate(mut self, max_bitrate: u32) -> Self {
        self.max_bitrate = Some(max_bitrate);
        self
    }

    /// The size of the picture. Default: `640x480`.
    pub fn resolution(mut self, resolution: impl Into<Resolution>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// Whether all streams are shown, or only those that `add_broadcast_stream` adds. Default:
    /// `auto`.
    pub fn stream_mode(mut self, stream_mode: impl Into<StreamMode>) -> Self {
        self.stream_mode = Some(stream_mode.into());
        self
    }

    /// Distinguishes broadcasts of one session that run at the same time.
    pub fn multi_broadcast_tag(mut self, multi_broadcast_tag: impl Into<String>) -> Self {
        self.multi_broadcast_tag = Some(multi_broadcast_tag.into());
        self
    }

    /// Whether to broadcast audio. Default: `true`.
    pub fn has_audio(mut self, has_audio: bool) -> Self {
        self.has_audio = Some(has_audio);
        self
    }

    /// Whether to broadcast video. Default: `true`.
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
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::within("outputs", self.outputs.validate())?;
        if let Some(layout) = &self.layout {
            check::within("layout", layout.validate())?;
        }
        if let Some(max_duration) = self.max_duration {
            check::number(("max_duration", "maxDuration"), max_duration, 60..=36_000)?;
        }
        if let Some(max_bitrate) = self.max_bitrate {
            check::number(
                ("max_bitrate", "maxBitrate"),
                max_bitrate,
                100_000..=6_000_000,
            )?;
        }
        check::any(
            [("has_audio", "hasAudio"), ("has_video", "hasVideo")],
            self.has_audio != Some(false) || self.has_video != Some(false),
        )
    }
}

impl Operation for StartBroadcast {
    type Output = Broadcast;

    const META: &'static Meta = &Meta::new("start_broadcast", "broadcasts", Method::POST, "/v2/project/{project}/broadcast")
        .doc("Starts a broadcast of a session. The session must be routed and have at least one connected client. It ends by a call, after `maxDuration`, or 60 seconds after the last client left.")
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::required("outputs", Place::Json),
            Field::optional("layout", Place::Json),
            Field::optional("maxDuration", Place::Json),
            Field::optional("maxBitrate", Place::Json),
            Field::optional("resolution", Place::Json),
            Field::optional("streamMode", Place::Json),
            Field::optional("multiBroadcastTag", Place::Json),
            Field::optional("hasAudio", Place::Json),
            Field::optional("hasVideo", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The session id or an option is invalid, the layout is, or there are more than five RTMP targets."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "The session does not exist, or no client is connected.").possible(&[Reason::NoClientsConnected]),
            DocumentedError::new(408, "The broadcast could not be set up in time (code -1)."),
            DocumentedError::new(409, "The session is relayed, or is already broadcast without a `multiBroadcastTag` of its own.").possible(&[Reason::SessionIsRelayed, Reason::AlreadyStarted]),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StartBroadcast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StartBroadcast", self, f)
    }
}
