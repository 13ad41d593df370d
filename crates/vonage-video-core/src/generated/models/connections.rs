// @generated from api/connections.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    decode_error::DecodeError,
    generated::{
        enums::ConnectionState,
        ids::{ConnectionId, SessionId},
    },
    id::ProjectId,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// The clients in a session.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ConnectionList {
    /// The number of clients.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub count: u64,
    /// The session that they are connected to.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The owner. See [`ConnectionList::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, on Vonage. See [`ConnectionList::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The clients, one item per connection.
    #[serde(default, deserialize_with = "lenient::list")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Connection>,
}

impl Output for ConnectionList {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json_or_default(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for ConnectionList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ConnectionList", self, f)
    }
}

/// A client in a session.
#[doc(alias = "participant")]
#[doc(alias = "client")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Connection {
    /// Identifies the client in later requests.
    #[serde(rename = "connectionId", deserialize_with = "lenient::filled")]
    pub id: ConnectionId,
    /// The state of the connection.
    #[serde(rename = "connectionState", default)]
    pub state: ConnectionState,
    /// When the client connected.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl Connection {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<ConnectionId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Connection", self, f)
    }
}
