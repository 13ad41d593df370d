// @generated from api/sessions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// How media travels. Official SDKs disagree about the default: the OpenTok ones send relayed, one
/// Vonage SDK sends routed, two send nothing. Routed is the default here, always sent: it is the
/// server's own, and archives, broadcasts, SIP, captions, the Audio Connector and the Experience
/// Composer need it, while relayed only suits a few clients that need none of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaMode {
    /// `disabled`: Through the Media Router.
    Routed,
    /// `enabled`: Straight between clients where their networks allow, else through a TURN server.
    Relayed,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl MediaMode {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Routed => "disabled",
            Self::Relayed => "enabled",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for MediaMode {
    fn from(value: &str) -> Self {
        match value {
            "disabled" => Self::Routed,
            "enabled" => Self::Relayed,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for MediaMode {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for MediaMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for MediaMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for MediaMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Whether a session is archived by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArchiveMode {
    /// `manual`: When an archive is started by a call.
    Manual,
    /// `always`: From the first client on, composed, in files of at most four hours. A call does
    /// not stop it.
    Always,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ArchiveMode {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Manual => "manual",
            Self::Always => "always",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ArchiveMode {
    fn from(value: &str) -> Self {
        match value {
            "manual" => Self::Manual,
            "always" => Self::Always,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ArchiveMode {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ArchiveMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ArchiveMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ArchiveMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
