//! The control API under `/_emulator/`, with which tests in any language steer the emulator: JSON
//! in, JSON out, no credentials.

mod call;
mod clients;
mod clock;
mod curl;
mod events;
mod faults;
mod lists;
mod operations;
mod overview;
pub(crate) mod page;
mod requests;
mod sessions;
mod snippets;
mod state;
mod timeline;
mod tokens;
#[cfg(feature = "browser")]
mod web_snippets;
mod webhooks;
mod words;

use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{CONTENT_TYPE, HOST, ORIGIN},
    uri::Authority,
};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use vonage_video_core::{OPENAPI, SessionId};

use self::call::{Call, ControlResult, Problem, unknown};
pub use self::snippets::Snippet;
pub(crate) use self::snippets::snippets;
#[cfg(feature = "browser")]
pub(crate) use self::web_snippets::web_snippets;
use crate::{
    media::layout::{LayoutInput, picture},
    site::{Body, Site},
};

/// The description of the control API, on which fixtures in other languages rest.
const CONTROL: &str = include_str!("openapi.json");

pub(crate) async fn serve(
    site: &Arc<Site>,
    path: &str,
    request: &Request<Bytes>,
) -> Response<Body> {
    let segments: Vec<String> = path
        .trim_end_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let base = site.lock().links.at(request).base().to_owned();
    let call = Call {
        base: &base,
        method: request.method(),
        query: request.uri().query().unwrap_or_default(),
        body: request.body(),
    };
    let result = if is_foreign(request, &base) {
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "pages of other origins may not control the emulator",
        ))
    } else if call.method == Method::GET && segments == ["events"] {
        match events::serve(site, &call, request.headers()) {
            Ok(response) => return response,
            Err(problem) => Err(problem),
        }
    } else if call.method == Method::GET && segments == ["state", "export"] {
        // It may be large, and is text already.
        return json_response(StatusCode::OK, site.export()).map(Body::from);
    } else {
        route(site, &segments, &call).await
    };
    let response = match result {
        Ok(Value::Null) => {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        Ok(body) => json_response(StatusCode::OK, body.to_string()),
        Err(Problem(status, message)) => {
            json_response(status, json!({ "message": message }).to_string())
        }
    };
    response.map(Body::from)
}

fn json_response(status: StatusCode, body: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn route(site: &Arc<Site>, segments: &[&str], call: &Call<'_>) -> ControlResult {
    match (call.method.as_str(), segments) {
        (_, ["sessions", session, "clients", rest @ ..]) => {
            clients::serve(&mut site.lock(), &SessionId::from(*session), rest, call)
        }
        ("GET", ["sessions", session, "timeline"]) => {
            timeline::show(&site.lock(), &SessionId::from(*session), call)
        }
        (_, ["sessions", rest @ ..]) => sessions::serve(&mut site.lock().world, rest, call),
        (_, ["clock", rest @ ..]) => clock::serve(site, rest, call).await,
        (_, ["requests", rest @ ..]) => requests::serve(&mut site.lock(), rest, call),
        (_, ["faults", rest @ ..]) => faults::serve(&mut site.lock().faults, rest, call),
        (_, ["webhooks", rest @ ..]) => webhooks::serve(site, rest, call).await,
        ("POST", ["layout"]) => {
            let input: LayoutInput = call.body()?;
            Ok(json!(picture(&input)))
        }
        ("GET", ["archives" | "broadcasts", id, "layout"]) => site
            .lock()
            .world
            .picture_of(id)
            .map(|picture| json!(picture))
            .ok_or_else(|| Problem::not_found("there is no such archive or broadcast")),
        ("GET", ["archives"]) => lists::archives(&site.lock(), call),
        ("GET", ["broadcasts"]) => lists::broadcasts(&site.lock(), call),
        ("GET", ["overview"]) => Ok(overview::show(&site.lock(), call.base)),
        ("GET", ["counts"]) => Ok(overview::counts(&site.lock())),
        ("POST", ["operations", operation]) => operations::perform(site, operation, call).await,
        ("POST", ["tokens"]) => tokens::mint(&site.lock(), call),
        ("POST", ["tokens", "inspect"]) => tokens::inspect(&site.lock(), call),
        ("GET", ["openapi.json"]) => Ok(openapi(OPENAPI, site.lock().links.base())),
        ("GET", ["control", "openapi.json"]) => Ok(openapi(CONTROL, site.lock().links.base())),
        ("GET", ["state"]) => Ok(state::show(&site.lock())),
        ("POST", ["state", "import"]) => site
            .import(call.body)
            .map(|()| Value::Null)
            .map_err(|bad| Problem::new(StatusCode::BAD_REQUEST, bad)),
        _ => Err(unknown()),
    }
}

/// A description, with the emulator as its server.
fn openapi(description: &str, url: &str) -> Value {
    let mut document: Value = serde_json::from_str(description).unwrap_or_default();
    if let Some(members) = document.as_object_mut() {
        members.insert("servers".to_owned(), json!([{ "url": url }]));
    }
    document
}

/// Whether a browser sends this for a page of another origin. Without this check, any page could
/// steer an emulator on the machine of its reader. The emulator's own page is at whatever name the
/// request is for.
fn is_foreign(request: &Request<Bytes>, base: &str) -> bool {
    let headers = request.headers();
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = own
        .or_else(|| request.uri().authority().map(Authority::as_str))
        .or_else(|| base.split_once("://").map(|(_, host)| host));
    let foreign = |origin: &HeaderValue| {
        let host = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"));
        host.map(|(_, host)| host) != own
    };
    headers.get_all(ORIGIN).iter().any(foreign)
        || headers
            .get_all("sec-fetch-site")
            .iter()
            .any(|site| site == "cross-site")
}
