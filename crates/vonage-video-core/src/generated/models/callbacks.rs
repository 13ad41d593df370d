// @generated from api/callbacks.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    decode_error::DecodeError,
    generated::ids::CallbackId,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// A URL registered for one kind of event.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Callback {
    /// Identifies the registration, to remove it.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: CallbackId,
    /// What the event is about.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub group: String,
    /// What happens to it.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub event: String,
    /// Where the event is sent.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub url: String,
    /// When it was registered.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl Callback {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<CallbackId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Callback {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Callback", self, f)
    }
}
