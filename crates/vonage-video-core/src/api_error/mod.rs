//! An error response of the server.

mod body;

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::StatusCode;

use self::body::Words;
use crate::{shown::Shown, skew::ClockSkew};

/// An error response: its status, and what the server said.
///
/// The body is read in every shape that the service and the gateways in front of it were seen to
/// use: `code`, `message` and `description`; problem details (RFC 9457) with `invalid_parameters`;
/// `error` and `errors`; arrays; OpenTok's XML; the title of an HTML page. When nothing of that is
/// found, the message is the text of the body.
///
/// `Display` shows it on one line, shortened, with control characters escaped.
///
/// Where the server repeats what must not be shown, such as a token or a stream key of the request,
/// the client replaces it by `…` in every field but [`body`](Self::body).
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status of the response.
    pub status: StatusCode,
    /// The service's own code, such as 15002. Some responses repeat the HTTP status here.
    pub code: Option<i64>,
    /// What the server said, in its own words; empty when it said nothing.
    pub message: String,
    /// More of what the server said.
    pub description: Option<String>,
    /// What is wrong with single parameters, as in "archiveId: must be a UUID".
    pub details: Vec<String>,
    /// The server's identifier of this request, to quote to its support: from a header, or the
    /// `instance` of the body.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// How far the clocks are apart, where that can be why a signature was refused.
    pub clock_skew: Option<ClockSkew>,
    /// The body as received. It may repeat parts of the request, so do not log it.
    pub body: Bytes,
}

impl ApiError {
    /// Reads the body of an error response. The HTTP client adds what is in the headers.
    pub fn read(status: StatusCode, body: Bytes) -> Self {
        let words = Words::read(&body);
        Self {
            status,
            code: words.code,
            message: words.message,
            description: words.description,
            details: words.details,
            request_id: words.request_id,
            retry_after: None,
            clock_skew: None,
            body,
        }
    }

    /// All text that came from the server, to be changed in place.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::once(&mut self.message)
            .chain(&mut self.description)
            .chain(&mut self.details)
            .chain(&mut self.request_id)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_u16();
        let reason = self.status.canonical_reason().unwrap_or_default();
        write!(f, "{status}")?;
        if !reason.is_empty() {
            write!(f, " {reason}")?;
        }
        if let Some(code) = self.code.filter(|code| *code != i64::from(status)) {
            write!(f, ", code {code}")?;
        }
        // Each statement once, however often the response repeats it.
        let mut said: Vec<&str> = Vec::new();
        let mut new = |text| {
            let text = without_status(text, status, reason);
            let new = !text.is_empty() && !said.iter().any(|said| said.eq_ignore_ascii_case(text));
            said.push(text);
            new.then_some(text)
        };
        if let Some(message) = new(&self.message) {
            write!(f, ": {}", Shown::new(message))?;
        }
        if let Some(description) = self.description.as_deref().and_then(&mut new) {
            write!(f, " ({})", Shown::new(description))?;
        }
        for detail in self.details.iter().filter_map(|text| new(text)) {
            write!(f, "; {}", Shown::at_most(detail, 150))?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " [request {}]", Shown::at_most(id, 200))?;
        }
        if let Some(skew) = self.clock_skew {
            write!(f, "; {skew}")?;
        }
        Ok(())
    }
}

/// What a text says beyond the status with which it begins, as in "HTTP 409 Conflict" and "Not
/// found. The session is gone."
fn without_status<'a>(text: &'a str, status: u16, reason: &str) -> &'a str {
    let status = status.to_string();
    let named = format!("{status} {reason}");
    let words = [
        format!("HTTP {named}"),
        format!("HTTP {status}"),
        named,
        status,
        reason.to_owned(),
    ];
    let mut text = text.trim();
    let after = |text: &'a str, word: &str| {
        let (start, rest) = text.split_at_checked(word.len())?;
        let is_whole = rest.is_empty() || rest.starts_with(['.', ':', ';', ',']);
        let is_there = !word.is_empty() && start.eq_ignore_ascii_case(word) && is_whole;
        is_there.then(|| rest.trim_start_matches(['.', ':', ';', ',', ' ']))
    };
    while let Some(rest) = words.iter().find_map(|word| after(text, word)) {
        text = rest;
    }
    text
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &Shown::new(&self.message))
            .field("description", &self.description.as_deref().map(Shown::new))
            .field(
                "details",
                &self
                    .details
                    .iter()
                    .map(|text| Shown::new(text))
                    .collect::<Vec<_>>(),
            )
            .field("request_id", &self.request_id.as_deref().map(Shown::new))
            .field("retry_after", &self.retry_after)
            .field("clock_skew", &self.clock_skew)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
