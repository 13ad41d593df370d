//! What the server says when it refuses.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

/// A refusal by the server. Its own words are kept as they came.
///
/// Four shapes of body are read: the platform's (`code`, `message`, `description`), the gateway's problem details (RFC 7807: `title`,
/// `detail`, `instance`), OpenTok's XML, and a bare `message`. Of HTML the title is read. An empty body leaves everything empty.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The application's code, such as 15002; not the HTTP status, though some answers repeat that here.
    pub code: Option<i64>,
    /// The server's words, byte for byte; empty when it said nothing.
    pub message: String,
    /// More of the server's words, where it gives them.
    pub description: Option<String>,
    /// The server's name for this exchange, to quote to its support: a header, or the `instance` of the body.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// How far the clocks are apart, where the answer had a date and the difference matters.
    pub clock_skew: Option<ClockSkew>,
    /// The whole body.
    pub body: Bytes,
}

impl ApiError {
    /// Reads an answer's body. Headers are the transport's to add.
    pub fn read(status: StatusCode, body: Bytes) -> Self {
        let mut error = Self {
            status,
            code: None,
            message: String::new(),
            description: None,
            request_id: None,
            retry_after: None,
            clock_skew: None,
            body,
        };
        let body = error.body.clone();
        match serde_json::from_slice(&body) {
            Ok(value) => error.read_json(&value),
            Err(_) => error.read_text(&String::from_utf8_lossy(&body)),
        }
        error
    }

    fn read_json(&mut self, value: &Value) {
        let text = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        self.code = value.get("code").and_then(integer);
        self.description =
            text("description").or_else(|| text("title").filter(|_| value.get("detail").is_some()));
        self.request_id = text("instance");
        let message = value.as_str().map(str::to_owned);
        self.message = ["message", "detail", "title", "error", "errorMessage"]
            .into_iter()
            .find_map(text)
            .or(message)
            .unwrap_or_default();
    }

    fn read_text(&mut self, text: &str) {
        if text.contains("<errorPayload") {
            self.code = element(text, "code").and_then(|code| code.trim().parse().ok());
            self.message = element(text, "message").map(unescape).unwrap_or_default();
            self.description = element(text, "description")
                .filter(|text| !text.is_empty())
                .map(unescape);
        } else if let Some(title) = element(text, "title") {
            self.message = unescape(title.trim());
        } else {
            self.message = text.trim().chars().take(LONGEST_TEXT).collect();
        }
    }
}

/// Characters kept as the message of a body in no known shape. The whole is in [`ApiError::body`].
const LONGEST_TEXT: usize = 300;

fn integer(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// The text of the first `<name>…</name>`; enough for the service's flat XML.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>"))
        .map(|(inner, _)| inner)
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(reason) = self.status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        if let Some(code) = self.code {
            write!(f, ", code {code}")?;
        }
        if !self.message.is_empty() {
            f.write_str(": ")?;
            one_line(&self.message, f)?;
        }
        if let Some(description) = self
            .description
            .as_deref()
            .filter(|description| *description != self.message)
        {
            f.write_str(" (")?;
            one_line(description, f)?;
            f.write_str(")")?;
        }
        if let Some(id) = &self.request_id {
            f.write_str(" [request ")?;
            one_line(id, f)?;
            f.write_str("]")?;
        }
        if let Some(skew) = self.clock_skew {
            write!(f, "; {skew}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("description", &self.description)
            .field("request_id", &self.request_id)
            .field("retry_after", &self.retry_after)
            .field("clock_skew", &self.clock_skew)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

fn one_line(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.chars().try_for_each(|c| {
        if c.is_control() {
            write!(f, "{}", c.escape_default())
        } else {
            write!(f, "{c}")
        }
    })
}

/// How far the server's clock is from ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockSkew {
    /// Seconds that the server's clock is ahead of ours; negative when it is behind.
    pub seconds: i64,
}

impl ClockSkew {
    /// A server that is `seconds` ahead; negative for behind.
    pub const fn ahead(seconds: i64) -> Self {
        Self { seconds }
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.seconds >= 0 {
            "behind"
        } else {
            "ahead of"
        };
        write!(
            f,
            "this machine's clock is {} s {side} the server's: set it right",
            self.seconds.unsigned_abs()
        )
    }
}
