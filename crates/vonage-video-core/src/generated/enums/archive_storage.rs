// @generated from api/archive_storage.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// A kind of storage for archives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StorageType {
    /// `s3`: Amazon S3, or a service that speaks it.
    S3,
    /// `azure`: Microsoft Azure.
    Azure,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl StorageType {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::S3 => "s3",
            Self::Azure => "azure",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for StorageType {
    fn from(value: &str) -> Self {
        match value {
            "s3" => Self::S3,
            "azure" => Self::Azure,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for StorageType {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for StorageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for StorageType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StorageType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// What happens to an archive whose upload fails.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StorageFallback {
    /// `opentok`: OpenTok keeps it, for 72 hours.
    OpenTok,
    /// `none`: It is lost.
    Discard,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl StorageFallback {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::OpenTok => "opentok",
            Self::Discard => "none",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for StorageFallback {
    fn from(value: &str) -> Self {
        match value {
            "opentok" => Self::OpenTok,
            "none" => Self::Discard,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for StorageFallback {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for StorageFallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for StorageFallback {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StorageFallback {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}

/// Encryption by S3. KMS keys are not supported.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServerSideEncryption {
    /// `s3`: S3 encrypts with its own keys.
    S3,
    /// `none`: No encryption.
    Plain,
    /// A value that this version does not know, kept unchanged.
    Unknown(String),
}

impl ServerSideEncryption {
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::S3 => "s3",
            Self::Plain => "none",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ServerSideEncryption {
    fn from(value: &str) -> Self {
        match value {
            "s3" => Self::S3,
            "none" => Self::Plain,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

impl From<String> for ServerSideEncryption {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl fmt::Display for ServerSideEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ServerSideEncryption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ServerSideEncryption {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::open(deserializer)
    }
}
