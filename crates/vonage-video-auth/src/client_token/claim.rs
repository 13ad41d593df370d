//! The values of extra claims.

use std::fmt;

use super::error::TokenError;
use crate::{strict_json, write};

/// The value of an extra claim. `Debug` shows only its type, because claims may hold private data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimValue {
    /// A JSON string.
    Text(String),
    /// A number without a fraction.
    Integer(i64),
    /// The JSON value `true` or `false`.
    Bool(bool),
    /// Any other JSON value, as text. Made by [`json`](Self::json).
    Json(JsonText),
}

/// A text that was checked to be one JSON value.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonText(String);

impl ClaimValue {
    /// Any JSON value, such as `{"plan": "gold"}`, which is written unchanged.
    ///
    /// # Errors
    ///
    /// [`TokenError::ClaimNotJson`] when `text` is not one JSON value, has a member twice, or is
    /// nested more than 126 levels deep, which no verifier would read.
    pub fn json(text: &str) -> Result<Self, TokenError> {
        let refuse = |error: serde_json::Error| TokenError::ClaimNotJson {
            reason: error.to_string(),
        };
        strict_json::read(text.as_bytes()).map_err(refuse)?;
        // As deep as it will stand in the payload, where a verifier reads it.
        strict_json::read(format!("[{text}]").as_bytes()).map_err(refuse)?;
        Ok(Self::Json(JsonText(text.trim().to_owned())))
    }

    pub(super) fn write_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => write::json_text(out, text),
            Self::Integer(number) => write::decimal(out, *number),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Json(JsonText(text)) => out.push_str(text),
        }
    }

    pub(super) fn write_form(&self, out: &mut String) {
        match self {
            Self::Text(text) | Self::Json(JsonText(text)) => write::form_text(out, text),
            other => other.write_json(out),
        }
    }
}

impl fmt::Debug for ClaimValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text",
            Self::Integer(_) => "Integer",
            Self::Bool(_) => "Bool",
            Self::Json(_) => "Json",
        })
    }
}

impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonText")
    }
}

impl From<&str> for ClaimValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ClaimValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for ClaimValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<i32> for ClaimValue {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u32> for ClaimValue {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<bool> for ClaimValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
