//! One request and its response, as the journal keeps them.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{
    HeaderMap, Method, Request, StatusCode,
    header::{HeaderName, HeaderValue, USER_AGENT},
};
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use vonage_video_core::SessionId;

use crate::world::{Millis, short_name};

/// The bytes of a record besides its texts, roughly.
const OVERHEAD: usize = 512;

/// A request of the API and its response.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestRecord {
    /// Counts up from 1.
    pub number: u64,
    /// When it arrived, in milliseconds of virtual time since 1970.
    pub at: u64,
    /// The operation, such as `start_archive`; `None` when the request matches none.
    pub operation: Option<&'static str>,
    /// The project of the credentials, if they were valid.
    pub project: Option<String>,
    /// The method, as the client sent it.
    pub method: Method,
    /// The path and query of the request.
    pub target: String,
    /// The headers, without credentials.
    pub headers: HeaderMap,
    /// The body of the request; at most 1 MiB.
    pub body: Bytes,
    /// The status of the response; `None` when a fault broke the connection instead.
    pub status: Option<StatusCode>,
    /// The headers of the response, without credentials.
    pub response_headers: HeaderMap,
    /// The body of the response.
    pub response: Bytes,
    /// How long the response took, in real time; `None` when a fault broke the connection instead.
    pub duration: Option<Duration>,
    pub(super) session: Option<SessionId>,
    pub(super) faults: Vec<u64>,
    pub(super) begun: Instant,
}

impl RequestRecord {
    /// The record of a request that has no response yet.
    pub(super) fn new(
        number: u64,
        request: &Request<Bytes>,
        operation: Option<&'static str>,
        at: Millis,
    ) -> Self {
        Self {
            number,
            at,
            operation,
            project: None,
            method: request.method().clone(),
            target: request
                .uri()
                .path_and_query()
                .map_or_else(|| request.uri().path().to_owned(), ToString::to_string),
            headers: without_credentials(request.headers()),
            body: request.body().clone(),
            status: None,
            response_headers: HeaderMap::new(),
            response: Bytes::new(),
            duration: None,
            session: None,
            faults: Vec::new(),
            begun: Instant::now(),
        }
    }

    /// The body as JSON, or null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The session that the request is about: the one that it names, that of the archive,
    /// broadcast, render or captions that it names, or the one that it created.
    pub fn session(&self) -> Option<&str> {
        self.session.as_ref().map(SessionId::as_str)
    }

    /// The numbers of the faults that it met, as the control API lists them.
    pub fn faults(&self) -> &[u64] {
        &self.faults
    }

    /// Whether it got an error response, or none because a fault broke the connection.
    pub(crate) fn is_refused(&self) -> bool {
        self.status.is_none_or(|status| status.as_u16() >= 400)
    }

    /// What lists show of it.
    pub(crate) fn summary(&self) -> Value {
        let agent = self.headers.get(USER_AGENT);
        let agent = agent.map(|agent| String::from_utf8_lossy(agent.as_bytes()));
        json!({
            "number": self.number,
            "at": self.at,
            "operation": self.operation,
            "project": self.project,
            "session": self.session(),
            "sessionName": self.session.as_ref().map(short_name),
            "method": self.method.as_str(),
            "target": without_tokens(&self.target),
            "agent": agent,
            "caller": agent.as_deref().and_then(|agent| agent.split([' ', '(', ';']).next()),
            "ignored": self.ignored(),
            "faults": self.faults,
            "status": self.status.map(|status| status.as_u16()),
            "durationMs": self.duration.map(|took| took.as_secs_f64() * 1000.0),
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut shown = self.summary();
        let more = json!({
            "headers": headers_json(&self.headers),
            "body": without_tokens(&String::from_utf8_lossy(&self.body)),
            "responseHeaders": headers_json(&self.response_headers),
            "response": without_tokens(&String::from_utf8_lossy(&self.response)),
        });
        if let (Some(shown), Value::Object(more)) = (shown.as_object_mut(), more) {
            shown.extend(more);
        }
        shown
    }

    /// Whether a text is in it, in any case of ASCII letters.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        let holds = |part: &[u8]| {
            let part = String::from_utf8_lossy(part).to_ascii_lowercase();
            part.contains(&text)
        };
        let agent = self.headers.get(USER_AGENT).map(HeaderValue::as_bytes);
        self.operation.is_some_and(|id| id.contains(&text))
            || [
                self.method.as_str().as_bytes(),
                self.session().unwrap_or_default().as_bytes(),
                self.status.as_ref().map_or("", StatusCode::as_str).as_bytes(),
                agent.unwrap_or_default(),
            ]
            .into_iter()
            .any(holds)
            // A secret must not be found by searching for its parts.
            || [without_tokens(&self.target)]
                .into_iter()
                .chain([&self.body, &self.response].map(|it| without_tokens(&String::from_utf8_lossy(it))))
                .any(|part| holds(part.as_bytes()))
    }

    /// The bytes that it takes.
    pub(super) fn size(&self) -> usize {
        let texts = self.target.len() + self.body.len() + self.response.len();
        OVERHEAD + texts + size_of_headers(&self.headers) + size_of_headers(&self.response_headers)
    }
}

/// Omits the bodies, which hold tokens and passwords.
impl fmt::Debug for RequestRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestRecord")
            .field("number", &self.number)
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("target", &self.target)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// The headers as JSON; several values of one name are joined.
fn headers_json(headers: &HeaderMap) -> Map<String, Value> {
    let mut shown: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        match shown.get_mut(name.as_str()) {
            Some(Value::String(known)) => *known = format!("{known}, {value}"),
            _ => {
                shown.insert(name.to_string(), value.into_owned().into());
            }
        }
    }
    shown
}

pub(super) fn size_of_headers(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len());
    sizes.sum()
}

/// The headers with every value hidden that is a credential.
pub(super) fn without_credentials(headers: &HeaderMap) -> HeaderMap {
    const SECRET: [&str; 6] = [
        "authorization",
        "proxy-authorization",
        "x-opentok-auth",
        "x-tb-partner-auth",
        "cookie",
        "set-cookie",
    ];
    let hidden = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = if SECRET.contains(&name.as_str()) {
            HeaderValue::from_static(HIDDEN)
        } else {
            value.clone()
        };
        (name.clone(), value)
    };
    let mut kept = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers.iter().map(hidden) {
        kept.append(name, value);
    }
    kept
}

const HIDDEN: &str = "(hidden)";

/// A text in which tokens are hidden, wherever they stand: JSON web tokens and `T1==` tokens.
fn without_tokens(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-_.=+/%".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = [rest.find("eyJ"), rest.find("T1==")]
        .into_iter()
        .flatten()
        .min()
    {
        let (before, token) = rest.split_at(at);
        out.push_str(before);
        let end = token.find(|c| !is_token(c)).unwrap_or(token.len());
        let (token, after) = token.split_at(end);
        let is_long = token.len() > SHORTEST_TOKEN;
        out.push_str(if is_long { HIDDEN } else { token });
        rest = after;
    }
    out + rest
}

/// No token is as short.
const SHORTEST_TOKEN: usize = 40;
