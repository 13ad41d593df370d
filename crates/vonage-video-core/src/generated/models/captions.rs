// @generated from api/captions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    decode_error::DecodeError,
    generated::ids::CaptionsId,
    lenient,
    output::{self, Output},
    redact,
};

/// Captions that were started.
#[doc(alias = "subtitles")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Captions {
    /// Identifies the captions, to stop them.
    #[serde(rename = "captionsId", deserialize_with = "lenient::filled")]
    pub id: CaptionsId,
}

impl Captions {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<CaptionsId>) -> Self {
        Self { id: id.into() }
    }
}

impl Output for Captions {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Captions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Captions", self, f)
    }
}
