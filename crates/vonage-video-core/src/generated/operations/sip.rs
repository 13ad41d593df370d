// @generated from api/sip.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::models::{SipCall, SipTarget},
    id::{ConnectionId, SessionId},
    lenient,
    operation::{Field, Meta, Operation, Place},
    redact,
};

/// Calls a SIP address and lets it join a routed session. The connection is there at once, before
/// the far end answers. It ends when the far end hangs up, by `force_disconnect`, after 5 minutes
/// without media, or after 6 hours.
///
/// `POST /v2/project/{project}/dial`
///
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: A field is invalid, or a header does not begin with `X-`.
/// - 403: The credentials are wrong.
/// - 404: There is no such session.
/// - 409: The session is not routed.
/// - 500: The server failed.
///
/// Source: Official SDKs' requests and a captured answer. `sip.streams` is only in OpenTok SDKs.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct Dial {
    /// The session to join.
    pub session_id: SessionId,
    /// A client token for that session; its data tells clients which connection the call is.
    #[serde(deserialize_with = "lenient::value")]
    pub token: String,
    /// Whom to call, and how.
    pub sip: SipTarget,
}

impl Dial {
    /// The request, with all that is optional at its default.
    pub fn new(
        session_id: impl Into<SessionId>,
        token: impl Into<String>,
        sip: impl Into<SipTarget>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            token: token.into(),
            sip: sip.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("sessionId", self.session_id.as_str())?;
        check::within("sip", self.sip.validate())
    }
}

impl Operation for Dial {
    type Output = SipCall;

    const META: &'static Meta = &Meta::new("dial", "sip", Method::POST, "/v2/project/{project}/dial")
        .doc("Calls a SIP address and lets it join a routed session. The connection is there at once, before the far end answers. It ends when the far end hangs up, by `force_disconnect`, after 5 minutes without media, or after 6 hours.")
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::required("token", Place::Json),
            Field::required("sip", Place::Json),
        ])
        .errors(&[
            (400, "A field is invalid, or a header does not begin with `X-`."),
            (403, "The credentials are wrong."),
            (404, "There is no such session."),
            (409, "The session is not routed."),
            (500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for Dial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Dial", self, f)
    }
}

/// Plays telephone tones to every client in a session.
///
/// `POST /v2/project/{project}/session/{sessionId}/play-dtmf`
///
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: The digits or the session id are invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session, or no client in it.
/// - 500: The server failed.
///
/// Source: The OpenAPI document writes `/v2/projects`; every SDK writes `/v2/project`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct PlayDtmfSession {
    /// The session.
    pub session_id: SessionId,
    /// Digits, `*` and `#`; `p` is a pause of 500 ms. Not empty. Made of `0-9*#p` only.
    #[serde(deserialize_with = "lenient::value")]
    pub digits: String,
}

impl PlayDtmfSession {
    /// The request, with all that is optional at its default.
    pub fn new(session_id: impl Into<SessionId>, digits: impl Into<String>) -> Self {
        Self {
            session_id: session_id.into(),
            digits: digits.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("sessionId", self.session_id.as_str())?;
        check::chars("digits", &self.digits, 1..)?;
        check::charset("digits", &self.digits, "0-9*#p")
    }
}

impl Operation for PlayDtmfSession {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "play_dtmf_session",
        "sip",
        Method::POST,
        "/v2/project/{project}/session/{sessionId}/play-dtmf",
    )
    .doc("Plays telephone tones to every client in a session.")
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("digits", Place::Json),
    ])
    .errors(&[
        (400, "The digits or the session id are invalid."),
        (403, "The credentials are wrong."),
        (404, "There is no such session, or no client in it."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for PlayDtmfSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("PlayDtmfSession", self, f)
    }
}

/// Plays telephone tones to one client in a session, such as a SIP call.
///
/// `POST /v2/project/{project}/session/{sessionId}/connection/{connectionId}/play-dtmf`
///
/// Tried again only where the first try certainly was not acted upon.
///
/// # Errors
///
/// - 400: The digits or an id are invalid.
/// - 403: The credentials are wrong.
/// - 404: The client is not connected to the session.
/// - 500: The server failed.
///
/// Source: As for `play_dtmf_session`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct PlayDtmfConnection {
    /// The session.
    pub session_id: SessionId,
    /// The client's connection.
    pub connection_id: ConnectionId,
    /// Digits, `*` and `#`; `p` is a pause of 500 ms. Not empty. Made of `0-9*#p` only.
    #[serde(deserialize_with = "lenient::value")]
    pub digits: String,
}

impl PlayDtmfConnection {
    /// The request, with all that is optional at its default.
    pub fn new(
        session_id: impl Into<SessionId>,
        connection_id: impl Into<ConnectionId>,
        digits: impl Into<String>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            connection_id: connection_id.into(),
            digits: digits.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("sessionId", self.session_id.as_str())?;
        check::id("connectionId", self.connection_id.as_str())?;
        check::chars("digits", &self.digits, 1..)?;
        check::charset("digits", &self.digits, "0-9*#p")
    }
}

impl Operation for PlayDtmfConnection {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "play_dtmf_connection",
        "sip",
        Method::POST,
        "/v2/project/{project}/session/{sessionId}/connection/{connectionId}/play-dtmf",
    )
    .doc("Plays telephone tones to one client in a session, such as a SIP call.")
    .fields(&[
        Field::required("sessionId", Place::Path),
        Field::required("connectionId", Place::Path),
        Field::required("digits", Place::Json),
    ])
    .errors(&[
        (400, "The digits or an id are invalid."),
        (403, "The credentials are wrong."),
        (404, "The client is not connected to the session."),
        (500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for PlayDtmfConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("PlayDtmfConnection", self, f)
    }
}
