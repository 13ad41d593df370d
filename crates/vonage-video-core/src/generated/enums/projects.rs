// @generated from api/projects.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Whether a project may be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProjectStatus {
    /// `ACTIVE`: It works.
    Active,
    /// `SUSPENDED`: Its calls are refused.
    Suspended,
    /// `VALID`: It works, as one community client's fixtures spell it.
    Valid,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ProjectStatus {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Valid => "VALID",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ProjectStatus {
    fn from(value: &str) -> Self {
        match value {
            "ACTIVE" => Self::Active,
            "SUSPENDED" => Self::Suspended,
            "VALID" => Self::Valid,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ProjectStatus {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ProjectStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProjectStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProjectStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

impl Default for ProjectStatus {
    fn default() -> Self {
        Self::from("")
    }
}

/// The environment a project runs in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProjectEnvironment {
    /// `standard`: The one that gets changes first.
    Standard,
    /// `enterprise`: The one that gets changes later, with more support.
    Enterprise,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ProjectEnvironment {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard => "standard",
            Self::Enterprise => "enterprise",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ProjectEnvironment {
    fn from(value: &str) -> Self {
        match value {
            "standard" => Self::Standard,
            "enterprise" => Self::Enterprise,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ProjectEnvironment {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ProjectEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProjectEnvironment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProjectEnvironment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
