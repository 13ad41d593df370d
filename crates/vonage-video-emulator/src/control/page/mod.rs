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

/// The styles and the modules of the script, by name.
const PARTS: &[(&str, &str)] = &[
    ("api.js", include_str!("api.js")),
    ("app.js", include_str!("app.js")),
    ("clock.js", include_str!("clock.js")),
    ("dom.js", include_str!("dom.js")),
    ("faults.js", include_str!("faults.js")),
    ("format.js", include_str!("format.js")),
    ("join.js", include_str!("join.js")),
    ("layout.js", include_str!("layout.js")),
    ("list.js", include_str!("list.js")),
    ("live.js", include_str!("live.js")),
    ("overview.js", include_str!("overview.js")),
    ("page.css", include_str!("page.css")),
    ("page.js", include_str!("page.js")),
    ("recordings.js", include_str!("recordings.js")),
    ("requests.js", include_str!("requests.js")),
    ("room.js", include_str!("room.js")),
    ("sessions.js", include_str!("sessions.js")),
    ("tile.js", include_str!("tile.js")),
    ("tokens.js", include_str!("tokens.js")),
    ("webhooks.js", include_str!("webhooks.js")),
];

/// Only what the emulator serves; no inline scripts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves the page or a part of it, if the path is one of theirs.
pub(crate) fn response(path: &str) -> Option<Response<Bytes>> {
    // Browsers request it on their own.
    if path == "/favicon.ico" {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        return Some(response);
    }
    let (kind, content) = match path.strip_prefix("/_emulator/page/") {
        None if path == "/" => ("text/html; charset=utf-8", HTML),
        None => return None,
        Some(name) => {
            let (name, content) = PARTS.iter().find(|(known, _)| *known == name)?;
            match name.ends_with(".css") {
                true => ("text/css; charset=utf-8", *content),
                false => ("text/javascript; charset=utf-8", *content),
            }
        }
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
