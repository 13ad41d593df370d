// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        enums::{OutputMode, Resolution, StreamMode},
        ids::SessionId,
        models::{Archive, Layout, TranscriptionProperties},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Starts recording a session. The session must be routed and have at least one connected client.
///
/// `POST /v2/project/{project}/archive`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: The session id or an option is invalid, or no client is connected. Possible reason:
///   [`NoClientsConnected`](crate::Reason::NoClientsConnected).
/// - 403: The credentials are wrong.
/// - 404: The session does not exist, or no client is connected. Possible reason:
///   [`NoClientsConnected`](crate::Reason::NoClientsConnected).
/// - 409: The session is relayed, or is already being recorded without a `multi_archive_tag` of its
///   own. Possible reasons: [`SessionIsRelayed`](crate::Reason::SessionIsRelayed),
///   [`AlreadyStarted`](crate::Reason::AlreadyStarted).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::{models::Resolution, operations::StartArchive};
///
/// let request = StartArchive::new(session_id)
///     .name("Weekly")
///     .resolution(Resolution::Hd);
/// // `video.send(request).await?` returns `Archive`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StartArchiveAsync")]
#[doc(alias = "CreateArchiveAsync")]
#[doc(alias = "createArchive")]
#[doc(alias = "record")]
#[doc(alias = "recording")]
#[doc(alias = "startRecording")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StartArchive {
    /// The session to record.
    pub session_id: SessionId,
    /// A name for the archive; it need not be unique.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether to record audio. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether to record video. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
    /// Whether the archive is one composed file, or one file per stream. Default: `composed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_mode: Option<OutputMode>,
    /// Whether all streams are recorded, or only those that `add_archive_stream` adds. Default:
    /// `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_mode: Option<StreamMode>,
    /// The layout of a composed archive; `bestFit` unless set. Not with `output_mode = individual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// The size of a composed archive. Not with `output_mode = individual`. Default: `640x480`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Distinguishes archives of one session that run at the same time, an automatic one included.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_archive_tag: Option<String>,
    /// The maximum bitrate of a composed archive, in bits per second. Between 100000 and 6000000.
    /// Not with `output_mode = individual`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bitrate: Option<u32>,
    /// The constant quality of a composed archive, instead of a bitrate; a smaller value is a
    /// better picture. Between 15 and 40. Not with `output_mode = individual`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantization_parameter: Option<u32>,
    /// Whether to transcribe the recording. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transcription: Option<bool>,
    /// The language and form of the transcription.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcription_properties: Option<TranscriptionProperties>,
}

