// @generated from api/signals.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{ConnectionId, SessionId},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Sends a message to every client in a session, routed or relayed. Clients see no sender.
///
/// `POST /v2/project/{project}/session/{sessionId}/signal`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid, or `data` is missing (code 15202).
/// - 403: The credentials are wrong (code -1).
/// - 404: No client is connected to the session. Possible reason:
///   [`NoClientsConnected`](crate::Reason::NoClientsConnected).
/// - 413: `kind` is over 128 bytes, or `data` over 8 kB.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::SignalSession;
///
/// let request = SignalSession::new(session_id, "hello")
///     .kind("chat");
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "SignalAsync")]
#[doc(alias = "SendSignalsAsync")]
#[doc(alias = "signal")]
#[doc(alias = "sendSignal")]
#[doc(alias = "signalAll")]
#[doc(alias = "message")]
#[doc(alias = "chat")]
#[doc(alias = "broadcastMessage")]
#[doc(alias = "send_to_all")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SignalSession {
    /// The session whose clients to signal.
    pub session_id: SessionId,
    /// The text of the message. At most 8192 bytes.
    #[serde(deserialize_with = "lenient::value")]
    pub data: String,
    /// The kind of message, which clients can listen for. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    #[serde(rename = "type", default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl SignalSession {
    /// Creates a request; optional fields are unset.
    pub fn new(session_id: impl Into<SessionId>, data: impl Into<String>) -> Self {
        Self {
            session_id: session_id.into(),
            data: data.into(),
            kind: None,
        }
    }

    /// The kind of message, which clients can listen for. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::bytes("data", &self.data, ..=8192)?;
        if let Some(kind) = &self.kind {
            check::bytes(("kind", "type"), kind, ..=128)?;
            check::charset(("kind", "type"), kind, "A-Za-z0-9._~-")?;
        }
        Ok(())
    }
}

impl Operation for SignalSession {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "signal_session",
        "signals",
        Method::POST,
        "/v2/project/{project}/session/{sessionId}/signal",
    )
    .doc("Sends a message to every client in a session, routed or relayed. Clients see no sender.")
    .status(204)
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("data", Place::Json),
        Field::optional("type", Place::Json),
    ])
    .errors(&[
        DocumentedError::new(
            400,
            "A field is invalid, or `data` is missing (code 15202).",
        ),
        DocumentedError::new(403, "The credentials are wrong (code -1)."),
        DocumentedError::new(404, "No client is connected to the session.")
            .possible(&[Reason::NoClientsConnected]),
        DocumentedError::new(413, "`type` is over 128 bytes, or `data` over 8 kB."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SignalSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SignalSession", self, f)
    }
}

/// Sends a message to one client in a session, routed or relayed. The client sees no sender.
///
/// `POST /v2/project/{project}/session/{sessionId}/connection/{connectionId}/signal`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid, or `data` is missing (code 15202).
/// - 403: The credentials are wrong (code -1).
/// - 404: The client is not connected to the session. Reason:
///   [`ClientNotConnected`](crate::Reason::ClientNotConnected).
/// - 413: `kind` is over 128 bytes, or `data` over 8 kB.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let connection_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::SignalConnection;
///
/// let request = SignalConnection::new(session_id, connection_id, "hello")
///     .kind("chat");
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "SignalAsync")]
#[doc(alias = "SendSignalAsync")]
#[doc(alias = "signal")]
#[doc(alias = "sendSignal")]
#[doc(alias = "message")]
#[doc(alias = "chat")]
#[doc(alias = "privateMessage")]
#[doc(alias = "send_to_one")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SignalConnection {
    /// The session that the client is connected to.
    pub session_id: SessionId,
    /// The connection of the client to signal.
    pub connection_id: ConnectionId,
    /// The text of the message. At most 8192 bytes.
    #[serde(deserialize_with = "lenient::value")]
    pub data: String,
    /// The kind of message, which the client can listen for. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    #[serde(rename = "type", default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl SignalConnection {
    /// Creates a request; optional fields are unset.
    pub fn new(
        session_id: impl Into<SessionId>,
        connection_id: impl Into<ConnectionId>,
        data: impl Into<String>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            connection_id: connection_id.into(),
            data: data.into(),
            kind: None,
        }
    }

    /// The kind of message, which the client can listen for. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::id(
            ("connection_id", "connectionId"),
            self.connection_id.as_str(),
        )?;
        check::bytes("data", &self.data, ..=8192)?;
        if let Some(kind) = &self.kind {
            check::bytes(("kind", "type"), kind, ..=128)?;
            check::charset(("kind", "type"), kind, "A-Za-z0-9._~-")?;
        }
        Ok(())
    }
}

impl Operation for SignalConnection {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "signal_connection",
        "signals",
        Method::POST,
        "/v2/project/{project}/session/{sessionId}/connection/{connectionId}/signal",
    )
    .doc(
        "Sends a message to one client in a session, routed or relayed. The client sees no sender.",
    )
    .status(204)
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("connectionId", Place::Path),
        Field::required("data", Place::Json),
        Field::optional("type", Place::Json),
    ])
    .errors(&[
        DocumentedError::new(
            400,
            "A field is invalid, or `data` is missing (code 15202).",
        ),
        DocumentedError::new(403, "The credentials are wrong (code -1)."),
        DocumentedError::new(404, "The client is not connected to the session.")
            .reason(Reason::ClientNotConnected),
        DocumentedError::new(413, "`type` is over 128 bytes, or `data` over 8 kB."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SignalConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SignalConnection", self, f)
    }
}
