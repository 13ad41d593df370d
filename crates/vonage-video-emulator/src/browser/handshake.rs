//! The opening handshake of a WebSocket (RFC 6455, section 4.2).

use std::sync::{Mutex, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{
        CONNECTION, CONTENT_TYPE, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
        UPGRADE,
    },
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use ring::digest;

use crate::site::{Body, Broken, FaultAction, Site};

/// The path of the socket.
pub(crate) const PATH: &str = "/_emulator/rtc";

/// What RFC 6455 appends to the client's key.
const MAGIC: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// What becomes of an HTTP connection: it stays one, or is going to be a socket.
#[derive(Default)]
pub(crate) struct Greeting(Mutex<Option<OnUpgrade>>);

impl Greeting {
    /// Responds to a request for the socket.
    pub(crate) fn respond<B>(
        &self,
        site: &Site,
        request: &mut Request<B>,
    ) -> Result<Response<Body>, Broken> {
        if !site.hosts().serves(request.uri(), request.headers()) {
            let body = "the emulator does not serve this host";
            return Ok(refusal(StatusCode::MISDIRECTED_REQUEST, body));
        }
        if !site.hosts().lets_join(request.headers()) {
            return Ok(refusal(
                StatusCode::FORBIDDEN,
                "pages of this origin may not join sessions. Allow it: --allow-origin, or EmulatorBuilder::allow_origin",
            ));
        }
        let key = match key(request.method(), request.headers()) {
            Ok(key) => key,
            Err(refused) => return Ok(*refused),
        };
        if site.lock().faults.pick_for_connection(&FaultAction::Cut) {
            return Err(Broken);
        }
        let response = accepting(key);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(hyper::upgrade::on(request));
        Ok(response)
    }

    /// The socket, once the connection has become one.
    pub(crate) async fn upgraded(&self) -> Option<Upgraded> {
        let pending = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        pending.await.ok()
    }
}

/// The client's key, or the response to what is not a handshake.
fn key<'r>(
    method: &Method,
    headers: &'r HeaderMap,
) -> Result<&'r HeaderValue, Box<Response<Body>>> {
    let says = |name: HeaderName, word: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|part| part.trim().eq_ignore_ascii_case(word))
    };
    let upgrades = says(CONNECTION, "upgrade") && says(UPGRADE, "websocket");
    if method != Method::GET || !upgrades || !says(SEC_WEBSOCKET_VERSION, "13") {
        let mut response = refusal(
            StatusCode::UPGRADE_REQUIRED,
            "this is a WebSocket of version 13",
        );
        let headers = response.headers_mut();
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return Err(Box::new(response));
    }
    headers
        .get(SEC_WEBSOCKET_KEY)
        .filter(|key| {
            STANDARD
                .decode(key.as_bytes())
                .is_ok_and(|key| key.len() == 16)
        })
        .ok_or_else(|| {
            let message = "`Sec-WebSocket-Key` must be 16 bytes of base64";
            Box::new(refusal(StatusCode::BAD_REQUEST, message))
        })
}

fn accepting(key: &HeaderValue) -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::new()));
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept(key.as_bytes())) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    response
}

/// The proof that the server read the client's key.
fn accept(key: &[u8]) -> String {
    let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(key);
    context.update(MAGIC.as_bytes());
    STANDARD.encode(context.finish())
}

fn refusal(status: StatusCode, message: &str) -> Response<Body> {
    let body = serde_json::json!({ "message": message }).to_string();
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_that_of_the_specification() {
        assert_eq!(
            accept(b"dGhlIHNhbXBsZSBub25jZQ=="),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        );
    }
}
