// @generated from api/archive_storage.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::enums::{ServerSideEncryption, StorageFallback, StorageType},
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
};

/// Where archives are sent.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ArchiveStorage {
    /// The kind of storage.
    #[serde(rename = "type")]
    pub kind: StorageType,
    /// The bucket or container, and how to get in.
    pub config: StorageConfig,
    /// What to do when the upload fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback: Option<StorageFallback>,
    /// An X.509 certificate (PEM, or base64 of it) with an RSA key of at most 2048 bits, to encrypt
    /// composed archives with; needs an add-on.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

impl ArchiveStorage {
    /// Creates a value; optional fields are unset.
    pub fn new(kind: impl Into<StorageType>, config: impl Into<StorageConfig>) -> Self {
        Self {
            kind: kind.into(),
            config: config.into(),
            fallback: None,
            certificate: None,
        }
    }

    /// What to do when the upload fails.
    #[must_use]
    pub fn fallback(mut self, fallback: impl Into<StorageFallback>) -> Self {
        self.fallback = Some(fallback.into());
        self
    }

    /// An X.509 certificate (PEM, or base64 of it) with an RSA key of at most 2048 bits, to encrypt
    /// composed archives with; needs an add-on.
    #[must_use]
    pub fn certificate(mut self, certificate: impl Into<String>) -> Self {
        self.certificate = Some(certificate.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::within("config", self.config.validate())
    }
}

impl Output for ArchiveStorage {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for ArchiveStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ArchiveStorage", self, f)
    }
}

/// A bucket or container. S3 needs `access_key`, `secret_key`, `bucket`, `endpoint` and `sse`;
/// Azure `account_name`, `account_key`, `container` and `domain`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StorageConfig {
    /// S3: the access key id.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key: Option<String>,
    /// S3: the secret access key.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_key: Option<String>,
    /// S3: the name of the bucket. Not together with `container`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// S3: the service's URL with its scheme; Amazon's unless set. Google and Cloudian work, China
    /// (Beijing) does not. An absolute URL.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// S3: whether the bucket encrypts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sse: Option<ServerSideEncryption>,
    /// Azure: the name of the storage account.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Azure: the account's key.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_key: Option<String>,
    /// Azure: the name of the container.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Azure: the domain of the storage account; needed only if it is not the usual one.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

impl StorageConfig {
    /// Creates a value with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// S3: the access key id.
    #[must_use]
    pub fn access_key(mut self, access_key: impl Into<String>) -> Self {
        self.access_key = Some(access_key.into());
        self
    }

    /// S3: the secret access key.
    #[must_use]
    pub fn secret_key(mut self, secret_key: impl Into<String>) -> Self {
        self.secret_key = Some(secret_key.into());
        self
    }

    /// S3: the name of the bucket. Not together with `container`.
    #[must_use]
    pub fn bucket(mut self, bucket: impl Into<String>) -> Self {
        self.bucket = Some(bucket.into());
        self
    }

    /// S3: the service's URL with its scheme; Amazon's unless set. Google and Cloudian work, China
    /// (Beijing) does not. An absolute URL.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// S3: whether the bucket encrypts.
    #[must_use]
    pub fn sse(mut self, sse: impl Into<ServerSideEncryption>) -> Self {
        self.sse = Some(sse.into());
        self
    }

    /// Azure: the name of the storage account.
    #[must_use]
    pub fn account_name(mut self, account_name: impl Into<String>) -> Self {
        self.account_name = Some(account_name.into());
        self
    }

    /// Azure: the account's key.
    #[must_use]
    pub fn account_key(mut self, account_key: impl Into<String>) -> Self {
        self.account_key = Some(account_key.into());
        self
    }

    /// Azure: the name of the container.
    #[must_use]
    pub fn container(mut self, container: impl Into<String>) -> Self {
        self.container = Some(container.into());
        self
    }

    /// Azure: the domain of the storage account; needed only if it is not the usual one.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::excludes(
            "bucket",
            self.bucket.is_some(),
            "container",
            self.container.is_some(),
        )?;
        if let Some(endpoint) = &self.endpoint {
            check::url("endpoint", endpoint)?;
        }
        check::any(
            [("bucket", "bucket"), ("container", "container")],
            self.bucket.as_ref().is_some_and(|it| !it.is_empty())
                || self.container.as_ref().is_some_and(|it| !it.is_empty()),
        )
    }
}

impl fmt::Debug for StorageConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StorageConfig", self, f)
    }
}
