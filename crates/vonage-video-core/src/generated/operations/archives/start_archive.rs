// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::{
        enums::{OutputMode, Resolution, StreamMode},
        models::{Archive, Layout, TranscriptionProperties},
    },
    id::SessionId,
    lenient,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Starts recording a session. The session must be routed and have at least one connected client.
///
/// `POST /v2/project/{project}/archive`
///
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: The session id or an option is invalid, or no client is connected.
/// - 403: The credentials are wrong.
/// - 404: The session does not exist, or no client is connected.
/// - 409: The session is relayed, or is already being recorded without a `multiArchiveTag` of its
///   own.
/// - 500: The server failed.
///
/// Source: Official OpenAPI 0.3.0, the official SDKs' requests. A session without clients answers
/// 400 in one source and 404 in another: expect both.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StartArchive {
    /// The session to record.
    pub session_id: SessionId,
    /// A name to find the archive by.
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
    /// One composed file, or one file a stream. Default: `composed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_mode: Option<OutputMode>,
    /// Whether streams are recorded as they come, or as they are added by hand. Default: `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_mode: Option<StreamMode>,
    /// How a composed archive is laid out; `bestFit` unless set. Not with
    /// `outputMode = individual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// The size of a composed archive. Not with `outputMode = individual`. Default: `640x480`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Tells apart archives of one session that run at the same time, also from an automatic one.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_archive_tag: Option<String>,
    /// Bits a second of a composed archive, at most. One SDK wants at least 1000000. Between 100000
    /// and 6000000. Not with `outputMode = individual`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bitrate: Option<u32>,
    /// Constant quality of a composed archive instead of a bitrate; smaller is better. One SDK
    /// refuses it beside `maxBitrate`; a captured answer has both. Between 15 and 40. Not with
    /// `outputMode = individual`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantization_parameter: Option<u32>,
    /// Whether to transcribe the recording. Sources disagree whether composed archives can be.
    /// Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transcription: Option<bool>,
    /// How to transcribe it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcription_properties: Option<TranscriptionProperties>,
}

impl StartArchive {
    /// The request, with all that is optional at its default.
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

    /// Sets [`name`](Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`has_audio`](Self::has_audio).
    pub fn has_audio(mut self, has_audio: bool) -> Self {
        self.has_audio = Some(has_audio);
        self
    }

    /// Sets [`has_video`](Self::has_video).
    pub fn has_video(mut self, has_video: bool) -> Self {
        self.has_video = Some(has_video);
        self
    }

    /// Sets [`output_mode`](Self::output_mode).
    pub fn output_mode(mut self, output_mode: impl Into<OutputMode>) -> Self {
        self.output_mode = Some(output_mode.into());
        self
    }

    /// Sets [`stream_mode`](Self::stream_mode).
    pub fn stream_mode(mut self, stream_mode: impl Into<StreamMode>) -> Self {
        self.stream_mode = Some(stream_mode.into());
        self
    }

    /// Sets [`layout`](Self::layout).
    pub fn layout(mut self, layout: impl Into<Layout>) -> Self {
        self.layout = Some(layout.into());
        self
    }

    /// Sets [`resolution`](Self::resolution).
    pub fn resolution(mut self, resolution: impl Into<Resolution>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// Sets [`multi_archive_tag`](Self::multi_archive_tag).
    pub fn multi_archive_tag(mut self, multi_archive_tag: impl Into<String>) -> Self {
        self.multi_archive_tag = Some(multi_archive_tag.into());
        self
    }

    /// Sets [`max_bitrate`](Self::max_bitrate).
    pub fn max_bitrate(mut self, max_bitrate: u32) -> Self {
        self.max_bitrate = Some(max_bitrate);
        self
    }

    /// Sets [`quantization_parameter`](Self::quantization_parameter).
    pub fn quantization_parameter(mut self, quantization_parameter: u32) -> Self {
        self.quantization_parameter = Some(quantization_parameter);
        self
    }

    /// Sets [`has_transcription`](Self::has_transcription).
    pub fn has_transcription(mut self, has_transcription: bool) -> Self {
        self.has_transcription = Some(has_transcription);
        self
    }

    /// Sets [`transcription_properties`](Self::transcription_properties).
    pub fn transcription_properties(
        mut self,
        transcription_properties: impl Into<TranscriptionProperties>,
    ) -> Self {
        self.transcription_properties = Some(transcription_properties.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        let individual = check::when(
            "outputMode = individual",
            self.output_mode == Some(OutputMode::Individual),
        );
        check::id("sessionId", self.session_id.as_str())?;
        if let Some(layout) = &self.layout {
            check::within("layout", layout.validate())?;
        }
        check::not_with("layout", &self.layout, individual)?;
        check::not_with("resolution", &self.resolution, individual)?;
        if let Some(max_bitrate) = self.max_bitrate {
            check::number("maxBitrate", max_bitrate, 100_000..=6_000_000)?;
        }
        check::not_with("maxBitrate", &self.max_bitrate, individual)?;
        if let Some(quantization_parameter) = self.quantization_parameter {
            check::number("quantizationParameter", quantization_parameter, 15..=40)?;
        }
        check::not_with(
            "quantizationParameter",
            &self.quantization_parameter,
            individual,
        )?;
        check::any(
            &["hasAudio", "hasVideo"],
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
            (400, "The session id or an option is invalid, or no client is connected."),
            (403, "The credentials are wrong."),
            (404, "The session does not exist, or no client is connected."),
            (409, "The session is relayed, or is already being recorded without a `multiArchiveTag` of its own."),
            (500, "The server failed."),
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
