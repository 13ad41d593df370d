// @generated from api/webhooks.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Why something happens to a session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionReason {
    /// `serverRotation`: It has run for long and moves to another server.
    ServerRotation,
    /// `forceDisconnected`: The service was disrupted, on Vonage.
    ForceDisconnected,
    /// `Internal server failure`: The service was disrupted, on OpenTok.
    ServerFailure,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl SessionReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ServerRotation => "serverRotation",
            Self::ForceDisconnected => "forceDisconnected",
            Self::ServerFailure => "Internal server failure",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for SessionReason {
    fn from(value: &str) -> Self {
        match value {
            "serverRotation" => Self::ServerRotation,
            "forceDisconnected" => Self::ForceDisconnected,
            "Internal server failure" => Self::ServerFailure,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for SessionReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for SessionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for SessionReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SessionReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Why a client left.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionReason {
    /// `clientDisconnected`: By itself.
    ClientDisconnected,
    /// `forceDisconnected`: It was thrown out.
    ForceDisconnected,
    /// `networkDisconnected`: Its network failed.
    NetworkDisconnected,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ConnectionReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ClientDisconnected => "clientDisconnected",
            Self::ForceDisconnected => "forceDisconnected",
            Self::NetworkDisconnected => "networkDisconnected",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionReason {
    fn from(value: &str) -> Self {
        match value {
            "clientDisconnected" => Self::ClientDisconnected,
            "forceDisconnected" => Self::ForceDisconnected,
            "networkDisconnected" => Self::NetworkDisconnected,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ConnectionReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ConnectionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ConnectionReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ConnectionReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Why a stream ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamReason {
    /// `clientDisconnected`: Its publisher left or stopped it.
    ClientDisconnected,
    /// `forceDisconnected`: Its publisher was thrown out.
    ForceDisconnected,
    /// `forceUnpublished`: A moderator ended it.
    ForceUnpublished,
    /// `mediaStopped`: The user ended the sharing of a screen.
    MediaStopped,
    /// `networkDisconnected`: Its publisher's network failed.
    NetworkDisconnected,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl StreamReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ClientDisconnected => "clientDisconnected",
            Self::ForceDisconnected => "forceDisconnected",
            Self::ForceUnpublished => "forceUnpublished",
            Self::MediaStopped => "mediaStopped",
            Self::NetworkDisconnected => "networkDisconnected",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for StreamReason {
    fn from(value: &str) -> Self {
        match value {
            "clientDisconnected" => Self::ClientDisconnected,
            "forceDisconnected" => Self::ForceDisconnected,
            "forceUnpublished" => Self::ForceUnpublished,
            "mediaStopped" => Self::MediaStopped,
            "networkDisconnected" => Self::NetworkDisconnected,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for StreamReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for StreamReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for StreamReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StreamReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// The state of a SIP call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SipCallState {
    /// `DIALING`: The far end is being called.
    Dialing,
    /// `RINGING`: It rings.
    Ringing,
    /// `ACTIVE`: It was answered.
    Active,
    /// `ON_HOLD`: It is on hold.
    OnHold,
    /// `HANGUP`: It ends.
    Hangup,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl SipCallState {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Dialing => "DIALING",
            Self::Ringing => "RINGING",
            Self::Active => "ACTIVE",
            Self::OnHold => "ON_HOLD",
            Self::Hangup => "HANGUP",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for SipCallState {
    fn from(value: &str) -> Self {
        match value {
            "DIALING" => Self::Dialing,
            "RINGING" => Self::Ringing,
            "ACTIVE" => Self::Active,
            "ON_HOLD" => Self::OnHold,
            "HANGUP" => Self::Hangup,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for SipCallState {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for SipCallState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for SipCallState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SipCallState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Why a SIP call ended: a SIP response code such as `486`, or one of these.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SipCallReason {
    /// `700`: It was hung up.
    NormalClearing,
    /// `703`: Something unexpected.
    Unexpected,
    /// `704`: No media came.
    MediaTimeout,
    /// `705`: It ran for its longest.
    MaximumDuration,
    /// `706`: It was inactive for too long.
    MaximumInactivity,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl SipCallReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NormalClearing => "700",
            Self::Unexpected => "703",
            Self::MediaTimeout => "704",
            Self::MaximumDuration => "705",
            Self::MaximumInactivity => "706",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for SipCallReason {
    fn from(value: &str) -> Self {
        match value {
            "700" => Self::NormalClearing,
            "703" => Self::Unexpected,
            "704" => Self::MediaTimeout,
            "705" => Self::MaximumDuration,
            "706" => Self::MaximumInactivity,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for SipCallReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for SipCallReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for SipCallReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SipCallReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Whether captions run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CaptionsState {
    /// `started`: They run.
    Started,
    /// `stopped`: They were stopped, or ran for their longest.
    Stopped,
    /// `paused`: They wait.
    Paused,
    /// `failed`: They failed; see the reason.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl CaptionsState {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Started => "started",
            Self::Stopped => "stopped",
            Self::Paused => "paused",
            Self::Failed => "failed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for CaptionsState {
    fn from(value: &str) -> Self {
        match value {
            "started" => Self::Started,
            "stopped" => Self::Stopped,
            "paused" => Self::Paused,
            "failed" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for CaptionsState {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for CaptionsState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CaptionsState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CaptionsState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for CaptionsState {
    fn default() -> Self {
        Self::from("")
    }
}
