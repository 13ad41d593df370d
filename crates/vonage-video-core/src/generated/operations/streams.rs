// @generated from api/streams.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{SessionId, StreamId},
        models::{Stream, StreamClassList},
    },
    invalid::Invalid,
    operation::{DocumentedError, EmptyOn, Field, Meta, Operation, Place},
    page::Page,
    redact,
};

/// Lists the streams that are published in a session now. If the session has never had a stream,
/// the list is empty.
///
/// `GET /v2/project/{project}/session/{sessionId}/stream`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The session id is invalid.
/// - 403: The credentials are wrong.
/// - 404: The session exists but has had no streams, or does not exist.
/// - 408: The session id is invalid.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::ListStreams;
///
/// let request = ListStreams::new(session_id);
/// // `video.send(request).await?` returns `Page<Stream>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ListStreamsAsync")]
#[doc(alias = "GetStreamsAsync")]
#[doc(alias = "getStreamInfo")]
#[doc(alias = "publishers")]
#[doc(alias = "participants")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListStreams {
    /// The session whose streams to list.
    pub session_id: SessionId,
}

impl ListStreams {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>) -> Self {
        Self {
            session_id: session_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())
    }
}

impl Operation for ListStreams {
    type Output = Page<Stream>;

    const META: &'static Meta = &Meta::new("list_streams", "streams", Method::GET, "/v2/project/{project}/session/{sessionId}/stream")
        .doc("Lists the streams that are published in a session now. If the session has never had a stream, the list is empty.")
        .empty_on(EmptyOn::new(404, 404, &["Session not found", "Session exists but has not had any streams"]))
        .fields(&[
            Field::required("sessionId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(400, "The session id is invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "The session exists but has had no streams, or does not exist."),
            DocumentedError::new(408, "The session id is invalid."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ListStreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListStreams", self, f)
    }
}

/// Reads one stream: its name, what its video shows and its layout classes.
///
/// `GET /v2/project/{project}/session/{sessionId}/stream/{streamId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An id is missing or invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session or stream.
/// - 408: The stream id is invalid.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::GetStream;
///
/// let request = GetStream::new(session_id, stream_id);
/// // `video.send(request).await?` returns `Stream`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "GetStreamAsync")]
#[doc(alias = "getStreamInfo")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetStream {
    /// The session that the stream is published in.
    pub session_id: SessionId,
    /// The stream to read.
    pub stream_id: StreamId,
}

impl GetStream {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>, stream_id: impl Into<StreamId>) -> Self {
        Self {
            session_id: session_id.into(),
            stream_id: stream_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::id(("stream_id", "streamId"), self.stream_id.as_str())
    }
}

impl Operation for GetStream {
    type Output = Stream;

    const META: &'static Meta = &Meta::new(
        "get_stream",
        "streams",
        Method::GET,
        "/v2/project/{project}/session/{sessionId}/stream/{streamId}",
    )
    .doc("Reads one stream: its name, what its video shows and its layout classes.")
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("streamId", Place::Path),
    ])
    .errors(&[
        DocumentedError::new(400, "An id is missing or invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such session or stream."),
        DocumentedError::new(408, "The stream id is invalid."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for GetStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("GetStream", self, f)
    }
}

/// Sets the layout classes of streams, which place them in composed archives and broadcasts. The
/// list given replaces the old one; streams that are not named keep theirs.
///
/// `PUT /v2/project/{project}/session/{sessionId}/stream`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The body is invalid: a stream without an id, or classes that are no list of strings.
/// - 403: The credentials are wrong.
/// - 404: There is no such session or stream.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let stream_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::{models::StreamClassList, operations::SetStreamClassLists};
///
/// let request = SetStreamClassLists::new(session_id, [StreamClassList::new(stream_id, ["focus"])]);
/// // `video.send(request).await?` returns `Page<Stream>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "SetStreamClassListsAsync")]
#[doc(alias = "ChangeStreamLayoutAsync")]
#[doc(alias = "change_stream_layout")]
#[doc(alias = "setStreamLayouts")]
#[doc(alias = "setStreamLayout")]
#[doc(alias = "layoutClassList")]
#[doc(alias = "focus")]
#[doc(alias = "change_layout")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetStreamClassLists {
    /// The session that the streams are published in.
    pub session_id: SessionId,
    /// The streams, each with its new classes.
    pub items: Vec<StreamClassList>,
}

impl SetStreamClassLists {
    /// Creates a request from its required fields.
    pub fn new(
        session_id: impl Into<SessionId>,
        items: impl IntoIterator<Item = StreamClassList>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            items: items.into_iter().collect(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::within(
            "items",
            self.items.iter().try_for_each(StreamClassList::validate),
        )
    }
}

impl Operation for SetStreamClassLists {
    type Output = Page<Stream>;

    const META: &'static Meta = &Meta::new("set_stream_class_lists", "streams", Method::PUT, "/v2/project/{project}/session/{sessionId}/stream")
        .doc("Sets the layout classes of streams, which place them in composed archives and broadcasts. The list given replaces the old one; streams that are not named keep theirs.")
        .fields(&[
            Field::required("sessionId", Place::Path),
            Field::required("items", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The body is invalid: a stream without an id, or classes that are no list of strings."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such session or stream."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SetStreamClassLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SetStreamClassLists", self, f)
    }
}
