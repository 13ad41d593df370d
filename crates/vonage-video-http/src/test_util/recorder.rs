//! Records the exchanges of another transport.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::Value;
use vonage_video_core::{ApiError, Error, shared::telling_words};

use super::{
    KEPT_HEADERS,
    cassette::{Asked, Cassette, Exchange, json},
};
use crate::{
    body::{Body, ReadError},
    transport::{Transport, TransportFuture},
};

/// Records the exchanges of another transport. Secrets are removed as they are recorded, not as
/// they are written: credentials, tokens and every string that is not known to be harmless never
/// enter the [`Cassette`]. Of the message of an error response, the words are kept by which its
/// [`reason`](Error::reason) is found.
///
/// ```no_run
/// # use vonage_video_auth::Credentials;
/// use vonage_video_http::{Client, test_util::Recorder};
///
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let recorder = Recorder::new();
/// let video = Client::builder(Credentials::from_env()?)
///     .layer({ let recorder = recorder.clone(); move |real| recorder.around(real) })
///     .build()?;
/// // … calls …
/// std::fs::write("tests/lesson.json", recorder.cassette().to_json()?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[doc(alias("vcr", "cassette"))]
pub struct Recorder(Arc<Mutex<Cassette>>);

/// The size of the largest response that is recorded.
const LARGEST: usize = 16 << 20;

impl Recorder {
    /// Creates a recorder with nothing recorded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Wraps a transport in one that records its exchanges. Downloads are read whole before they
    /// are passed on.
    pub fn around<T: Transport>(&self, inner: T) -> impl Transport + use<T> {
        Recording {
            inner,
            into: self.clone(),
        }
    }

    /// The exchanges recorded so far.
    pub fn cassette(&self) -> Cassette {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("exchanges", &self.cassette().exchanges.len())
            .finish()
    }
}

struct Recording<T> {
    inner: T,
    into: Recorder,
}

impl<T: Transport> Transport for Recording<T> {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let asked = Asked::of(
                request.method(),
                request.uri(),
                request.headers(),
                &request.body().peek().cloned().unwrap_or_default(),
            );
            let response = self.inner.send(request).await?;
            let (head, mut body) = response.into_parts();
            let mut read = Bytes::new();
            match body.read(LARGEST, &mut read).await {
                Ok(()) => {}
                Err(ReadError::TooLarge) => {
                    return Err(Error::transport("recording", "the response is too large"));
                }
                Err(ReadError::Broken(error)) => {
                    return Err(Error::transport("reading the response", error));
                }
            }
            let headers = KEPT_HEADERS
                .iter()
                .filter_map(|name| {
                    let value = head.headers.get(name)?.to_str().ok()?;
                    Some((name.as_str().to_owned(), Value::from(value)))
                })
                .collect();
            self.into
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .exchanges
                .push(Exchange {
                    method: asked.method,
                    path: asked.path,
                    query: asked.query,
                    request: asked.body,
                    status: head.status.as_u16(),
                    headers,
                    response: if head.status.is_success() {
                        json(&read)
                    } else {
                        refusal(head.status, &read)
                    },
                });
            Ok(http::Response::from_parts(head, Body::from(read)))
        })
    }
}

/// The body of an error response, with those of its words by which its reason is found.
fn refusal(status: StatusCode, body: &Bytes) -> Value {
    let mut kept = json(body);
    let words = telling_words(&ApiError::read(status, body.clone()));
    if let (Value::Object(members), false) = (&mut kept, words.is_empty()) {
        members.insert("message".to_owned(), words.into());
    }
    kept
}
