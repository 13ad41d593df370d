//! Files that a mock serves to downloads.

use std::collections::HashMap;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, RANGE},
};

use crate::body::Body;

/// Files by their URLs.
#[derive(Default)]
pub(super) struct Files(HashMap<String, Bytes>);

impl Files {
    pub(super) fn insert(&mut self, url: String, content: Bytes) {
        self.0.insert(url, content);
    }

    /// The response to a request for one of the files, or for the rest of one.
    pub(super) fn respond(&self, request: &Request<Body>) -> Option<Response<Body>> {
        let content = self.0.get(&request.uri().to_string())?;
        let _ = request.body().bytes();
        let size = content.len();
        let from = request
            .headers()
            .get(RANGE)
            .and_then(|range| range.to_str().ok())
            .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-'))
            .and_then(|from| from.parse::<usize>().ok());
        let mut response = match from {
            None => Response::new(Body::from(content.clone())),
            Some(from) if from < size => {
                let mut response = Response::new(Body::from(content.slice(from..)));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                let range = format!("bytes {from}-{}/{size}", size - 1);
                if let Ok(range) = HeaderValue::try_from(range) {
                    response.headers_mut().insert(CONTENT_RANGE, range);
                }
                response
            }
            Some(_) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                response
            }
        };
        let left = match from {
            Some(from) => size.saturating_sub(from),
            None => size,
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_LENGTH, HeaderValue::from(left as u64));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(ETAG, HeaderValue::from_static("\"mock\""));
        Some(response)
    }
}
