//! Which path belongs to which part of the emulator.

use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{CONTENT_TYPE, DATE},
};

#[cfg(feature = "browser")]
use crate::browser;
use crate::{
    control::{self, page},
    site::{Body, Broken, Site},
};

/// Serves a request.
pub(crate) async fn serve(
    site: &Arc<Site>,
    request: Request<Bytes>,
) -> Result<Response<Body>, Broken> {
    #[cfg(feature = "browser")]
    if let Some(script) = browser::response(site, &request) {
        return Ok(script.map(Body::from));
    }
    if !site.hosts().serves(request.uri(), request.headers()) {
        return Ok(misdirected());
    }
    let path = request.uri().path();
    let mut response = if let Some(page) = page::response(path) {
        page.map(Body::from)
    } else if let Some(rest) = path.strip_prefix("/_emulator/files/") {
        return site.download(rest, &request).await;
    } else if let Some(rest) = path.strip_prefix("/_emulator/hls/") {
        site.hls(rest, &request).await.map(Body::from)
    } else if let Some(rest) = path.strip_prefix("/_emulator/") {
        control::serve(site, rest, &request).await
    } else {
        return site.call(&request).await;
    };
    if let Some(date) = site.lock().date() {
        response.headers_mut().insert(DATE, date);
    }
    Ok(response)
}

/// The response to a request for a host that the emulator does not serve.
fn misdirected() -> Response<Body> {
    let body = r#"{"message":"The emulator does not serve this host. Allow it: --allow-host, or EmulatorBuilder::allow_host"}"#;
    let mut response = Response::new(Body::from(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = StatusCode::MISDIRECTED_REQUEST;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
