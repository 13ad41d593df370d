// @generated from api/signals.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    id::{ConnectionId, SessionId},
    lenient,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Sends a message to every client in a session, routed or relayed. Clients see no sender.
///
/// `POST /v2/project/{project}/session/{sessionId}/signal`
///
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: A field is invalid, or `data` is missing (code 15202).
/// - 403: The credentials are wrong (code -1).
/// - 404: No client is connected to the session.
/// - 413: `type` is over 128 bytes, or `data` over 8 kB.
/// - 500: The server failed.
///
/// Source: SDK tests answer 204, the OpenAPI document 200. It marks `type` as required; the OpenTok
/// SDKs leave it out when unset. The documented characters of `type` are letters, digits, `-`, `_`
/// and `~`; official SDKs also send a dot, so it is let through.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SignalSession {
    /// The session.
    pub session_id: SessionId,
    /// The message. At most 8192 bytes.
    #[serde(deserialize_with = "lenient::value")]
    pub data: String,
    /// What kind of message it is, for the clients to listen by. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    #[serde(rename = "type", default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl SignalSession {
    /// The request, with all that is optional at its default.
    pub fn new(session_id: impl Into<SessionId>, data: impl Into<String>) -> Self {
        Self {
            session_id: session_id.into(),
            data: data.into(),
            kind: None,
        }
    }

    /// Sets [`kind`](Self::kind).
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("sessionId", self.session_id.as_str())?;
        check::bytes("data", &self.data, ..=8192)?;
        if let Some(kind) = &self.kind {
            check::bytes("type", kind, ..=128)?;
            check::charset("type", kind, "A-Za-z0-9._~-")?;
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
        (
            400,
            "A field is invalid, or `data` is missing (code 15202).",
        ),
        (403, "The credentials are wrong (code -1)."),
        (404, "No client is connected to the session."),
        (413, "`type` is over 128 bytes, or `data` over 8 kB."),
        (500, "The server failed."),
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
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: A field is invalid, or `data` is missing (code 15202).
/// - 403: The credentials are wrong (code -1).
/// - 404: The client is not connected to the session.
/// - 413: `type` is over 128 bytes, or `data` over 8 kB.
/// - 500: The server failed.
///
/// Source: As for `signal_session`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SignalConnection {
    /// The session.
    pub session_id: SessionId,
    /// The client's connection.
    pub connection_id: ConnectionId,
    /// The message. At most 8192 bytes.
    #[serde(deserialize_with = "lenient::value")]
    pub data: String,
    /// What kind of message it is, for the client to listen by. At most 128 bytes. Made of
    /// `A-Za-z0-9._~-` only.
    #[serde(rename = "type", default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl SignalConnection {
    /// The request, with all that is optional at its default.
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

    /// Sets [`kind`](Self::kind).
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("sessionId", self.session_id.as_str())?;
        check::id("connectionId", self.connection_id.as_str())?;
        check::bytes("data", &self.data, ..=8192)?;
        if let Some(kind) = &self.kind {
            check::bytes("type", kind, ..=128)?;
            check::charset("type", kind, "A-Za-z0-9._~-")?;
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
        (
            400,
            "A field is invalid, or `data` is missing (code 15202).",
        ),
        (403, "The credentials are wrong (code -1)."),
        (404, "The client is not connected to the session."),
        (413, "`type` is over 128 bytes, or `data` over 8 kB."),
        (500, "The server failed."),
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