impl StartArchive {
    /// Creates a request; optional fields are unset.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self {
            session_id: session_id.into(),
            name: None,
            has_audio: None,
            has_video: None,
            output_mode: None,
            stream_mode: None,
            layout: None,
            resolution: None,
            multi_archive_tag: None,
            max_bitrate: None,
            quantization_parameter: None,
            has_transcription: None,
            transcription_properties: None,
        }
    }

    /// A name for the archive; it need not be unique.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Whether to record audio. Default: `true`.
    pub fn has_audio(mut self, has_audio: bool) -> Self {
        self.has_audio = Some(has_audio);
        self
    }

    /// Whether to record video. Default: `true`.
    pub fn has_video(mut self, has_video: bool) -> Self {
        self.has_video = Some(has_video);
        self
    }

    /// Whether the archive is one composed file, or one file per stream. Default: `composed`.
    pub fn output_mode(mut self, output_mode: impl Into<OutputMode>) -> Self {
        self.output_mode = Some(output_mode.into());
        self
    }

    /// Whether all streams are recorded, or only those that `add_archive_stream` adds. Default:
    /// `auto`.
    pub fn stream_mode(mut self, stream_mode: impl Into<StreamMode>) -> Self {
        self.stream_mode = Some(stream_mode.into());
        self
    }

    /// The layout of a composed archive; `bestFit` unless set. Not with `output_mode = individual`.
    pub fn layout(mut self, layout: impl Into<Layout>) -> Self {
        self.layout = Some(layout.into());
        self
    }

    /// The size of a composed archive. Not with `output_mode = individual`. Default: `640x480`.
    pub fn resolution(mut self, resolution: impl Into<Resolution>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// Distinguishes archives of one session that run at the same time, an automatic one included.
    pub fn multi_archive_tag(mut self, multi_archive_tag: impl Into<String>) -> Self {
        self.multi_archive_tag = Some(multi_archive_tag.into());
        self
    }

    /// The maximum bitrate of a composed archive, in bits per second. Between 100000 and 6000000.
    /// Not with `output_mode = individual`.
    pub fn max_bitrate(mut self, max_bitrate: u32) -> Self {
        self.max_bitrate = Some(max_bitrate);
        self
    }

    /// The constant quality of a composed archive, instead of a bitrate; a smaller value is a
    /// better picture. Between 15 and 40. Not with `output_mode = individual`.
    pub fn quantization_parameter(mut self, quantization_parameter: u32) -> Self {
        self.quantization_parameter = Some(quantization_parameter);
        self
    }

    /// Whether to transcribe the recording. Default: `false`.
    pub fn has_transcription(mut self, has_transcription: bool) -> Self {
        self.has_transcription = Some(has_transcription);
        self
    }

    /// The language and form of the transcription.
    pub fn transcription_properties(
        mut self,
        transcription_properties: impl Into<TranscriptionProperties>,
    ) -> Self {
        self.transcription_properties = Some(transcription_properties.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        let individual = check::when(
            "output_mode (outputMode) = individual",
            self.output_mode == Some(OutputMode::Individual),
        );
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        if let Some(layout) = &self.layout {
            check::within("layout", layout.validate())?;
        }
        check::not_with("layout", &self.layout, individual)?;
        check::not_with("resolution", &self.resolution, individual)?;
        if let Some(max_bitrate) = self.max_bitrate {
            check::number(
                ("max_bitrate", "maxBitrate"),
                max_bitrate,
                100_000..=6_000_000,
            )?;
        }
        check::not_with(("max_bitrate", "maxBitrate"), &self.max_bitrate, individual)?;
        if let Some(quantization_parameter) = self.quantization_parameter {
            check::number(
                ("quantization_parameter", "quantizationParameter"),
                quantization_parameter,
                15..=40,
            )?;
        }
        check::not_with(
            ("quantization_parameter", "quantizationParameter"),
            &self.quantization_parameter,
            individual,
        )?;
        check::any(
            [("has_audio", "hasAudio"), ("has_video", "hasVideo")],
            self.has_audio != Some(false) || self.has_video != Some(false),
        )
    }
}

impl Operation for StartArchive {
    type Output = Archive;

    const META: &'static Meta = &Meta::new("start_archive", "archives", Method::POST, "/v2/project/{project}/archive")
        .doc("Starts recording a session. The session must be routed and have at least one connected client.")
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::optional("name", Place::Json),
            Field::optional("hasAudio", Place::Json),
            Field::optional("hasVideo", Place::Json),
            Field::optional("outputMode", Place::Json),
            Field::optional("streamMode", Place::Json),
            Field::optional("layout", Place::Json),
            Field::optional("resolution", Place::Json),
            Field::optional("multiArchiveTag", Place::Json),
            Field::optional("maxBitrate", Place::Json),
            Field::optional("quantizationParameter", Place::Json),
            Field::optional("hasTranscription", Place::Json),
            Field::optional("transcriptionProperties", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The session id or an option is invalid, or no client is connected.").possible(&[Reason::NoClientsConnected]),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "The session does not exist, or no client is connected.").possible(&[Reason::NoClientsConnected]),
            DocumentedError::new(409, "The session is relayed, or is already being recorded without a `multiArchiveTag` of its own.").possible(&[Reason::SessionIsRelayed, Reason::AlreadyStarted]),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StartArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StartArchive", self, f)
    }
}
