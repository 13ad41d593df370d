//! What carries a request to the server, and how to bring another.

use std::{future::Future, pin::Pin, sync::Arc};

use http::{Request, Response};
use vonage_video_core::Error;

use crate::body::Body;

/// What a [`Transport`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, Error>> + Send + 'a>>;

/// Carries one signed request to the server and brings the answer back, once: retries, deadlines, authentication and the reading of answers are the client's.
///
/// Wrapping one transport in another is the middleware:
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
/// Dropping the future must cancel the request. A tower service is turned into a transport by
/// [`ServiceTransport`](crate::ServiceTransport).
pub trait Transport: Send + Sync + 'static {
    /// Sends a request whose URI is absolute.
    ///
    /// # Errors
    ///
    /// [`Error::connect`] when nothing was sent, [`Error::timeout`] with [`Phase::Connect`](vonage_video_core::Phase::Connect) when that took too
    /// long, [`Error::transport`] when the request may have been sent. An answer of any status is no error.
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
