//! Transports to test your own code with: a [`Mock`] with typed expectations, a [`Recorder`] whose
//! [`Cassette`]s a [`Player`] plays back, and a [`Tape`] that plays or records. Behind the feature
//! `test-util`.

mod cassette;
mod mock;
mod player;
mod recorder;
mod tape;

pub use cassette::{Cassette, CassetteError, Exchange};
pub use mock::{Expect, Mock, Unmet};
pub use player::Player;
pub use recorder::Recorder;
pub use tape::Tape;

use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{CONTENT_TYPE, HeaderName},
};
use vonage_video_core::{Error, Invalid};

use crate::body::Body;

/// A response of a status and JSON.
fn response(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// An unexpected request is an error that is never retried, so that a test fails at once.
fn unexpected(rule: String) -> Error {
    Error::invalid(Invalid::new("", rule, ""))
}

/// The response headers that are recorded.
const KEPT_HEADERS: [HeaderName; 3] = [
    CONTENT_TYPE,
    http::header::RETRY_AFTER,
    HeaderName::from_static("x-request-id"),
];
