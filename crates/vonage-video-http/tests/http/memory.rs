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

/// What to respond.
#[derive(Clone)]
pub(crate) struct CannedResponse {
    status: u16,
    pub(crate) headers: Vec<(String, String)>,
    body: String,
}

/// A response; `None` for a connection that breaks.
pub(crate) type Canned = Option<CannedResponse>;

pub(crate) fn canned(status: u16, body: impl Into<String>) -> Canned {
    Some(CannedResponse {
        status,
        headers: Vec::new(),
        body: body.into(),
    })
}

pub(crate) fn canned_with(status: u16, header: (&str, &str), body: impl Into<String>) -> Canned {
    let mut canned = canned(status, body);
    if let Some(canned) = &mut canned {
        let (name, value) = header;
        canned.headers.push((name.to_owned(), value.to_owned()));
    }
    canned
}

type Respond = dyn Fn(&Request<Body>, usize) -> Canned + Send + Sync;

/// A server in memory.
#[derive(Clone)]
pub(crate) struct Memory {
    respond: Arc<Respond>,
    requests: Arc<AtomicUsize>,
}

impl Memory {
    /// Sends one response after the other, the last one for ever.
    pub(crate) fn new(responses: Vec<Canned>) -> Self {
        Self::responding(move |_, number| responses[number.min(responses.len() - 1)].clone())
    }

    /// `respond` gets each request and its number, from 0.
    pub(crate) fn responding(
        respond: impl Fn(&Request<Body>, usize) -> Canned + Send + Sync + 'static,
    ) -> Self {
        Self {
            respond: Arc::new(respond),
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
            let Some(canned) = (self.respond)(&request, number) else {
                return Err(Error::transport("testing", "it broke"));
            };
            let mut response = Response::new(Body::from(Bytes::from(canned.body)));
            *response.status_mut() = canned.status.try_into().unwrap();
            for (name, value) in canned.headers {
                response.headers_mut().append(
                    HeaderName::try_from(name).unwrap(),
                    HeaderValue::try_from(value).unwrap(),
                );
            }
            Ok(response)
        })
    }
}
