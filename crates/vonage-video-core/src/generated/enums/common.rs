// @generated from api/common.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// An arrangement of streams.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayoutType {
    /// `bestFit`: A grid as large as the streams allow.
    BestFit,
    /// `custom`: As your stylesheet says.
    Custom,
    /// `horizontalPresentation`: One large stream above a row of small ones.
    HorizontalPresentation,
    /// `pip`: One full stream, one small on top of it: picture in picture.
    Pip,
    /// `verticalPresentation`: One large stream beside a column of small ones.
    VerticalPresentation,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl LayoutType {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::BestFit => "bestFit",
            Self::Custom => "custom",
            Self::HorizontalPresentation => "horizontalPresentation",
            Self::Pip => "pip",
            Self::VerticalPresentation => "verticalPresentation",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for LayoutType {
    fn from(value: &str) -> Self {
        match value {
            "bestFit" => Self::BestFit,
            "custom" => Self::Custom,
            "horizontalPresentation" => Self::HorizontalPresentation,
            "pip" => Self::Pip,
            "verticalPresentation" => Self::VerticalPresentation,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for LayoutType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for LayoutType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LayoutType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for LayoutType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Width and height in pixels of a composed recording, broadcast or page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resolution {
    /// `640x480`: SD, landscape.
    Sd,
    /// `480x640`: SD, portrait.
    SdPortrait,
    /// `1280x720`: HD, landscape.
    Hd,
    /// `720x1280`: HD, portrait.
    HdPortrait,
    /// `1920x1080`: Full HD, landscape.
    Fhd,
    /// `1080x1920`: Full HD, portrait.
    FhdPortrait,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl Resolution {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sd => "640x480",
            Self::SdPortrait => "480x640",
            Self::Hd => "1280x720",
            Self::HdPortrait => "720x1280",
            Self::Fhd => "1920x1080",
            Self::FhdPortrait => "1080x1920",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for Resolution {
    fn from(value: &str) -> Self {
        match value {
            "640x480" => Self::Sd,
            "480x640" => Self::SdPortrait,
            "1280x720" => Self::Hd,
            "720x1280" => Self::HdPortrait,
            "1920x1080" => Self::Fhd,
            "1080x1920" => Self::FhdPortrait,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for Resolution {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Resolution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Resolution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Which streams an archive or broadcast takes in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamMode {
    /// `auto`: All streams, by priority.
    Auto,
    /// `manual`: The streams that are added by hand.
    Manual,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl StreamMode {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Manual => "manual",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for StreamMode {
    fn from(value: &str) -> Self {
        match value {
            "auto" => Self::Auto,
            "manual" => Self::Manual,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for StreamMode {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for StreamMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for StreamMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StreamMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
