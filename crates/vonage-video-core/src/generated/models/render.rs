// @generated from api/render.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::{
        enums::{RenderReason, RenderStatus, Resolution},
        ids::{RenderId, SessionId, StreamId},
    },
    id::ProjectId,
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// How a page's stream appears in the session.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RenderProperties {
    /// The name of the stream, as clients see it. Between 1 and 200 characters.
    #[serde(deserialize_with = "lenient::value")]
    pub name: String,
}

impl RenderProperties {
    /// Creates a value from its required fields.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::chars("name", &self.name, 1..=200)
    }
}

impl fmt::Debug for RenderProperties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RenderProperties", self, f)
    }
}

/// A web page published as a stream.
#[doc(alias = "composer")]
#[doc(alias = "ExperienceComposer")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Render {
    /// Identifies the render in later requests.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: RenderId,
    /// The state of the render.
    #[serde(default)]
    pub status: RenderStatus,
    /// The session it is published into.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, on Vonage. See [`Render::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The owner, on OpenTok. See [`Render::owner`].
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
    /// The URL of the web page.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its stream; absent while it starts, and when it failed to.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<StreamId>,
    /// The name of the stream; absent in some responses.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The size of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// Why it stopped or failed; absent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RenderReason>,
    /// Where its events are sent.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// `render`; absent in documented webhooks.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl Render {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<RenderId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Render {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Render {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Render", self, f)
    }
}
