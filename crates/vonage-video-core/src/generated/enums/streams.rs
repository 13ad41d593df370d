// @generated from api/streams.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// What a stream's video shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VideoType {
    /// `camera`: A camera.
    Camera,
    /// `screen`: A shared screen.
    Screen,
    /// `custom`: Frames that the publisher makes itself.
    Custom,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl VideoType {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Camera => "camera",
            Self::Screen => "screen",
            Self::Custom => "custom",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for VideoType {
    fn from(value: &str) -> Self {
        match value {
            "camera" => Self::Camera,
            "screen" => Self::Screen,
            "custom" => Self::Custom,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for VideoType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for VideoType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for VideoType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for VideoType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
