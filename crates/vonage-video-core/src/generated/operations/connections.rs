// @generated from api/connections.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        ids::{ConnectionId, SessionId},
        models::ConnectionList,
        reasons::Reason,
    },
    invalid::Invalid,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Lists the clients that are in a session.
///
/// `GET /v2/project/{project}/session/{sessionId}/connection`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The session id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such session.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::ListConnections;
///
/// let request = ListConnections::new(session_id);
/// // `video.send(request).await?` returns `ConnectionList`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "clients")]
#[doc(alias = "participants")]
#[doc(alias = "users")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListConnections {
    /// The session whose clients to list.
    pub session_id: SessionId,
}

impl ListConnections {
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

impl Operation for ListConnections {
    type Output = ConnectionList;

    const META: &'static Meta = &Meta::new(
        "list_connections",
        "connections",
        Method::GET,
        "/v2/project/{project}/session/{sessionId}/connection",
    )
    .doc("Lists the clients that are in a session.")
    .fields(&[Field::required("sessionId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The session id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such session."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ListConnections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListConnections", self, f)
    }
}

/// Disconnects a client from a session. It also ends a SIP call and stops an Audio Connector, by
/// their connections. The client can connect again while its token is valid.
///
/// `DELETE /v2/project/{project}/session/{sessionId}/connection/{connectionId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: An id is invalid.
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
/// use vonage_video::operations::ForceDisconnect;
///
/// let request = ForceDisconnect::new(session_id, connection_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ForceDisconnectAsync")]
#[doc(alias = "DisconnectConnectionAsync")]
#[doc(alias = "disconnectClient")]
#[doc(alias = "kick")]
#[doc(alias = "ban")]
#[doc(alias = "hangup")]
#[doc(alias = "disconnectWebsocket")]
#[doc(alias = "removeParticipant")]
#[doc(alias = "stopAudioConnector")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ForceDisconnect {
    /// The session that the client is connected to.
    pub session_id: SessionId,
    /// The connection to end, from `list_connections` or a webhook.
    pub connection_id: ConnectionId,
}

impl ForceDisconnect {
    /// Creates a request from its required fields.
    pub fn new(session_id: impl Into<SessionId>, connection_id: impl Into<ConnectionId>) -> Self {
        Self {
            session_id: session_id.into(),
            connection_id: connection_id.into(),
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
        )
    }
}

impl Operation for ForceDisconnect {
    type Output = ();

    const META: &'static Meta = &Meta::new("force_disconnect", "connections", Method::DELETE, "/v2/project/{project}/session/{sessionId}/connection/{connectionId}")
        .doc("Disconnects a client from a session. It also ends a SIP call and stops an Audio Connector, by their connections. The client can connect again while its token is valid.")
        .status(204)
        .fields(&[
            Field::required("sessionId", Place::Path),
            Field::required("connectionId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(400, "An id is invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "The client is not connected to the session.").reason(Reason::ClientNotConnected),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ForceDisconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ForceDisconnect", self, f)
    }
}
