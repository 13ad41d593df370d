//! Plays recorded exchanges back.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{HeaderName, HeaderValue, Request, StatusCode};
use serde_json::Value;

use super::{
    cassette::{Asked, Cassette, Exchange},
    response, unexpected,
};
use crate::{
    body::Body,
    transport::{Transport, TransportFuture},
};

/// A transport that responds from a [`Cassette`]. A request gets the first exchange of the same
/// method, path, query and body that was not played yet; one without such an exchange fails, at
/// once and without a retry. Clones are one player.
#[derive(Clone)]
#[doc(alias("replay", "cassette"))]
pub struct Player(Arc<Mutex<Vec<Exchange>>>);

impl Player {
    /// Creates a player at the beginning of a cassette.
    pub fn new(cassette: Cassette) -> Self {
        Self(Arc::new(Mutex::new(cassette.exchanges)))
    }

    /// The number of exchanges that were not played yet.
    pub fn remaining(&self) -> usize {
        self.exchanges().len()
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, asked: &Asked) -> Option<Exchange> {
        let mut exchanges = self.exchanges();
        let at = exchanges.iter().position(|exchange| {
            exchange.method == asked.method
                && exchange.path == asked.path
                && exchange.query == asked.query
                && exchange.request == asked.body
        })?;
        Some(exchanges.remove(at))
    }
}

impl Transport for Player {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let body = request.body().bytes().cloned().unwrap_or_default();
            let asked = Asked::of(request.method(), request.uri(), request.headers(), &body);
            let (method, path) = (&asked.method, &asked.path);
            let Some(exchange) = self.take(&asked) else {
                return Err(unexpected(format!(
                    "nothing is left on the cassette for {method} {path} with this query and body"
                )));
            };
            let body = match exchange.response {
                Value::Null => Vec::new(),
                body => body.to_string().into_bytes(),
            };
            let status = StatusCode::from_u16(exchange.status)
                .map_err(|_| unexpected(format!("{} is not a status", exchange.status)))?;
            let mut response = response(status, body);
            for (name, value) in &exchange.headers {
                if let (Ok(name), Some(Ok(value))) = (
                    HeaderName::try_from(name),
                    value.as_str().map(HeaderValue::try_from),
                ) {
                    response.headers_mut().insert(name, value);
                }
            }
            Ok(response)
        })
    }
}

impl fmt::Debug for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player")
            .field("remaining", &self.remaining())
            .finish()
    }
}
