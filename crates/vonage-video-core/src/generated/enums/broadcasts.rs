// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Whether a broadcast runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BroadcastStatus {
    /// `started`: It runs.
    Started,
    /// `stopped`: It stopped.
    Stopped,
    /// `failed`: It failed, as after a disruption of the service.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl BroadcastStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Started => "started",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for BroadcastStatus {
    fn from(value: &str) -> Self {
        match value {
            "started" => Self::Started,
            "stopped" => Self::Stopped,
            "failed" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for BroadcastStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for BroadcastStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for BroadcastStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for BroadcastStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for BroadcastStatus {
    fn default() -> Self {
        Self::from("")
    }
}

/// How an HLS stream does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HlsStatus {
    /// `connecting`: It is being set up.
    Connecting,
    /// `ready`: It is set up; no picture yet.
    Ready,
    /// `live`: It can be watched.
    Live,
    /// `ended`: It is over.
    Ended,
    /// `error`: It failed.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl HlsStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Connecting => "connecting",
            Self::Ready => "ready",
            Self::Live => "live",
            Self::Ended => "ended",
            Self::Failed => "error",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for HlsStatus {
    fn from(value: &str) -> Self {
        match value {
            "connecting" => Self::Connecting,
            "ready" => Self::Ready,
            "live" => Self::Live,
            "ended" => Self::Ended,
            "error" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for HlsStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for HlsStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for HlsStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for HlsStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// How the connection to an RTMP service does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RtmpStatus {
    /// `connecting`: It is being made.
    Connecting,
    /// `live`: The picture arrives.
    Live,
    /// `offline`: It broke, and is being made again.
    Offline,
    /// `error`: It could not be made, or was lost for good.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl RtmpStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Offline => "offline",
            Self::Failed => "error",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RtmpStatus {
    fn from(value: &str) -> Self {
        match value {
            "connecting" => Self::Connecting,
            "live" => Self::Live,
            "offline" => Self::Offline,
            "error" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for RtmpStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for RtmpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RtmpStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RtmpStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for RtmpStatus {
    fn default() -> Self {
        Self::from("")
    }
}
