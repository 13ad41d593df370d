// @generated from api/sessions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    decode_error::DecodeError,
    generated::ids::SessionId,
    id::ProjectId,
    lenient,
    output::{self, Output},
    redact,
};

/// A session as its creation returns it. Keep the id: nothing lists sessions.
#[doc(alias = "room")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Session {
    /// Names the session in later calls and in client tokens.
    #[serde(rename = "session_id", deserialize_with = "lenient::filled")]
    pub id: SessionId,
    /// The owner. See [`Session::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, under its oldest name. See [`Session::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<ProjectId>,
    /// The owner, should Vonage spell it so. See [`Session::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// When it was created, as text: `Sun Sep 15 21:56:28 PDT 2024`.
    #[serde(
        rename = "create_dt",
        default,
        deserialize_with = "lenient::odd_as_none"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Empty on OpenTok, absent on Vonage.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_server_url: Option<String>,
    /// A UUID of the server's own.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_segment_id: Option<String>,
    /// Seconds that ICE credentials last; usually 86100.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ice_credential_expiration: Option<u64>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_status: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_invalid: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_server_hostname: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messaging_server_url: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messaging_url: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symphony_address: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ice_server: Option<Value>,
    /// Unused by the service: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ice_servers: Option<Value>,
}

impl Session {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<SessionId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Session {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Session", self, f)
    }
}
