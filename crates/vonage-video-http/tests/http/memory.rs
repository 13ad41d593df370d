//! A transport without sockets, for tests that rule time.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use vonage_video_auth::Credentials;
use vonage_video_core::Error;
use vonage_video_http::{Body, Client, ClientBuilder, Transport, TransportFuture};

use crate::server::opentok;

/// What to answer.
#[derive(Clone)]
pub(crate) struct Reply {
    status: u16,
    pub(crate) headers: Vec<(String, String)>,
    body: String,
}

/// A reply; nothing for a connection that breaks.
pub(crate) type Canned = Option<Reply>;

pub(crate) fn canned(status: u16, body: impl Into<String>) -> Canned {
    Some(Reply {
        status,
        headers: Vec::new(),
        body: body.into(),
    })
}

pub(crate) fn canned_with(status: u16, header: (&str, &str), body: impl Into<String>) -> Canned {
    let mut canned = canned(status, body);
    if let Some(reply) = &mut canned {
        let (name, value) = header;
        reply.headers.push((name.to_owned(), value.to_owned()));
    }
    canned
}

type Answer = dyn Fn(&Request<Body>, usize) -> Canned + Send + Sync;

/// A server in memory.
#[derive(Clone)]
pub(crate) struct Memory {
    answer: Arc<Answer>,
    requests: Arc<AtomicUsize>,
}

impl Memory {
    /// Answers one after the other, the last for ever.
    pub(crate) fn new(answers: Vec<Canned>) -> Self {
        Self::answering(move |_, number| answers[number.min(answers.len() - 1)].clone())
    }

    /// `answer` gets each request and its number, from 0.
    pub(crate) fn answering(
        answer: impl Fn(&Request<Body>, usize) -> Canned + Send + Sync + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
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
        self.builder_for(opentok())
    }

    pub(crate) fn builder_for(&self, credentials: Credentials) -> ClientBuilder {
        Client::builder(credentials)
            .variables(|_| None)
            .base_url("http://127.0.0.1:9")
            .transport(self.clone())
    }
}

impl Transport for Memory {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            assert!(request.body().bytes().is_some());
            let number = self.requests.fetch_add(1, Ordering::SeqCst);
            let Some(reply) = (self.answer)(&request, number) else {
                return Err(Error::transport("testing", "it broke"));
            };
            let mut response = Response::new(Body::from(Bytes::from(reply.body)));
            *response.status_mut() = reply.status.try_into().unwrap();
            for (name, value) in reply.headers {
                response.headers_mut().append(
                    HeaderName::try_from(name).unwrap(),
                    HeaderValue::try_from(value).unwrap(),
                );
            }
            Ok(response)
        })
    }
}
