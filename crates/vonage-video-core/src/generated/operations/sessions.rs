// @generated from api/sessions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::{
        enums::{ArchiveMode, MediaMode, Resolution},
        models::Session,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    output::one_of_array,
    redact,
};

/// Creates a session and returns its id. The media mode is always sent, routed unless set
/// otherwise; see [`MediaMode`] for why. A session costs nothing until a client joins it.
///
/// `POST /session/create`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// Refused: `archive_mode = always` together with `media_mode = enabled`.
///
/// # Errors
///
/// - 400: A field is invalid, or two do not go together.
/// - 403: The credentials are wrong (code -1).
/// - 500: The server failed.
/// - 503: The service is unavailable.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::{models::ArchiveMode, operations::CreateSession};
///
/// let request = CreateSession::new()
///     .archive_mode(ArchiveMode::Always);
/// // `video.send(request).await?` returns `Session`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "CreateSessionAsync")]
#[doc(alias = "room")]
#[doc(alias = "meeting")]
#[doc(alias = "conference")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct CreateSession {
    /// Whether media goes through the Media Router or straight between clients. Default:
    /// `disabled`, always sent.
    #[serde(
        rename = "p2p.preference",
        default = "CreateSession::default_media_mode",
        deserialize_with = "CreateSession::read_media_mode"
    )]
    pub media_mode: MediaMode,
    /// Whether the session is archived from its first client on. Default: `manual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_mode: Option<ArchiveMode>,
    /// An IPv4 address near the clients, a hint for choosing the region.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether clients encrypt media end to end. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e2ee: Option<bool>,
    /// The name of the automatic archive. The server turns `~`, `-` and `_` into `:`. Between 1 and
    /// 80 characters. Only with `archive_mode = always`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_name: Option<String>,
    /// The size of the automatic archive. Only with `archive_mode = always`. Default: `640x480`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_resolution: Option<Resolution>,
}

impl CreateSession {
    /// Creates a request; optional fields are unset.
    pub fn new() -> Self {
        Self {
            media_mode: Self::default_media_mode(),
            archive_mode: None,
            location: None,
            e2ee: None,
            archive_name: None,
            archive_resolution: None,
        }
    }

    fn default_media_mode() -> MediaMode {
        MediaMode::Routed
    }

    fn read_media_mode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MediaMode, D::Error> {
        let read = Option::deserialize(deserializer)?;
        Ok(read.unwrap_or_else(Self::default_media_mode))
    }

    /// Whether media goes through the Media Router or straight between clients. Default:
    /// `disabled`, always sent.
    pub fn media_mode(mut self, media_mode: impl Into<MediaMode>) -> Self {
        self.media_mode = media_mode.into();
        self
    }

    /// Whether the session is archived from its first client on. Default: `manual`.
    pub fn archive_mode(mut self, archive_mode: impl Into<ArchiveMode>) -> Self {
        self.archive_mode = Some(archive_mode.into());
        self
    }

    /// An IPv4 address near the clients, a hint for choosing the region.
    pub fn location(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Whether clients encrypt media end to end. Default: `false`.
    pub fn e2ee(mut self, e2ee: bool) -> Self {
        self.e2ee = Some(e2ee);
        self
    }

    /// The name of the automatic archive. The server turns `~`, `-` and `_` into `:`. Between 1 and
    /// 80 characters. Only with `archive_mode = always`.
    pub fn archive_name(mut self, archive_name: impl Into<String>) -> Self {
        self.archive_name = Some(archive_name.into());
        self
    }

    /// The size of the automatic archive. Only with `archive_mode = always`. Default: `640x480`.
    pub fn archive_resolution(mut self, archive_resolution: impl Into<Resolution>) -> Self {
        self.archive_resolution = Some(archive_resolution.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        let always = check::when(
            "archive_mode (archiveMode) = always",
            self.archive_mode == Some(ArchiveMode::Always),
        );
        let enabled = check::when(
            "media_mode (p2p.preference) = enabled",
            self.media_mode == MediaMode::Relayed,
        );
        if let Some(location) = &self.location {
            check::ipv4("location", location)?;
        }
        if let Some(archive_name) = &self.archive_name {
            check::chars(("archive_name", "archiveName"), archive_name, 1..=80)?;
        }
        check::only_with(("archive_name", "archiveName"), &self.archive_name, always)?;
        check::only_with(
            ("archive_resolution", "archiveResolution"),
            &self.archive_resolution,
            always,
        )?;
        check::never(("archive_mode", "archiveMode"), &[always, enabled])
    }
}

impl Default for CreateSession {
    fn default() -> Self {
        Self::new()
    }
}

impl Operation for CreateSession {
    type Output = Session;

    const META: &'static Meta = &Meta::new("create_session", "sessions", Method::POST, "/session/create")
        .doc("Creates a session and returns its id. The media mode is always sent, routed unless set otherwise; see `MediaMode` for why. A session costs nothing until a client joins it.")
        .fields(&[
            Field::optional("p2p.preference", Place::Form),
            Field::optional("archiveMode", Place::Form),
            Field::optional("location", Place::Form),
            Field::optional("e2ee", Place::Form),
            Field::optional("archiveName", Place::Form),
            Field::optional("archiveResolution", Place::Form),
        ])
        .errors(&[
            DocumentedError::new(400, "A field is invalid, or two do not go together."),
            DocumentedError::new(403, "The credentials are wrong (code -1)."),
            DocumentedError::new(500, "The server failed."),
            DocumentedError::new(503, "The service is unavailable."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }

    fn decode_output(body: &[u8]) -> Result<Session, DecodeError> {
        one_of_array::decode(body)
    }

    fn encode_output(output: &Session) -> Result<Vec<u8>, serde_json::Error> {
        one_of_array::encode(output)
    }
}

impl fmt::Debug for CreateSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("CreateSession", self, f)
    }
}
