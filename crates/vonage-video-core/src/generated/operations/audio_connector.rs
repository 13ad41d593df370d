// @generated from api/audio_connector.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::SessionId,
        models::{AudioConnector, Websocket},
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Connects a routed session to a WebSocket server. It fails if the server does not respond within
/// 6 seconds. To stop it, send `force_disconnect` for its connection.
///
/// `POST /v2/project/{project}/connect`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid, or the WebSocket server does not respond.
/// - 403: The credentials are wrong.
/// - 409: The session is not routed. Reason: [`SessionIsRelayed`](crate::Reason::SessionIsRelayed).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
/// use vonage_video::{models::{AudioRate, Websocket}, operations::ConnectWebsocket};
///
/// let request = ConnectWebsocket::new(session_id, token, Websocket::new("wss://example.com/listen").audio_rate(AudioRate::Hz16000));
/// // `video.send(request).await?` returns `AudioConnector`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StartAudioConnectorAsync")]
#[doc(alias = "StartAsync")]
#[doc(alias = "websocketConnect")]
#[doc(alias = "connectToWebsocket")]
#[doc(alias = "connect_audio_to_websocket")]
#[doc(alias = "start_audio_connector")]
#[doc(alias = "connectAudioStream")]
#[doc(alias = "audioConnector")]
#[doc(alias = "connectAudio")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ConnectWebsocket {
    /// The session whose audio to send; it must be routed.
    pub session_id: SessionId,
    /// A client token for that session. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub token: String,
    /// The WebSocket server, and the audio that it gets.
    pub websocket: Websocket,
}

impl ConnectWebsocket {
    /// Creates a request from its required fields.
    pub fn new(
        session_id: impl Into<SessionId>,
        token: impl Into<String>,
        websocket: impl Into<Websocket>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            token: token.into(),
            websocket: websocket.into(),
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
        check::within("websocket", self.websocket.validate())
    }
}

impl Operation for ConnectWebsocket {
    type Output = AudioConnector;

    const META: &'static Meta = &Meta::new("connect_websocket", "audio_connector", Method::POST, "/v2/project/{project}/connect")
        .doc("Connects a routed session to a WebSocket server. It fails if the server does not respond within 6 seconds. To stop it, send `force_disconnect` for its connection.")
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::required("token", Place::Json),
            Field::required("websocket", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "A field is invalid, or the WebSocket server does not respond."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(409, "The session is not routed.").reason(Reason::SessionIsRelayed),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ConnectWebsocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ConnectWebsocket", self, f)
    }
}
