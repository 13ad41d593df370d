// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Where an archive is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArchiveStatus {
    /// `available`: The file can be downloaded; for 72 hours.
    Available,
    /// `deleted`: It was deleted.
    Deleted,
    /// `expired`: Its 72 hours are over and the file is gone.
    Expired,
    /// `failed`: Recording failed; see the reason.
    Failed,
    /// `paused`: Nobody publishes; it goes on when somebody does.
    Paused,
    /// `started`: It is recording.
    Started,
    /// `stopped`: It stopped; the file is being made.
    Stopped,
    /// `uploaded`: The file is in your own storage.
    Uploaded,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ArchiveStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Available => "available",
            Self::Deleted => "deleted",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Paused => "paused",
            Self::Started => "started",
            Self::Stopped => "stopped",
            Self::Uploaded => "uploaded",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ArchiveStatus {
    fn from(value: &str) -> Self {
        match value {
            "available" => Self::Available,
            "deleted" => Self::Deleted,
            "expired" => Self::Expired,
            "failed" => Self::Failed,
            "paused" => Self::Paused,
            "started" => Self::Started,
            "stopped" => Self::Stopped,
            "uploaded" => Self::Uploaded,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ArchiveStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ArchiveStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ArchiveStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ArchiveStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for ArchiveStatus {
    fn default() -> Self {
        Self::from("")
    }
}

/// Why an archive stopped or failed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArchiveReason {
    /// empty: It has not stopped.
    Running,
    /// `maximum duration exceeded`: It ran for its longest, 4 hours recorded or 12 with pauses.
    MaximumDuration,
    /// `maximum idle time exceeded`: Nobody published for 60 minutes.
    MaximumIdleTime,
    /// `session ended`: The last client left 60 seconds before.
    SessionEnded,
    /// `user initiated`: It was stopped by a call.
    UserInitiated,
    /// `failure`: Recording failed.
    Failure,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ArchiveReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Running => "",
            Self::MaximumDuration => "maximum duration exceeded",
            Self::MaximumIdleTime => "maximum idle time exceeded",
            Self::SessionEnded => "session ended",
            Self::UserInitiated => "user initiated",
            Self::Failure => "failure",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ArchiveReason {
    fn from(value: &str) -> Self {
        match value {
            "" => Self::Running,
            "maximum duration exceeded" => Self::MaximumDuration,
            "maximum idle time exceeded" => Self::MaximumIdleTime,
            "session ended" => Self::SessionEnded,
            "user initiated" => Self::UserInitiated,
            "failure" => Self::Failure,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ArchiveReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ArchiveReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ArchiveReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ArchiveReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// What files an archive becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OutputMode {
    /// `composed`: One MP4 file with all streams laid out.
    Composed,
    /// `individual`: A ZIP file with one file a stream and a manifest.
    Individual,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl OutputMode {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Composed => "composed",
            Self::Individual => "individual",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for OutputMode {
    fn from(value: &str) -> Self {
        match value {
            "composed" => Self::Composed,
            "individual" => Self::Individual,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for OutputMode {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for OutputMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for OutputMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OutputMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Where a transcription is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TranscriptionStatus {
    /// `requested`: It was asked for.
    Requested,
    /// `started`: It is being made.
    Started,
    /// `available`: It can be downloaded.
    Available,
    /// `uploaded`: It is in your own storage.
    Uploaded,
    /// `completed`: It is done; seen in one SDK's fixtures.
    Completed,
    /// `failed`: It failed; see the reason.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl TranscriptionStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Requested => "requested",
            Self::Started => "started",
            Self::Available => "available",
            Self::Uploaded => "uploaded",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for TranscriptionStatus {
    fn from(value: &str) -> Self {
        match value {
            "requested" => Self::Requested,
            "started" => Self::Started,
            "available" => Self::Available,
            "uploaded" => Self::Uploaded,
            "completed" => Self::Completed,
            "failed" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for TranscriptionStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for TranscriptionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for TranscriptionStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TranscriptionStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for TranscriptionStatus {
    fn default() -> Self {
        Self::from("")
    }
}
