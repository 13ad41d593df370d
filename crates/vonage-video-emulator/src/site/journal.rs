//! The latest requests and their responses.

use std::{collections::VecDeque, fmt};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header::HeaderValue};
use serde_json::{Map, Value, json};
use vonage_video_core::ProjectId;

use crate::world::Millis;

/// Most requests that are kept.
const MOST: usize = 10_000;
/// Most bytes of bodies that are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;

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
}

impl RequestRecord {
    /// The body as JSON, or null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn to_json(&self) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.to_string(), value.into())
            })
            .collect();
        json!({
            "number": self.number,
            "at": self.at,
            "operation": self.operation,
            "project": self.project,
            "method": self.method.as_str(),
            "target": self.target,
            "headers": headers,
            "body": String::from_utf8_lossy(&self.body),
            "status": self.status.map(|status| status.as_u16()),
            "response": String::from_utf8_lossy(&self.response),
        })
    }

    fn size(&self) -> usize {
        self.body.len() + self.response.len()
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
        self.keep_within_bounds();
    }

    /// The requests after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &RequestRecord> {
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

fn without_credentials(headers: &HeaderMap) -> HeaderMap {
    const SECRET: [&str; 4] = [
        "authorization",
        "x-opentok-auth",
        "x-tb-partner-auth",
        "cookie",
    ];
    let mut headers = headers.clone();
    for name in SECRET {
        if let Some(value) = headers.get_mut(name) {
            *value = HeaderValue::from_static("(hidden)");
        }
    }
    headers
}

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
    fn credentials_are_not_kept() {
        let mut journal = Journal::default();
        journal.request(&request(0), None, 0);
        let record = journal.after(0).next().unwrap();
        assert!(!record.to_json().to_string().contains("secret"));
        assert_eq!(record.target, "/a?b=c");
    }
}
