//! The page at the root: a few small files, no build step, no requests to other hosts.

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Response, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

const HTML: &str = include_str!("page.html");
const CSS: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const LISTS: &str = include_str!("lists.js");
const DOM: &str = include_str!("dom.js");

/// Only what the emulator serves; no inline scripts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves the page or a part of it, if the path is one of theirs.
pub(crate) fn response(path: &str) -> Option<Response<Bytes>> {
    let (kind, content) = match path {
        "/" => ("text/html; charset=utf-8", HTML),
        "/_emulator/page/page.css" => ("text/css; charset=utf-8", CSS),
        "/_emulator/page/page.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "/_emulator/page/lists.js" => ("text/javascript; charset=utf-8", LISTS),
        "/_emulator/page/dom.js" => ("text/javascript; charset=utf-8", DOM),
        // Browsers request it on their own.
        "/favicon.ico" => {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            return Some(response);
        }
        _ => return None,
    };
    let mut response = Response::new(Bytes::from_static(content.as_bytes()));
    let headers: [(HeaderName, &'static str); 6] = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Some(response)
}
