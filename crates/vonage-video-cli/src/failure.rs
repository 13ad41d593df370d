//! How a failure is told: one JSON object on standard error.

use std::error::Error as StdError;

use serde_json::{Map, Value, json};
use vonage_video::{Error, ErrorKind, Reason};

/// Anything that ends the program unhappily.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that cannot be done.
    Usage(String),
    /// The credentials, or what is needed to make a token, are not right.
    Auth(String),
    /// A token that was inspected will be refused.
    Token(String),
    /// A file or stream cannot be read or written.
    Io(String),
    /// The call failed.
    Call(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<vonage_video::auth::Error> for Failure {
    fn from(error: vonage_video::auth::Error) -> Self {
        Self::Auth(error.to_string())
    }
}

impl Failure {
    /// The object that is printed.
    pub(crate) fn to_json(&self) -> Value {
        let (kind, text) = match self {
            Self::Usage(text) => ("usage", text),
            Self::Auth(text) => ("credentials", text),
            Self::Token(text) => ("token", text),
            Self::Io(text) => ("io", text),
            Self::Call(error) => return json!({ "error": call(error) }),
        };
        json!({ "error": { "kind": kind, "message": text } })
    }
}

fn call(error: &Error) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    put("kind", error.kind().as_str().into());
    put("message", with_causes(error).into());
    put("operation", error.operation().into());
    put("sent", error.sent().as_str().into());
    put("attempts", error.attempts().into());
    put(
        "status",
        error.status().map(|status| status.as_u16()).into(),
    );
    if let Some(api) = error.api_error() {
        put("code", api.code.into());
        put("serverMessage", api.message.clone().into());
        put("description", api.description.clone().into());
        put("requestId", api.request_id.clone().into());
        put(
            "retryAfterSeconds",
            api.retry_after.map(|after| after.as_secs()).into(),
        );
        put(
            "clockSkewSeconds",
            api.clock_skew.map(|skew| skew.seconds).into(),
        );
        put("reason", error.reason().map(Reason::as_str).into());
    }
    if let ErrorKind::Invalid(invalid) = error.kind() {
        put("field", invalid.field.clone().into());
    }
    out.into()
}

/// The error and its causes, on one line.
fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
