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

impl tower_service::Service<Request<Bytes>> for EmulatorService {
    type Response = Response<Body>;
    type Error = Broken;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Broken>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let site = self.site.clone();
        Box::pin(async move { serve(&site, request).await })
    }
}

impl fmt::Debug for EmulatorService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmulatorService")
    }
}
