//! What carries a request to the server.

use std::{future::Future, pin::Pin, sync::Arc};

use http::{Request, Response};
use vonage_video_core::Error;

use crate::body::Body;

/// What a [`Transport`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, Error>> + Send + 'a>>;

/// Carries one signed request to the server and returns the response. Retries, timeouts,
/// authentication and the reading of responses are the client's.
///
/// Middleware is a transport around another:
///
/// ```
/// use http::{HeaderValue, Request};
/// use vonage_video_http::{Body, Transport, TransportFuture};
///
/// struct Tagged<T>(T);
///
/// impl<T: Transport> Transport for Tagged<T> {
///     fn send(&self, mut request: Request<Body>) -> TransportFuture<'_> {
///         request.headers_mut().insert("x-tenant", HeaderValue::from_static("blue"));
///         self.0.send(request)
///     }
/// }
/// ```
///
/// Dropping the future must cancel the request. [`ServiceTransport`](crate::ServiceTransport) turns
/// a tower service into a transport.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a transport",
    note = "wrap a tower service in `ServiceTransport::new`; it must be a `Service<http::Request<Body>>` \
            with `Response = http::Response<B>`, `Clone + Send + Sync`, with a `Send` future, where \
            `Body` is `vonage_video::transport::Body`",
    note = "wrap a transport in `TransportService::new` to put tower layers around it"
)]
pub trait Transport: Send + Sync + 'static {
    /// Sends a request whose URI is absolute.
    ///
    /// # Errors
    ///
    /// [`Error::connect`] when nothing was sent, [`Error::timeout`] with
    /// [`Phase::Connect`](vonage_video_core::Phase::Connect) when that took too long,
    /// [`Error::transport`] when the request may have been sent. A response of any status is `Ok`.
    fn send(&self, request: Request<Body>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}
