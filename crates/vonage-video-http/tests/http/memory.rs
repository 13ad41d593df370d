//! A transport without sockets, for tests that rule time.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use vonage_video_core::Error;
use vonage_video_http::{Body, Client, ClientBuilder, Transport, TransportFuture};

use crate::server::builder;

/// What to answer: a status, a header and a body; nothing for a connection that breaks.
pub(crate) type Canned = Option<(u16, (&'static str, &'static str), String)>;

pub(crate) fn canned(status: u16, body: impl Into<String>) -> Canned {
    Some((status, ("x-a", "b"), body.into()))
}

/// Answers one after the other, the last for ever.
#[derive(Clone)]
pub(crate) struct Memory {
    answers: Arc<Vec<Canned>>,
    requests: Arc<AtomicUsize>,
}

impl Memory {
    pub(crate) fn new(answers: Vec<Canned>) -> Self {
        Self {
            answers: Arc::new(answers),
            requests: Arc::default(),
        }
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        builder("http://127.0.0.1:9").transport(self.clone())
    }
}

impl Transport for Memory {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            assert!(request.body().bytes().is_some());
            let number = self.requests.fetch_add(1, Ordering::SeqCst);
            let answer = self.answers[number.min(self.answers.len() - 1)].clone();
            let Some((status, (name, value), body)) = answer else {
                return Err(Error::transport("testing", "it broke"));
            };
            let mut response = Response::new(Body::from(Bytes::from(body)));
            *response.status_mut() = status.try_into().unwrap();
            response.headers_mut().insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
            Ok(response)
        })
    }
}
