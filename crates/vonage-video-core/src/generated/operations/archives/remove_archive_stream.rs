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
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Removes a stream from an archive in manual stream mode.
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
/// use vonage_video::operations::RemoveArchiveStream;
///
/// let request = RemoveArchiveStream::new(archive_id, stream_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "RemoveStreamFromArchiveAsync")]
#[doc(alias = "RemoveStreamAsync")]
#[doc(alias = "remove_stream_from_archive")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RemoveArchiveStream {
    /// The archive to remove the stream from.
    pub archive_id: ArchiveId,
    /// The stream to remove.
    #[serde(rename = "removeStream")]
    pub stream_id: StreamId,
}

impl RemoveArchiveStream {
    /// Creates a request from its required fields.
    pub fn new(archive_id: impl Into<ArchiveId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            archive_id: archive_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("archive_id", "archiveId"), self.archive_id.as_str())?;
        check::id(("stream_id", "removeStream"), self.stream_id.as_str())
    }
}

impl Operation for RemoveArchiveStream {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "remove_archive_stream",
        "archives",
        Method::PATCH,
        "/v2/project/{project}/archive/{archiveId}/streams",
    )
    .doc("Removes a stream from an archive in manual stream mode.")
    .status(204)
    .replay(Replay::Safe)
    .fields(&[
        Field::required("archiveId", Place::Path),
        Field::required("removeStream", Place::Json),
    ])
    .errors(&[
        DocumentedError::new(400, "An option is invalid.")
            .possible(&[Reason::NotInManualStreamMode]),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such archive or stream."),
        DocumentedError::new(405, "The archive is in automatic stream mode.")
            .reason(Reason::NotInManualStreamMode),
        DocumentedError::new(409, "The archive is in the wrong state."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for RemoveArchiveStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RemoveArchiveStream", self, f)
    }
}
