//! A body that is not what was expected.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::excerpt;

/// JSON that does not have the expected shape: where, and why.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DecodeError {
    /// Where in the JSON, such as `items[3].size`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
    /// What stands around it, at most about 200 characters, with nothing in it that may be secret: of an object its members, with the text of those that
    /// are known to be harmless; of what is no JSON an outline. Empty when there is nothing to show.
    pub excerpt: String,
}

impl DecodeError {
    /// Something is wrong with the whole, not with one place in it.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
            excerpt: String::new(),
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

/// Reads JSON. The place of a mistake is looked for only when there is one, in a second pass.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    // Checking the encoding once for the whole body is faster than string by string.
    let text = std::str::from_utf8(body).map_err(|error| {
        DecodeError::whole(format!("not UTF-8 from byte {}", error.valid_up_to()))
    })?;
    serde_json::from_str(text).map_err(|_| explain::<T>(text))
}

#[cold]
fn explain<T: DeserializeOwned>(text: &str) -> DecodeError {
    if text.trim().is_empty() {
        return DecodeError::whole("the body is empty");
    }
    let whole = serde_json::from_str::<Value>(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mistake = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err();
    let path = mistake.as_ref().map(|mistake| mistake.path().to_string());
    DecodeError {
        path: path.filter(|path| path != ".").unwrap_or_default(),
        reason: match &mistake {
            // It quotes values that did not fit, and such a value can be anything: only serde's own words are kept.
            Some(mistake) => quoteless(&mistake.inner().to_string()),
            None => "something follows the JSON".to_owned(),
        },
        excerpt: match (whole, mistake) {
            (Ok(value), Some(mistake)) => excerpt::holder(&value, mistake.path()),
            (Err(error), _) => excerpt::outline(text, error.line(), error.column()),
            (Ok(_), None) => String::new(),
        },
    }
}

/// Replaces what stands in double quotes by an ellipsis.
fn quoteless(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    let mut parts = reason.split('"');
    out.push_str(parts.next().unwrap_or_default());
    while let Some(_quoted) = parts.next() {
        out.push_str("\"…\"");
        out.push_str(parts.next().unwrap_or_default());
    }
    out
}
