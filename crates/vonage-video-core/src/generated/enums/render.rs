// @generated from api/render.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Where a render is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RenderStatus {
    /// `starting`: The page is being opened.
    Starting,
    /// `started`: Its stream is published.
    Started,
    /// `stopped`: It stopped; see the reason.
    Stopped,
    /// `failed`: The page could not be shown; see the reason.
    Failed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl RenderStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Starting => "starting",
            Self::Started => "started",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RenderStatus {
    fn from(value: &str) -> Self {
        match value {
            "starting" => Self::Starting,
            "started" => Self::Started,
            "stopped" => Self::Stopped,
            "failed" => Self::Failed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for RenderStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for RenderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RenderStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RenderStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for RenderStatus {
    fn default() -> Self {
        Self::from("")
    }
}

/// Why a render stopped or failed. The server's spelling varies between sources, with capitals, a
/// full stop or `Maximum`: what is not listed here is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RenderReason {
    /// `Max duration exceeded`: It ran for its longest.
    MaxDuration,
    /// `Max duration exceeded.`: It ran for its longest, as the example of a callback spells it.
    MaxDurationInCallback,
    /// `Stop Requested`: It was stopped by a call.
    StopRequested,
    /// `Stop Requested.`: It was stopped by a call, as the guide to callbacks spells it.
    StopRequestedInCallback,
    /// `Could not load URL`: The page did not load.
    CouldNotLoadUrl,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl RenderReason {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::MaxDuration => "Max duration exceeded",
            Self::MaxDurationInCallback => "Max duration exceeded.",
            Self::StopRequested => "Stop Requested",
            Self::StopRequestedInCallback => "Stop Requested.",
            Self::CouldNotLoadUrl => "Could not load URL",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RenderReason {
    fn from(value: &str) -> Self {
        match value {
            "Max duration exceeded" => Self::MaxDuration,
            "Max duration exceeded." => Self::MaxDurationInCallback,
            "Stop Requested" => Self::StopRequested,
            "Stop Requested." => Self::StopRequestedInCallback,
            "Could not load URL" => Self::CouldNotLoadUrl,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for RenderReason {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for RenderReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RenderReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RenderReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
