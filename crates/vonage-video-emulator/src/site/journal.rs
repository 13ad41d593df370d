//! The latest requests and their responses.

use std::{collections::VecDeque, fmt, time::Duration};

use bytes::Bytes;
use http::{
    HeaderMap, Method, Request, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use vonage_video_core::ProjectId;

use crate::world::Millis;

/// Most requests that are kept.
const MOST: usize = 10_000;
/// Most bytes of targets, headers and bodies that are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;
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
    /// The body of the response.
    pub response: Bytes,
    /// How long the response took, in real time; `None` when a fault broke the connection instead.
    pub duration: Option<Duration>,
    begun: Instant,
}

impl RequestRecord {
    /// The body as JSON, or null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut headers: Map<String, Value> = Map::new();
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            match headers.get_mut(name.as_str()) {
                Some(Value::String(known)) => *known = format!("{known}, {value}"),
                _ => {
                    headers.insert(name.to_string(), value.into_owned().into());
                }
            }
        }
        json!({
            "number": self.number,
            "at": self.at,
            "operation": self.operation,
            "project": self.project,
            "session": self.session(),
            "method": self.method.as_str(),
            "target": without_tokens(&self.target),
            "headers": headers,
            "body": without_tokens(&String::from_utf8_lossy(&self.body)),
            "ignored": self.ignored(),
            "status": self.status.map(|status| status.as_u16()),
            "response": without_tokens(&String::from_utf8_lossy(&self.response)),
            "durationMs": self.duration.map(|took| took.as_secs_f64() * 1000.0),
        })
    }

    /// The bytes that it takes.
    fn size(&self) -> usize {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len());
        let texts = self.target.len() + self.body.len() + self.response.len();
        OVERHEAD + texts + headers.sum::<usize>()
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

/// The latest requests.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    counted: u64,
    bytes: usize,
    records: VecDeque<RequestRecord>,
}

impl Journal {
    /// Notes a request, and returns its number.
    pub(crate) fn request(
        &mut self,
        request: &Request<Bytes>,
        operation: Option<&'static str>,
        at: Millis,
    ) -> u64 {
        self.counted += 1;
        let record = RequestRecord {
            number: self.counted,
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
            response: Bytes::new(),
            duration: None,
            begun: Instant::now(),
        };
        self.bytes += record.size();
        self.records.push_back(record);
        self.keep_within_bounds();
        self.counted
    }

    /// Notes the response to a request.
    pub(crate) fn response(
        &mut self,
        number: u64,
        project: Option<ProjectId>,
        status: StatusCode,
        body: Bytes,
    ) {
        let found = self
            .records
            .binary_search_by_key(&number, |record| record.number);
        let Some(record) = found.ok().and_then(|index| self.records.get_mut(index)) else {
            return;
        };
        self.bytes += body.len();
        record.project = project.map(|id| id.to_string());
        record.status = Some(status);
        record.response = body;
        record.duration = Some(record.begun.elapsed());
        self.keep_within_bounds();
    }

    /// The requests after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl DoubleEndedIterator<Item = &RequestRecord> {
        let start = self
            .records
            .partition_point(|record| record.number <= number);
        self.records.iter().skip(start)
    }

    pub(crate) fn clear(&mut self) {
        self.records.clear();
        self.bytes = 0;
    }

    fn keep_within_bounds(&mut self) {
        while self.records.len() > MOST || self.bytes > MOST_BYTES {
            let Some(oldest) = self.records.pop_front() else {
                return;
            };
            self.bytes -= oldest.size();
        }
    }
}

/// The headers with every value hidden that is a credential.
fn without_credentials(headers: &HeaderMap) -> HeaderMap {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: usize) -> Request<Bytes> {
        Request::builder()
            .uri("/a?b=c")
            .header("authorization", "Bearer secret")
            .body(Bytes::from(vec![b'x'; body]))
            .unwrap()
    }

    #[test]
    fn only_the_latest_are_kept() {
        let mut journal = Journal::default();
        for _ in 0..MOST + 5 {
            journal.request(&request(1), None, 0);
        }
        assert_eq!(journal.after(0).count(), MOST);
        assert_eq!(journal.after(0).next().unwrap().number, 6);
        assert_eq!(journal.after(MOST as u64).count(), 5);
        journal.response(3, None, StatusCode::OK, Bytes::new());
    }

    #[test]
    fn bodies_are_bounded_too() {
        let mut journal = Journal::default();
        for _ in 0..100 {
            let number = journal.request(&request(1024 * 1024), None, 0);
            journal.response(
                number,
                None,
                StatusCode::OK,
                Bytes::from_static(b"response"),
            );
        }
        assert!(journal.bytes <= MOST_BYTES);
        assert!(journal.after(0).count() >= 60);
    }

    #[test]
    fn headers_and_targets_are_bounded_too() {
        let mut journal = Journal::default();
        for _ in 0..3_000 {
            let mut request = request(0);
            let long = HeaderValue::from_bytes(&vec![b'x'; 60_000]).unwrap();
            request.headers_mut().insert("x-long", long);
            journal.request(&request, None, 0);
        }
        assert!(journal.after(0).count() < 1_200);
        assert!(journal.bytes <= MOST_BYTES);
        journal.clear();
        assert_eq!(journal.bytes, 0);
    }

    #[test]
    fn credentials_are_not_kept_wherever_they_stand() {
        let token = format!("eyJ{}", "a".repeat(60));
        let mut journal = Journal::default();
        let mut request = request(0);
        *request.uri_mut() = format!("/a?b=c&jwt={token}").parse().unwrap();
        *request.body_mut() =
            format!(r#"{{"token":"T1=={}","name":"eyJ"}}"#, "b".repeat(60)).into();
        for name in [
            "authorization",
            "x-opentok-auth",
            "proxy-authorization",
            "cookie",
        ] {
            for value in ["secret-one", "secret-two"] {
                let headers = request.headers_mut();
                headers.append(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
        }
        let number = journal.request(&request, None, 0);
        journal.response(number, None, StatusCode::OK, token.clone().into());
        let shown = journal.after(0).next().unwrap().to_json().to_string();
        for secret in ["secret", &token, "bbbb"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains(r#"\"name\":\"eyJ\""#), "{shown}");
        assert!(shown.contains("/a?b=c&jwt=(hidden)"), "{shown}");
    }
}
