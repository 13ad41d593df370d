//! The emulator as a tower service.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;

use crate::{
    server::serve,
    site::{Body, Broken, Site},
};

/// Serves requests in memory, for clients that bring their own transport.
///
/// It keeps the emulator's state alive after the [`Emulator`](crate::Emulator) is dropped.
#[derive(Clone)]
pub struct EmulatorService {
    site: Arc<Site>,
}

impl EmulatorService {
    pub(crate) fn new(site: Arc<Site>) -> Self {
        Self { site }
    }
}

impl<B> tower_service::Service<Request<B>> for EmulatorService
where
    B: hyper::body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response<Body>;
    type Error = ServiceError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, ServiceError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ServiceError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let site = self.site.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .map_err(|error| ServiceError::Request(error.into()))?;
            let request = Request::from_parts(parts, body.to_bytes());
            serve(&site, request).await.map_err(ServiceError::Broken)
        })
    }
}

/// The reason why the emulator sent no response in memory.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServiceError {
    /// The body of the request could not be read.
    Request(Box<dyn std::error::Error + Send + Sync>),
    /// A [fault](crate::Fault) broke the connection.
    Broken(Broken),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(_) => f.write_str("cannot read the body of the request"),
            Self::Broken(broken) => broken.fmt(f),
        }
    }
}

impl std::error::Error for ServiceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => Some(&**error),
            Self::Broken(_) => None,
        }
    }
}

impl fmt::Debug for EmulatorService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmulatorService")
    }
}
