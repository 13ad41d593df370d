//! A failure as one JSON object, for programs.

use std::error::Error as StdError;

use serde_json::{Map, Value, json};
use vonage_video::{Error, ErrorKind, Reason};

use crate::failure::Failure;

impl Failure {
    pub(crate) fn to_json(&self) -> Value {
        let mut error = match self {
            Self::Usage(text) => plain("usage", text),
            Self::Auth(text) => plain("credentials", text),
            Self::Check(text) => plain("check", text),
            Self::Io(text) => plain("io", text),
            Self::ClosedPipe => plain("io", "the reader of standard output has left"),
            Self::NotFound(text) => plain("notFound", text),
            Self::Wait(text) => plain("wait", text),
            Self::Emulator(text) => plain("emulator", text),
            Self::Call(error) => call(error),
        };
        if let Some(hint) = self.hint() {
            error.insert("hint".to_owned(), hint.into());
        }
        error.insert("exitCode".to_owned(), (self.exit() as u8).into());
        json!({ "error": error })
    }
}

fn plain(kind: &str, message: &str) -> Map<String, Value> {
    [("kind", kind), ("message", message)]
        .map(|(name, value)| (name.to_owned(), value.into()))
        .into_iter()
        .collect()
}

fn call(error: &Error) -> Map<String, Value> {
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
    out
}

/// The error and its causes, on one line.
pub(crate) fn with_causes(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
