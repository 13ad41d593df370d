//! Calls of the control API: what they bring and what they get.

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The result of a control call.
pub(crate) type ControlResult = Result<Value, Problem>;

/// An error response of the control API.
pub(crate) struct Problem(pub(crate) StatusCode, pub(crate) String);

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl std::fmt::Display) -> Self {
        Self(status, message.to_string())
    }

    pub(crate) fn not_found(message: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }
}

/// A control call.
pub(crate) struct Call<'r> {
    pub(crate) method: &'r Method,
    pub(crate) query: &'r str,
    pub(super) body: &'r [u8],
    /// Where the caller reaches the emulator, without a slash at the end.
    pub(super) base: &'r str,
}

impl Call<'_> {
    /// The body; an empty one reads as an empty object.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let body = match self.body.trim_ascii() {
            b"" => b"{}",
            body => body,
        };
        serde_json::from_slice(body).map_err(|error| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                format!("the body is invalid: {error}"),
            )
        })
    }

    /// A number of the query; 0 when it is missing.
    pub(crate) fn number(&self, name: &str) -> Result<u64, Problem> {
        self.parameter(name).map_or(Ok(0), |value| {
            value.parse().map_err(|_| {
                Problem::new(
                    StatusCode::BAD_REQUEST,
                    format!("`{name}` must be a number"),
                )
            })
        })
    }

    /// Whether a parameter of the query is `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.parameter(name).as_deref() == Some("true")
    }

    /// A list of the query, with commas between its items; `None` when it is missing.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        let list = self.parameter(name)?;
        Some(list.split(',').map(str::to_owned).collect())
    }

    /// The window of a list that the query asks for: how many items to skip, and how many follow.
    pub(crate) fn window(&self, count: usize) -> Result<(usize, usize), Problem> {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let count = match self.number("count")? {
            0 => count,
            count => size(count),
        };
        Ok((size(self.number("offset")?), count))
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
    }
}

/// A window of a list that is oldest first, from its end: newest first.
pub(crate) fn newest<T>(list: &[T], call: &Call<'_>, show: impl Fn(&T) -> Value) -> ControlResult {
    let (offset, count) = call.window(100)?;
    let items: Vec<Value> = list
        .iter()
        .rev()
        .skip(offset)
        .take(count)
        .map(show)
        .collect();
    Ok(json!({ "count": items.len(), "matching": list.len(), "items": items }))
}

pub(crate) fn unknown() -> Problem {
    Problem::not_found("there is no such control call")
}
