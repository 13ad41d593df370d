// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{ArchiveId, StreamId},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Adds a stream to an archive in manual stream mode; adding it again changes what of it is
/// recorded.
///
/// `PATCH /v2/project/{project}/archive/{archiveId}/streams`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An option is invalid. Possible reason:
///   [`NotInManualStreamMode`](crate::Reason::NotInManualStreamMode).
/// - 403: The credentials are wrong.
/// - 404: There is no such archive or stream.
/// - 405: The archive is in automatic stream mode. Reason:
///   [`NotInManualStreamMode`](crate::Reason::NotInManualStreamMode).
/// - 409: The archive is in the wrong state.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let archive_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::AddArchiveStream;
///
/// let request = AddArchiveStream::new(archive_id, stream_id)
///     .has_video(false);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "AddStreamToArchiveAsync")]
#[doc(alias = "AddStreamAsync")]
#[doc(alias = "add_stream_to_archive")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct AddArchiveStream {
    /// The archive to add the stream to.
    pub archive_id: ArchiveId,
    /// The stream to add.
    #[serde(rename = "addStream")]
    pub stream_id: StreamId,
    /// Whether to record its audio. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_audio: Option<bool>,
    /// Whether to record its video. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_video: Option<bool>,
}

impl AddArchiveStream {
    /// Creates a request; optional fields are unset.
    pub fn new(archive_id: impl Into<ArchiveId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            archive_id: archive_id.into(),
            stream_id: stream_id.into(),
            has_audio: None,
            has_video: None,
        }
    }

    /// Whether to record its audio. Default: `true`.
    pub fn has_audio(mut self, has_audio: bool) -> Self {
        self.has_audio = Some(has_audio);
        self
    }

    /// Whether to record its video. Default: `true`.
    pub fn has_video(mut self, has_video: bool) -> Self {
        self.has_video = Some(has_video);
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("archive_id", "archiveId"), self.archive_id.as_str())?;
        check::id(("stream_id", "addStream"), self.stream_id.as_str())?;
        check::any(
            [("has_audio", "hasAudio"), ("has_video", "hasVideo")],
            self.has_audio != Some(false) || self.has_video != Some(false),
        )
    }
}

impl Operation for AddArchiveStream {
    type Output = ();

    const META: &'static Meta = &Meta::new("add_archive_stream", "archives", Method::PATCH, "/v2/project/{project}/archive/{archiveId}/streams")
        .doc("Adds a stream to an archive in manual stream mode; adding it again changes what of it is recorded.")
        .status(204)
        .replay(Replay::Safe)
        .fields(&[
            Field::required("archiveId", Place::Path),
            Field::required("addStream", Place::Json),
            Field::optional("hasAudio", Place::Json),
            Field::optional("hasVideo", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "An option is invalid.").possible(&[Reason::NotInManualStreamMode]),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such archive or stream."),
            DocumentedError::new(405, "The archive is in automatic stream mode.").reason(Reason::NotInManualStreamMode),
            DocumentedError::new(409, "The archive is in the wrong state."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for AddArchiveStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("AddArchiveStream", self, f)
    }
}
