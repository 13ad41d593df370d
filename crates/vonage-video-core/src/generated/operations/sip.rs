// @generated from api/sip.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{ConnectionId, SessionId},
        models::{SipCall, SipTarget},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Calls a SIP address and lets it join a routed session. The connection is there at once, before
/// the far end answers. It ends when the far end hangs up, by `force_disconnect`, after 5 minutes
/// without media, or after 6 hours.
///
/// `POST /v2/project/{project}/dial`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session.
/// - 409: The session is not routed. Reason: [`SessionIsRelayed`](crate::Reason::SessionIsRelayed).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
/// use vonage_video::{models::SipTarget, operations::Dial};
///
/// let request = Dial::new(session_id, token, SipTarget::new("sip:user@example.com").secure(true));
/// // `video.send(request).await?` returns `SipCall`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "DialAsync")]
#[doc(alias = "InitiateCallAsync")]
#[doc(alias = "initiateSIPCall")]
#[doc(alias = "sipDial")]
#[doc(alias = "sip")]
#[doc(alias = "call")]
#[doc(alias = "phone")]
#[doc(alias = "telephone")]
#[doc(alias = "initiateOutboundSIPCall")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct Dial {
    /// The session to join.
    pub session_id: SessionId,
    /// A client token for that session; its data lets clients recognize the call's connection. Not
    /// empty.
    #[serde(deserialize_with = "lenient::value")]
    pub token: String,
    /// The SIP address to call, and the options of the call.
    pub sip: SipTarget,
}

impl Dial {
    /// Creates a request from its required fields.
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

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::chars("token", &self.token, 1..)?;
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
            DocumentedError::new(400, "A field is invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such session."),
            DocumentedError::new(409, "The session is not routed.").reason(Reason::SessionIsRelayed),
            DocumentedError::new(500, "The server failed."),
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
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: The digits or the session id are invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session, or no client in it. Possible reason:
///   [`NoClientsConnected`](crate::Reason::NoClientsConnected).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::PlayDtmfSession;
///
/// let request = PlayDtmfSession::new(session_id, "1234#");
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "PlayDTMFAsync")]
#[doc(alias = "PlayToneIntoCallAsync")]
#[doc(alias = "playDTMF")]
#[doc(alias = "sendDtmf")]
#[doc(alias = "dtmf")]
#[doc(alias = "tones")]
#[doc(alias = "playDTMFIntoCall")]
#[doc(alias = "play_dtmf_to_session")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct PlayDtmfSession {
    /// The session whose clients hear the tones.
    pub session_id: SessionId,
    /// Digits, `*` and `#`; `p` is a pause of 500 ms. Not empty. Made of `0-9*#p` only.
    #[serde(deserialize_with = "lenient::value")]
    pub digits: String,
}

impl PlayDtmfSession {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>, digits: impl Into<String>) -> Self {
        Self {
            session_id: session_id.into(),
            digits: digits.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
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
        DocumentedError::new(400, "The digits or the session id are invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such session, or no client in it.")
            .possible(&[Reason::NoClientsConnected]),
        DocumentedError::new(500, "The server failed."),
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
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: The digits or an id are invalid.
/// - 403: The credentials are wrong.
/// - 404: The client is not connected to the session. Reason:
///   [`ClientNotConnected`](crate::Reason::ClientNotConnected).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let connection_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::PlayDtmfConnection;
///
/// let request = PlayDtmfConnection::new(session_id, connection_id, "1234#");
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "PlayDTMFAsync")]
#[doc(alias = "PlayToneIntoConnectionAsync")]
#[doc(alias = "playDTMF")]
#[doc(alias = "sendDtmf")]
#[doc(alias = "dtmf")]
#[doc(alias = "tones")]
#[doc(alias = "playDTMFIntoCall")]
#[doc(alias = "play_dtmf_to_connection")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct PlayDtmfConnection {
    /// The session that the client is connected to.
    pub session_id: SessionId,
    /// The connection of the client that hears the tones.
    pub connection_id: ConnectionId,
    /// Digits, `*` and `#`; `p` is a pause of 500 ms. Not empty. Made of `0-9*#p` only.
    #[serde(deserialize_with = "lenient::value")]
    pub digits: String,
}

impl PlayDtmfConnection {
    /// Creates a request from its required fields.
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
        DocumentedError::new(400, "The digits or an id are invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "The client is not connected to the session.")
            .reason(Reason::ClientNotConnected),
        DocumentedError::new(500, "The server failed."),
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
