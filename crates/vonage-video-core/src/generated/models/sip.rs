// @generated from api/sip.toml by `cargo xtask codegen`; edit that file instead.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::ids::{ConnectionId, SessionId, SipCallId, StreamId},
    id::ProjectId,
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// The SIP address to call, and the options of the call.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SipTarget {
    /// The address, such as `sip:user@sip.example.com;transport=tls`. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub uri: String,
    /// The caller shown to the far end: a number or name, `@` and a domain.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// SIP headers to add to the INVITE, of any name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<BTreeMap<String, String>>,
    /// How to sign in at the far end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<SipAuth>,
    /// Whether media must be encrypted (SRTP). Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secure: Option<bool>,
    /// Whether the call carries video. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<bool>,
    /// Whether muting the session mutes the call. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observe_force_mute: Option<bool>,
    /// The streams to send to the far end; all unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streams: Option<Vec<StreamId>>,
}

impl SipTarget {
    /// Creates a value; optional fields are unset.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: uri.into(),
            ..Self::default()
        }
    }

    /// The caller shown to the far end: a number or name, `@` and a domain.
    #[must_use]
    pub fn from(mut self, from: impl Into<String>) -> Self {
        self.from = Some(from.into());
        self
    }

    /// SIP headers to add to the INVITE, of any name.
    #[must_use]
    pub fn headers(
        mut self,
        headers: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.headers = Some(
            headers
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        );
        self
    }

    /// How to sign in at the far end.
    #[must_use]
    pub fn auth(mut self, auth: impl Into<SipAuth>) -> Self {
        self.auth = Some(auth.into());
        self
    }

    /// Whether media must be encrypted (SRTP). Default: `false`.
    #[must_use]
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = Some(secure);
        self
    }

    /// Whether the call carries video. Default: `false`.
    #[must_use]
    pub fn video(mut self, video: bool) -> Self {
        self.video = Some(video);
        self
    }

    /// Whether muting the session mutes the call. Default: `false`.
    #[must_use]
    pub fn observe_force_mute(mut self, observe_force_mute: bool) -> Self {
        self.observe_force_mute = Some(observe_force_mute);
        self
    }

    /// The streams to send to the far end; all unless set.
    #[must_use]
    pub fn streams(mut self, streams: impl IntoIterator<Item = impl Into<StreamId>>) -> Self {
        self.streams = Some(streams.into_iter().map(Into::into).collect());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::chars("uri", &self.uri, 1..)?;
        if let Some(auth) = &self.auth {
            check::within("auth", auth.validate())?;
        }
        if let Some(streams) = &self.streams {
            check::ids("streams", streams)?;
        }
        Ok(())
    }
}

impl fmt::Debug for SipTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SipTarget", self, f)
    }
}

/// A name and password for SIP digest authentication.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SipAuth {
    /// The user name for SIP digest authentication. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub username: String,
    /// The password for SIP digest authentication.
    #[serde(deserialize_with = "lenient::value")]
    pub password: String,
}

impl SipAuth {
    /// Creates a value from its required fields.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            password: password.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::chars("username", &self.username, 1..)
    }
}

impl fmt::Debug for SipAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SipAuth", self, f)
    }
}

/// A call as it starts.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SipCall {
    /// Identifies the call in webhooks.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: SipCallId,
    /// Its connection: hang up with `force_disconnect`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub connection_id: ConnectionId,
    /// The stream it publishes.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub stream_id: StreamId,
    /// The session it joins.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// The owner, in both environments.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// When it was started.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl SipCall {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<SipCallId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for SipCall {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for SipCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SipCall", self, f)
    }
}
