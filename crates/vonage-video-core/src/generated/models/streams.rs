// @generated from api/streams.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    check,
    decode_error::DecodeError,
    generated::{enums::VideoType, ids::StreamId},
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
    time::Timestamp,
};

/// The new layout classes of a stream.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StreamClassList {
    /// The stream whose classes to set.
    #[serde(rename = "id")]
    pub stream_id: StreamId,
    /// The new classes, such as `full` or `focus`; an empty list removes all.
    #[serde(rename = "layoutClassList")]
    pub classes: Vec<String>,
}

impl StreamClassList {
    /// Creates a value from its required fields.
    pub fn new(
        stream_id: impl Into<StreamId>,
        classes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            stream_id: stream_id.into(),
            classes: classes.into_iter().map(Into::into).collect(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("stream_id", "id"), self.stream_id.as_str())
    }
}

impl fmt::Debug for StreamClassList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StreamClassList", self, f)
    }
}

/// Audio, video or both, published by a client.
#[doc(alias = "publisher")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Stream {
    /// Identifies the stream in later requests.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: StreamId,
    /// What its video shows; absent or null for audio only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_type: Option<VideoType>,
    /// The name its publisher gave it.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The layout classes of the stream.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub layout_class_list: Vec<String>,
    /// When it was published; usually absent.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Seconds since it was published; usually absent.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
}

impl Stream {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<StreamId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for Stream {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Stream", self, f)
    }
}
