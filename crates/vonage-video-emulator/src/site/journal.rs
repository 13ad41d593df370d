//! The latest requests and their responses.

use std::collections::VecDeque;

use bytes::Bytes;
use http::{Request, Response};
use vonage_video_core::{ProjectId, SessionId};

use crate::{
    site::record::{RequestRecord, size_of_headers, without_credentials},
    world::Millis,
};

/// Most requests that are kept.
const MOST: usize = 10_000;
/// Most bytes of targets, headers and bodies that are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;

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
        let record = RequestRecord::new(self.counted, request, operation, at);
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
        response: &Response<Bytes>,
    ) {
        let headers = without_credentials(response.headers());
        let added = response.body().len() + size_of_headers(&headers);
        let Some(record) = self.get_mut(number) else {
            return;
        };
        record.project = project.map(|id| id.to_string());
        record.status = Some(response.status());
        record.response_headers = headers;
        record.response = response.body().clone();
        record.duration = Some(record.begun.elapsed());
        self.bytes += added;
        self.keep_within_bounds();
    }

    /// Notes which session a request is about.
    pub(super) fn set_session(&mut self, number: u64, session: SessionId) {
        if let Some(record) = self.get_mut(number) {
            record.session = Some(session);
        }
    }

    /// Notes which faults a request met.
    pub(super) fn set_faults(&mut self, number: u64, faults: Vec<u64>) {
        if let Some(record) = self.get_mut(number) {
            record.faults = faults;
        }
    }

    /// How many requests are kept.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// A request that is still kept.
    pub(crate) fn get(&self, number: u64) -> Option<&RequestRecord> {
        self.records.get(self.place(number)?)
    }

    fn get_mut(&mut self, number: u64) -> Option<&mut RequestRecord> {
        let place = self.place(number)?;
        self.records.get_mut(place)
    }

    fn place(&self, number: u64) -> Option<usize> {
        let place = self
            .records
            .binary_search_by_key(&number, |record| record.number);
        place.ok()
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

#[cfg(test)]
mod tests {
    use http::header::{HeaderName, HeaderValue};

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
        journal.response(3, None, &Response::default());
    }

    #[test]
    fn bodies_are_bounded_too() {
        let mut journal = Journal::default();
        for _ in 0..100 {
            let number = journal.request(&request(1024 * 1024), None, 0);
            journal.response(
                number,
                None,
                &Response::new(Bytes::from_static(b"response")),
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
        journal.response(number, None, &Response::new(token.clone().into()));
        let shown = journal.after(0).next().unwrap().to_json().to_string();
        for secret in ["secret", &token, "bbbb"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(shown.contains(r#"\"name\":\"eyJ\""#), "{shown}");
        assert!(shown.contains("/a?b=c&jwt=(hidden)"), "{shown}");
    }
}
