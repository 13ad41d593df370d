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
    /// How many.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub count: u64,
    /// The session.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The owner. See [`ConnectionList::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, under the name that .NET fixtures have. See [`ConnectionList::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The clients.
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
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Connection {
    /// Names the client in later calls.
    #[serde(rename = "connectionId", deserialize_with = "lenient::filled")]
    pub id: ConnectionId,
    /// Whether it is connected.
    #[serde(rename = "connectionState", default)]
    pub state: ConnectionState,
    /// When it connected.
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
