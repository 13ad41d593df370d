//! What the parts of a running emulator share.

mod advance;
pub(crate) mod body;
mod call;
pub(crate) mod fault;
pub(crate) mod files;
mod hls;
pub(crate) mod journal;

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{CONTENT_TYPE, DATE},
};
use serde_json::Value;

use crate::{
    control::{self, page},
    world::World,
};

pub use self::{
    body::{Body, Broken},
    fault::{BadFault, Fault, FaultAction},
    journal::RequestRecord,
};

pub(crate) struct Shared {
    world: Mutex<World>,
    /// Held while webhooks are sent, so that they are sent in order.
    pub(crate) sending: tokio::sync::Mutex<()>,
}

impl Shared {
    pub(crate) fn new(world: World) -> Self {
        Self {
            world: Mutex::new(world),
            sending: tokio::sync::Mutex::new(()),
        }
    }

    /// The world, at the present time.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.catch_up();
        world
    }

    /// Answers a request.
    pub(crate) async fn serve(&self, request: Request<Bytes>) -> Result<Response<Body>, Broken> {
        let path = request.uri().path();
        let mut response = if let Some(page) = page::response(path) {
            page.map(Body::from)
        } else if let Some(rest) = path.strip_prefix("/_emulator/files/") {
            files::download(&self.world(), rest, &request).map(Body::from)
        } else if let Some(rest) = path.strip_prefix("/_emulator/hls/") {
            hls::playlist(&self.world(), rest).map(Body::from)
        } else if let Some(rest) = path.strip_prefix("/_emulator/") {
            control::serve(self, rest, &request).await.map(Body::from)
        } else {
            self.call(&request).await?
        };
        let date = httpdate::fmt_http_date(self.world().wall());
        if let Ok(date) = HeaderValue::from_str(&date) {
            response.headers_mut().insert(DATE, date);
        }
        Ok(response)
    }
}

pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
