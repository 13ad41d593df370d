//! A response, or a request, that does not have the expected shape.

use std::fmt::{self, Write as _};

use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};
use serde_path_to_error::{Path, Segment};

use crate::{
    excerpt, markup,
    repair::{repaired, without_bom},
    shown::Shown,
};

/// A body that does not have the expected shape: where, and why.
///
/// Nothing in it can be a secret: it shows names, kinds and numbers, and of text only what is known
/// to be harmless, such as identifiers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DecodeError {
    /// Where in the JSON, such as `items[3].size`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
    /// What surrounds that place, in about 200 characters: of an object its members, with the text
    /// of those that are known to be harmless; of what is not JSON an outline. May be empty.
    pub excerpt: String,
}

impl DecodeError {
    /// A body that is wrong as a whole.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
            excerpt: String::new(),
        }
    }

    /// A web page where a response of the API is expected.
    pub(crate) fn page(markup: &str) -> Self {
        let title = markup::element(markup, "title").filter(|title| !title.is_empty());
        let titled = title.map_or_else(String::new, |title| {
            format!(" with the title \"{}\"", Shown::at_most(&title, 100))
        });
        Self::whole(format!(
            "expected a response of the API, found an HTML page{titled}: a proxy, a sign-in page or \
             another server responded; is the base URL right?"
        ))
    }

    /// An object that has nothing of what is expected.
    pub(crate) fn unknown_object(body: &[u8], expected: &str) -> Self {
        let value = serde_json::from_slice(without_bom(body)).unwrap_or_default();
        Self {
            path: String::new(),
            reason: format!("expected {expected}, found an object with nothing of that"),
            excerpt: excerpt::of(&value),
        }
    }

    /// A mistake that serde found in a value at a path.
    pub(crate) fn at(path: &Path, error: &serde_json::Error, excerpt: String) -> Self {
        Self {
            path: shown_path(path),
            reason: reason(error),
            excerpt,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at {}: ", self.path)?;
        }
        f.write_str(&self.reason)?;
        if !self.excerpt.is_empty() {
            write!(f, ", in {}", self.excerpt)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}

/// Reads JSON. What is almost JSON is mended, and a mistake is located, in a second pass.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let body = without_bom(body);
    // Checking the encoding once for the whole body is faster than string by string.
    let read = std::str::from_utf8(body)
        .ok()
        .and_then(|text| serde_json::from_str(text).ok());
    match read {
        Some(value) => Ok(value),
        None => again(body),
    }
}

#[cold]
fn again<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    if let Some(mended) = repaired(body) {
        if let Ok(value) = serde_json::from_str(&mended) {
            return Ok(value);
        }
        if serde_json::from_str::<Value>(&mended).is_ok() {
            return Err(explain::<T>(&mended));
        }
    }
    Err(explain::<T>(&String::from_utf8_lossy(body)))
}

fn explain<T: DeserializeOwned>(text: &str) -> DecodeError {
    if text.trim().is_empty() {
        return DecodeError::whole("the body is empty");
    }
    if markup::is_page(text.as_bytes()) {
        return DecodeError::page(text);
    }
    let whole = serde_json::from_str::<Value>(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mistake = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err();
    match (whole, mistake) {
        (Ok(value), Some(mistake)) => {
            let excerpt = excerpt::holder(&value, mistake.path());
            DecodeError::at(mistake.path(), mistake.inner(), excerpt)
        }
        (Err(error), Some(mistake)) => {
            let excerpt = excerpt::outline(text, error.line(), error.column());
            DecodeError::at(mistake.path(), mistake.inner(), excerpt)
        }
        (Err(error), None) => DecodeError {
            path: String::new(),
            reason: "something follows the JSON".to_owned(),
            excerpt: excerpt::outline(text, error.line(), error.column()),
        },
        (Ok(_), None) => DecodeError::whole("something follows the JSON"),
    }
}

/// serde's description of what is wrong, without the values that it quotes: those can be anything.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if error.classify() != Category::Data {
        // About syntax, serde_json quotes nothing.
        return text;
    }
    for head in ["missing field `", "duplicate field `"] {
        if let Some(name) = text
            .strip_prefix(head)
            .and_then(|rest| rest.split('`').next())
        {
            return format!("{head}{name}`{}", place(error));
        }
    }
    for head in ["invalid type: ", "invalid value: ", "invalid length "] {
        // The expectation is ours, and the last thing that is said.
        let parts = text
            .strip_prefix(head)
            .and_then(|rest| rest.rsplit_once(", expected "));
        if let Some((found, expected)) = parts {
            let found = match found.split_once(' ') {
                Some((kind @ ("string" | "character"), _)) => format!("{kind} \"…\""),
                _ if found.contains('"') => "…".to_owned(),
                _ => found.to_owned(),
            };
            return format!("{head}{found}, expected {expected}");
        }
    }
    format!("not of the expected form{}", place(error))
}

fn place(error: &serde_json::Error) -> String {
    match error.line() {
        0 => String::new(),
        line => format!(" at line {line} column {}", error.column()),
    }
}

/// A path, in which names that the API does not have are hidden.
fn shown_path(path: &Path) -> String {
    let mut out = String::new();
    for segment in path {
        // Writing to a string does not fail.
        let _ = match segment {
            Segment::Seq { index } => write!(out, "[{index}]"),
            Segment::Map { key } => {
                let dot = if out.is_empty() { "" } else { "." };
                write!(out, "{dot}{}", excerpt::shown_name(key))
            }
            Segment::Enum { .. } | Segment::Unknown => write!(out, "?"),
        };
    }
    out
}
