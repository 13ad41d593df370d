// @generated from api/archive_storage.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    generated::models::ArchiveStorage,
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Sends the archives of a project to an Amazon S3 bucket, a service that speaks S3, or a Microsoft
/// Azure container. Archives made from then on end `uploaded` instead of `available`.
///
/// `PUT /v2/project/{project}/archive/storage`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok. On Vonage, the storage belongs to the application: set it in the dashboard.
///
/// # Errors
///
/// - 400: The body is invalid, or a certificate comes without a target.
/// - 403: The credentials are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::{models::{ArchiveStorage, StorageConfig, StorageType}, operations::SetArchiveStorage};
///
/// let request = SetArchiveStorage::new(ArchiveStorage::new(StorageType::S3, StorageConfig::new().access_key("access-key").secret_key("secret-key").bucket("recordings")));
/// // `video.send(request).await?` returns `Option<ArchiveStorage>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "s3")]
#[doc(alias = "azure")]
#[doc(alias = "bucket")]
#[doc(alias = "uploadTarget")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetArchiveStorage {
    /// The kind of storage, its bucket or container, and the keys to it.
    #[serde(flatten)]
    pub storage: ArchiveStorage,
}

impl SetArchiveStorage {
    /// Creates a request from its required fields.
    pub fn new(storage: impl Into<ArchiveStorage>) -> Self {
        Self {
            storage: storage.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        self.storage.validate()
    }
}

impl Operation for SetArchiveStorage {
    type Output = Option<ArchiveStorage>;

    const META: &'static Meta = &Meta::new("set_archive_storage", "archive_storage", Method::PUT, "/v2/project/{project}/archive/storage")
        .doc("Sends the archives of a project to an Amazon S3 bucket, a service that speaks S3, or a Microsoft Azure container. Archives made from then on end `uploaded` instead of `available`.")
        .environments(false, true, "On Vonage, the storage belongs to the application: set it in the dashboard.")
        .fields(&[
            Field::required("type", Place::Json),
            Field::required("config", Place::Json),
            Field::optional("fallback", Place::Json),
            Field::optional("certificate", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The body is invalid, or a certificate comes without a target."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SetArchiveStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SetArchiveStorage", self, f)
    }
}

/// Makes OpenTok keep archives itself again.
///
/// `DELETE /v2/project/{project}/archive/storage`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok. On Vonage, the storage belongs to the application: remove it in the dashboard.
///
/// # Errors
///
/// - 403: The credentials are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::DeleteArchiveStorage;
///
/// let request = DeleteArchiveStorage::new();
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "s3")]
#[doc(alias = "azure")]
#[doc(alias = "bucket")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct DeleteArchiveStorage {}

impl DeleteArchiveStorage {
    /// Creates a request, which has no fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Operation for DeleteArchiveStorage {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "delete_archive_storage",
        "archive_storage",
        Method::DELETE,
        "/v2/project/{project}/archive/storage",
    )
    .doc("Makes OpenTok keep archives itself again.")
    .status(204)
    .environments(
        false,
        true,
        "On Vonage, the storage belongs to the application: remove it in the dashboard.",
    )
    .errors(&[
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for DeleteArchiveStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("DeleteArchiveStorage", self, f)
    }
}
