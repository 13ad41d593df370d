// @generated from api/connections.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Whether a client is connected.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionState {
    /// `Connecting`: It is on its way in.
    Connecting,
    /// `Connected`: It is in the session.
    Connected,
    /// `Disconnected`: It has left; seen in one SDK's test.
    Disconnected,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ConnectionState {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Connecting => "Connecting",
            Self::Connected => "Connected",
            Self::Disconnected => "Disconnected",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionState {
    fn from(value: &str) -> Self {
        match value {
            "Connecting" => Self::Connecting,
            "Connected" => Self::Connected,
            "Disconnected" => Self::Disconnected,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ConnectionState {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ConnectionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ConnectionState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ConnectionState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for ConnectionState {
    fn default() -> Self {
        Self::from("")
    }
}
