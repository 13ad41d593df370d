//! Tower services as transports, and ours as a tower service.

use std::{
    error::Error as StdError,
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tower_service::Service;
use vonage_video_core::{BoxError, Error};

use crate::{
    body::Body,
    transport::{Transport, TransportFuture},
};

/// Any tower service over `http` types as a [`Transport`]: hyper-util's client under layers of one's own, a router under test.
///
/// The service is cloned for each request, as tower wants it. An error of the service that is an [`Error`] of ours is passed on; any other is taken
/// for one from which the request was sent if its body was looked at.
#[derive(Clone, Debug)]
pub struct ServiceTransport<S>(S);

impl<S> ServiceTransport<S> {
    /// Wraps a service.
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
            let failed = |error: BoxError| match error.downcast::<Error>() {
                Ok(error) => *error,
                Err(error)
                    if sent_flag
                        .as_ref()
                        .is_none_or(|sent_flag| sent_flag.is_set()) =>
                {
                    Error::transport("waiting for the answer", error)
                }
                Err(error) => Error::connect(target, error),
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
    /// Wraps a transport.
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
