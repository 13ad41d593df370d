//! Tower services as transports, and transports as tower services.

use std::{
    error::Error as StdError,
    future::poll_fn,
    io,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tower_service::Service;
use vonage_video_core::{BoxError, Error, Sent};

use crate::{
    body::Body,
    transport::{Transport, TransportFuture},
};

/// Any tower service over `http` types as a [`Transport`]: hyper-util's client under layers of your
/// own, a router under test.
///
/// The service is cloned for each request. An error of the service that is an [`Error`] is passed
/// on. Of others, the `Elapsed` of tower's and tokio's timeouts, and any I/O error of kind
/// [`TimedOut`](std::io::ErrorKind::TimedOut), is a timeout of the attempt; the rest means that the
/// connection broke, or that there was none if the request's body was not looked at.
#[derive(Clone, Debug)]
pub struct ServiceTransport<S>(S);

impl<S> ServiceTransport<S> {
    /// Wraps a service, which is cloned for each request.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let sent_flag = request.body().sent_flag();
            let target = request.uri().host().unwrap_or("the service").to_owned();
            let failed = |error: BoxError| {
                let sent = match &sent_flag {
                    Some(sent_flag) if !sent_flag.is_set() => Sent::No,
                    _ => Sent::Maybe,
                };
                match error.downcast::<Error>() {
                    Ok(error) => *error,
                    Err(error) if is_timeout(&*error) => Error::timeout_of_layer(sent, error),
                    Err(error) if sent == Sent::No => Error::connect(target, error),
                    Err(error) => Error::transport("waiting for the response", error),
                }
            };
            let ready = poll_fn(|cx| service.poll_ready(cx).map_err(Into::into)).await;
            let outcome = match ready {
                Ok(()) => service.call(request).await.map_err(Into::into),
                Err(error) => Err(error),
            };
            match outcome {
                Ok(response) => Ok(response.map(|body| Body::foreign(BoxedErrors(Box::pin(body))))),
                Err(error) => Err(failed(error)),
            }
        })
    }
}

/// Whether a layer ran out of time. tower's error is recognized by its text: its type is in a crate
/// that is not needed for anything else.
fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let timed_out = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
        if timed_out
            || error.is::<tokio::time::error::Elapsed>()
            || matches!(&*format!("{error:?}"), "Elapsed(())" | "TimeoutError(())")
        {
            return true;
        }
        cause = error.source();
    }
    false
}

struct BoxedErrors<B>(std::pin::Pin<Box<B>>);

impl<B> HttpBody for BoxedErrors<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(cx).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// A [`Transport`] as a tower service, for layers to be put around it.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// Wraps a transport; clones of the service share it.
    pub fn new(transport: impl Transport) -> Self {
        Self(Arc::new(transport))
    }
}

impl std::fmt::Debug for TransportService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TransportService")
    }
}

impl Service<Request<Body>> for TransportService {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move { transport.send(request).await.map_err(Into::into) })
    }
}
