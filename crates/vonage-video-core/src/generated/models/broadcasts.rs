// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::{
        enums::{BroadcastStatus, HlsStatus, Resolution, RtmpStatus, StreamMode},
        ids::{BroadcastId, SessionId},
        models::ArchiveStream,
    },
    id::ProjectId,
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// Where a broadcast goes. At least one of the two is needed.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BroadcastOutputs {
    /// An HLS stream for browsers and players; 15 to 20 seconds late, 4 to 6 with low latency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hls: Option<Hls>,
    /// Up to five RTMP services; about 5 seconds late. At most 5 items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtmp: Option<Vec<RtmpTarget>>,
}

impl BroadcastOutputs {
    /// Creates a value with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// An HLS stream for browsers and players; 15 to 20 seconds late, 4 to 6 with low latency.
    #[must_use]
    pub fn hls(mut self, hls: impl Into<Hls>) -> Self {
        self.hls = Some(hls.into());
        self
    }

    /// Up to five RTMP services; about 5 seconds late. At most 5 items.
    #[must_use]
    pub fn rtmp(mut self, rtmp: impl IntoIterator<Item = RtmpTarget>) -> Self {
        self.rtmp = Some(rtmp.into_iter().collect());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(hls) = &self.hls {
            check::within("hls", hls.validate())?;
        }
        if let Some(rtmp) = &self.rtmp {
            check::items("rtmp", rtmp, ..=5)?;
            check::unique("rtmp", rtmp.iter().filter_map(|item| item.id.as_deref()))?;
            check::within("rtmp", rtmp.iter().try_for_each(RtmpTarget::validate))?;
        }
        check::any(
            [("hls", "hls"), ("rtmp", "rtmp")],
            self.hls.is_some() || self.rtmp.as_ref().is_some_and(|it| !it.is_empty()),
        )
    }
}

impl fmt::Debug for BroadcastOutputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("BroadcastOutputs", self, f)
    }
}

/// The kind of HLS stream.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Hls {
    /// Whether viewers can go back, up to two hours. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dvr: Option<bool>,
    /// Whether it is less late. Not together with `dvr`. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_latency: Option<bool>,
}

impl Hls {
    /// Creates a value with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether viewers can go back, up to two hours. Default: `false`.
    #[must_use]
    pub fn dvr(mut self, dvr: bool) -> Self {
        self.dvr = Some(dvr);
        self
    }

    /// Whether it is less late. Not together with `dvr`. Default: `false`.
    #[must_use]
    pub fn low_latency(mut self, low_latency: bool) -> Self {
        self.low_latency = Some(low_latency);
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::excludes(
            ("low_latency", "lowLatency"),
            self.low_latency == Some(true),
            "dvr",
            self.dvr == Some(true),
        )
    }
}

impl fmt::Debug for Hls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Hls", self, f)
    }
}

/// An RTMP service to broadcast to.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RtmpTarget {
    /// The server's address, RTMP or RTMPS. Begins with `rtmp://` or `rtmps://`.
    #[serde(deserialize_with = "lenient::value")]
    pub server_url: String,
    /// The stream's name at the server, often a secret key. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub stream_name: String,
    /// A name for the target in responses, unique within the broadcast.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl RtmpTarget {
    /// Creates a value; optional fields are unset.
    pub fn new(server_url: impl Into<String>, stream_name: impl Into<String>) -> Self {
        Self {
            server_url: server_url.into(),
            stream_name: stream_name.into(),
            ..Self::default()
        }
    }

    /// A name for the target in responses, unique within the broadcast.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::starts(
            ("server_url", "serverUrl"),
            &self.server_url,
            &["rtmp://", "rtmps://"],
        )?;
        check::chars(("stream_name", "streamName"), &self.stream_name, 1..)
    }
}

impl fmt::Debug for RtmpTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RtmpTarget", self, f)
    }
}

/// A broadcast of a session.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Broadcast {
    /// Identifies the broadcast in later requests.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: BroadcastId,
    /// Whether the broadcast runs, has stopped or has failed.
    #[serde(default)]
    pub status: BroadcastStatus,
    /// The session it shows.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, on Vonage. See [`Broadcast::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The owner, on OpenTok. See [`Broadcast::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, on OpenTok, under its oldest name. See [`Broadcast::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<ProjectId>,
    /// When it was started.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Where it can be watched and where it is sent; null once stopped.
    #[serde(rename = "broadcastUrls")]
    pub urls: Option<BroadcastUrls>,
    /// What it was started with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<BroadcastSettings>,
    /// Seconds after which it stops by itself.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<u64>,
    /// Bits a second, at most.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bitrate: Option<u64>,
    /// The size of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Whether streams are taken in as they come, or as they are added by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_mode: Option<StreamMode>,
    /// The tag it was started with.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_broadcast_tag: Option<String>,
    /// Whether audio is sent.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether video is sent.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
    /// What is taken in, in manual stream mode while it runs.
    #[serde(default, deserialize_with = "lenient::list")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<ArchiveStream>,
    /// Why it stopped or failed, if the server states it.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `broadcast`: the kind of webhook.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl Broadcast {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<BroadcastId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Broadcast {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Broadcast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Broadcast", self, f)
    }
}

/// Where a broadcast can be watched and where it is sent.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BroadcastUrls {
    /// The address of the HLS playlist; ends in `?DVR` with `dvr`.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hls: Option<String>,
    /// The state of the HLS stream; absent in the response to `start_broadcast`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hls_status: Option<HlsStatus>,
    /// The RTMP targets, each with its state.
    #[serde(default, deserialize_with = "lenient::list")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rtmp: Vec<RtmpStream>,
}

impl fmt::Debug for BroadcastUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("BroadcastUrls", self, f)
    }
}

/// An RTMP service that a broadcast is sent to.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RtmpStream {
    /// The id that the target had when the broadcast was started.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The state of the connection to the server.
    #[serde(default)]
    pub status: RtmpStatus,
    /// The URL of the RTMP server.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub server_url: String,
    /// The stream's name at the server, often a secret key.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub stream_name: String,
}

impl fmt::Debug for RtmpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RtmpStream", self, f)
    }
}

/// What a broadcast was started with.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BroadcastSettings {
    /// The kind of HLS stream.
    #[serde(default, deserialize_with = "lenient::odd_object_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hls: Option<Hls>,
}

impl fmt::Debug for BroadcastSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("BroadcastSettings", self, f)
    }
}
