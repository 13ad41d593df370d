// @generated from api/projects.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    decode_error::DecodeError,
    generated::enums::{ProjectEnvironment, ProjectStatus},
    id::ProjectId,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// A project of an OpenTok account.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Project {
    /// The API key of the project.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: ProjectId,
    /// The API secret of the project.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether the project may be used.
    #[serde(default)]
    pub status: ProjectStatus,
    /// The name of the project.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The environment it runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<ProjectEnvironment>,
    /// The name of the environment, in words.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_name: Option<String>,
    /// A description of the environment.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_description: Option<String>,
    /// When it was created.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl Project {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<ProjectId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Project {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Project", self, f)
    }
}
