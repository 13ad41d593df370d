//! Which path belongs to which part of the emulator.

use bytes::Bytes;
use http::{Request, Response, header::DATE};

use crate::{
    control::{self, page},
    site::{Body, Broken, Site, download, playlist},
};

/// Serves a request.
pub(crate) async fn serve(site: &Site, request: Request<Bytes>) -> Result<Response<Body>, Broken> {
    let path = request.uri().path();
    let mut response = if let Some(page) = page::response(path) {
        page.map(Body::from)
    } else if let Some(rest) = path.strip_prefix("/_emulator/files/") {
        download(&site.lock(), rest, &request).map(Body::from)
    } else if let Some(rest) = path.strip_prefix("/_emulator/hls/") {
        playlist(&site.lock().world, rest).map(Body::from)
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
