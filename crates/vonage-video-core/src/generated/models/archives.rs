// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    decode_error::DecodeError,
    generated::{
        enums::{
            ArchiveReason, ArchiveStatus, OutputMode, Resolution, StreamMode, TranscriptionStatus,
        },
        ids::{ArchiveId, SessionId, StreamId},
    },
    id::ProjectId,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// How an archive is transcribed.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TranscriptionProperties {
    /// The language spoken, a BCP-47 tag such as `en-US`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_language_code: Option<String>,
    /// Whether to write a summary too. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_summary: Option<bool>,
}

impl TranscriptionProperties {
    /// Creates a value with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The language spoken, a BCP-47 tag such as `en-US`.
    #[must_use]
    pub fn primary_language_code(mut self, primary_language_code: impl Into<String>) -> Self {
        self.primary_language_code = Some(primary_language_code.into());
        self
    }

    /// Whether to write a summary too. Default: `false`.
    #[must_use]
    pub fn has_summary(mut self, has_summary: bool) -> Self {
        self.has_summary = Some(has_summary);
        self
    }
}

impl fmt::Debug for TranscriptionProperties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("TranscriptionProperties", self, f)
    }
}

/// A recording of a session.
#[doc(alias = "recording")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Archive {
    /// Identifies the archive in later requests.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: ArchiveId,
    /// The state of the archive, from `started` to `available` or `uploaded`.
    #[serde(default)]
    pub status: ArchiveStatus,
    /// The name it was started with.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why it stopped or failed; empty while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ArchiveReason>,
    /// The session it records.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, on Vonage. See [`Archive::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The owner, on OpenTok. See [`Archive::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, on OpenTok, under its oldest name. See [`Archive::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<ProjectId>,
    /// When recording started; in webhooks, when it was asked for.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Bytes; 0 until the file is made. More than 4 GiB is common.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub size: u64,
    /// Seconds; 0 until the file is made, and for encrypted archives.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub duration: u64,
    /// One composed file, or one file a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_mode: Option<OutputMode>,
    /// Whether streams are recorded as they come, or as they are added by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_mode: Option<StreamMode>,
    /// Whether audio is recorded.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether video is recorded.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
    /// The size of a composed archive; absent for individual ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Where to download it, for ten minutes; only while it is `available`. Read the archive again
    /// for a fresh one.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    pub url: Option<String>,
    /// The tag it was started with.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_archive_tag: Option<String>,
    /// Bits a second, at most.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bitrate: Option<u64>,
    /// Constant quality, instead of a bitrate.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantization_parameter: Option<u64>,
    /// What is recorded, in manual stream mode while it runs.
    #[serde(default, deserialize_with = "lenient::list")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<ArchiveStream>,
    /// Whether it is transcribed.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transcription: Option<bool>,
    /// The state of the transcription.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcription: Option<Transcription>,
    /// How it is transcribed, where the server echoes it.
    #[serde(default, deserialize_with = "lenient::odd_object_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcription_properties: Option<TranscriptionProperties>,
    /// SHA-256 of the file once it is made, in Base64; some responses have it in hex.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256sum: Option<String>,
    /// The password of an encrypted archive, itself encrypted with your certificate.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// `archive`: the kind of webhook.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl Archive {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<ArchiveId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Archive {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Archive", self, f)
    }
}

/// A stream in an archive or a broadcast in manual stream mode.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ArchiveStream {
    /// The stream that is recorded.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub stream_id: StreamId,
    /// Whether its audio is in.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub has_audio: bool,
    /// Whether its video is in.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub has_video: bool,
}

impl fmt::Debug for ArchiveStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ArchiveStream", self, f)
    }
}

/// The state of an archive's transcription.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Transcription {
    /// The status of the transcription.
    #[serde(default)]
    pub status: TranscriptionStatus,
    /// Why the transcription failed; absent otherwise.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where to download it, once available.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language spoken, a BCP-47 tag such as `en-US`.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_language_code: Option<String>,
    /// Whether a summary is written.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_summary: Option<bool>,
}

impl fmt::Debug for Transcription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Transcription", self, f)
    }
}
