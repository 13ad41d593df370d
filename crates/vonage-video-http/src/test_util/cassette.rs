//! Recorded exchanges, without what is secret.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vonage_video_core::{redacted, shared::form_pairs};

/// Exchanges in the order in which they were made. Its JSON can be kept beside a test: secrets are
/// removed when it is recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cassette {
    /// The exchanges, the first one first.
    pub exchanges: Vec<Exchange>,
}

/// A request and its response. Strings that are not known to be harmless are `…`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Exchange {
    /// The method of the request, such as `GET`.
    pub method: String,
    /// The path, without the base URL's host.
    pub path: String,
    /// The parameters of the query.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub query: Value,
    /// The body of the request; of a form, its fields.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub request: Value,
    /// The status of the response.
    pub status: u16,
    /// The few headers of the response that are kept.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// The body of the response.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub response: Value,
}

impl Cassette {
    /// Parses what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// The text is not a cassette.
    pub fn from_json(text: &str) -> Result<Self, CassetteError> {
        serde_json::from_str(text).map_err(|error| CassetteError(error.to_string()))
    }

    /// Writes it as indented JSON.
    ///
    /// # Errors
    ///
    /// No case is known.
    pub fn to_json(&self) -> Result<String, CassetteError> {
        serde_json::to_string_pretty(self).map_err(|error| CassetteError(error.to_string()))
    }
}

/// The text is not a cassette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CassetteError(String);

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a cassette: {}", self.0)
    }
}

impl std::error::Error for CassetteError {}

/// What distinguishes one request from another, without what is secret.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Value,
    pub(super) body: Value,
}

impl Asked {
    pub(super) fn of(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Self {
        let form = headers
            .get(http::header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form"));
        Self {
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri
                .query()
                .map_or(Value::Null, |query| redacted(&pairs(query))),
            body: if form {
                redacted(&pairs(&String::from_utf8_lossy(body)))
            } else {
                json(body)
            },
        }
    }
}

/// JSON without what is secret; anything else is secret as a whole.
pub(super) fn json(body: &[u8]) -> Value {
    if body.trim_ascii().is_empty() {
        return Value::Null;
    }
    match serde_json::from_slice(body) {
        Ok(value) => redacted(&value),
        Err(_) => redacted(&Value::String("not JSON".to_owned())),
    }
}

fn pairs(text: &str) -> Value {
    form_pairs(text)
        .map(|(name, value)| {
            // Numbers are harmless, and tell one page of a list from another.
            let value = value
                .parse::<u64>()
                .map_or(Value::String(value), Value::from);
            (name, value)
        })
        .collect::<Map<_, _>>()
        .into()
}
