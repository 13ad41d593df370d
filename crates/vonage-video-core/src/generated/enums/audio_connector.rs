// @generated from api/audio_connector.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Samples a second of 16-bit PCM.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AudioRate {
    /// `8000`: Telephone quality.
    Hz8000,
    /// `16000`: Wideband.
    Hz16000,
    /// `24000`: What some speech services take.
    Hz24000,
    /// A value that this version does not know, kept unchanged.
    Unknown(u32),
}

impl AudioRate {
    /// Returns the value as the API writes it.
    pub fn as_u32(&self) -> u32 {
        match self {
            Self::Hz8000 => 8000,
            Self::Hz16000 => 16000,
            Self::Hz24000 => 24000,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<u32> for AudioRate {
    fn from(value: u32) -> Self {
        match value {
            8000 => Self::Hz8000,
            16000 => Self::Hz16000,
            24000 => Self::Hz24000,
            _ => Self::Unknown(value),
        }
    }
}

impl fmt::Display for AudioRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_u32().fmt(f)
    }
}

impl Serialize for AudioRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.as_u32())
    }
}

impl<'de> Deserialize<'de> for AudioRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::value::<u32, D>(deserializer).map(Self::from)
    }
}

/// The kind of WebSocket messages that carry audio.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AudioTransportType {
    /// `binary`: Binary messages of raw audio.
    Binary,
    /// `json`: Text messages of JSON.
    Json,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl AudioTransportType {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Binary => "binary",
            Self::Json => "json",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for AudioTransportType {
    fn from(value: &str) -> Self {
        match value {
            "binary" => Self::Binary,
            "json" => Self::Json,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for AudioTransportType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for AudioTransportType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AudioTransportType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AudioTransportType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// How audio is written in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AudioEncoding {
    /// `base64`: Base64 of the raw audio.
    Base64,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl AudioEncoding {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Base64 => "base64",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for AudioEncoding {
    fn from(value: &str) -> Self {
        match value {
            "base64" => Self::Base64,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for AudioEncoding {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for AudioEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AudioEncoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AudioEncoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
