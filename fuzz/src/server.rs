//! A server in the memory of a target, and a client of it that never waits.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
    time::{Duration, SystemTime},
};

use http::{Request, Response};
use vonage_video_auth::Credentials;
use vonage_video_http::{Body, Client, Clock, Transport, TransportFuture};

use crate::{API_KEY, API_SECRET, now};

/// What a target responds to each request.
type Respond = dyn FnMut(&Request<Body>) -> Response<Body> + Send;

#[derive(Clone)]
struct Server(Arc<Mutex<Box<Respond>>>);

impl Transport for Server {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let mut respond = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let response = respond(&request);
        Box::pin(async move { Ok(response) })
    }
}

/// The moment of every run; all waits are over at once.
struct Still;

impl Clock for Still {
    fn now(&self) -> SystemTime {
        now()
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        // The limit of an attempt is never reached, the wait before the next one at once.
        let over = duration < Duration::from_secs(5);
        Box::pin(async move {
            if !over {
                std::future::pending().await
            }
        })
    }

    fn jitter(&self) -> f64 {
        0.0
    }
}

/// A client of the project of all targets, on OpenTok, whose server answers as `respond` does.
pub fn client(respond: impl FnMut(&Request<Body>) -> Response<Body> + Send + 'static) -> Client {
    let credentials = Credentials::opentok(API_KEY, API_SECRET).expect("an API key and its secret");
    Client::builder(credentials)
        .base_url("http://localhost")
        .transport(Server(Arc::new(Mutex::new(Box::new(respond)))))
        .clock(Still)
        .build()
        .expect("a client")
}

/// A response with a JSON body.
pub fn json(status: u16, body: impl Into<String>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(Body::from(bytes::Bytes::from(body.into())))
        .expect("a response")
}

/// Runs what never waits for anything.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    // A client may yield; this is more often than it ever does.
    for _ in 0..1000 {
        if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("it waits for something that does not happen");
}
