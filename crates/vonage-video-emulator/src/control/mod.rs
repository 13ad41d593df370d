//! The control API under `/_emulator/`: what tests in any language steer the emulator with. JSON in, JSON out, no credentials.

mod clients;
mod clock;
mod faults;
pub(crate) mod page;
mod requests;
mod sessions;
mod state;
mod webhooks;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header::ORIGIN};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vonage_video_core::OPENAPI;

use crate::{
    media::layout::{Scene, picture},
    site::{self, Shared},
};

/// What a control call answers with.
pub(crate) type Reply = Result<Value, Fault>;

/// A control call that cannot be done.
pub(crate) struct Fault(pub(crate) StatusCode, pub(crate) String);

impl Fault {
    pub(crate) fn new(status: StatusCode, message: impl std::fmt::Display) -> Self {
        Self(status, message.to_string())
    }

    pub(crate) fn not_found(message: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }
}

/// A control call: method, the segments of its path after `/_emulator/`, and what came with it.
pub(crate) struct Call<'r> {
    pub(crate) method: &'r Method,
    pub(crate) query: &'r str,
    body: &'r [u8],
}

impl Call<'_> {
    /// The body; an empty one reads as an empty object.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let body = match self.body.trim_ascii() {
            b"" => b"{}",
            body => body,
        };
        serde_json::from_slice(body).map_err(|error| {
            Fault::new(
                StatusCode::BAD_REQUEST,
                format!("the body is not what this call takes: {error}"),
            )
        })
    }

    /// A number of the query; 0 when it is not there.
    pub(crate) fn number(&self, name: &str) -> Result<u64, Fault> {
        self.parameter(name).map_or(Ok(0), |value| {
            value.parse().map_err(|_| {
                Fault::new(
                    StatusCode::BAD_REQUEST,
                    format!("`{name}` must be a number"),
                )
            })
        })
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
    }
}

pub(crate) async fn serve(
    shared: &Shared,
    path: &str,
    request: &Request<Bytes>,
) -> Response<Bytes> {
    let segments: Vec<String> = path
        .trim_end_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let call = Call {
        method: request.method(),
        query: request.uri().query().unwrap_or_default(),
        body: request.body(),
    };
    let reply = if is_foreign(request.headers(), &shared.world().url) {
        Err(Fault::new(
            StatusCode::FORBIDDEN,
            "pages of other origins may not steer the emulator",
        ))
    } else {
        route(shared, &segments, &call).await
    };
    match reply {
        Ok(Value::Null) => {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        Ok(body) => site::json(StatusCode::OK, &body),
        Err(Fault(status, message)) => site::json(status, &json!({ "message": message })),
    }
}

async fn route(shared: &Shared, segments: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), segments) {
        (_, ["sessions", session, "clients", rest @ ..]) => {
            clients::serve(&mut shared.world(), session, rest, call)
        }
        (_, ["sessions", rest @ ..]) => sessions::serve(&mut shared.world(), rest, call),
        (_, ["clock", rest @ ..]) => clock::serve(shared, rest, call).await,
        (_, ["requests", rest @ ..]) => requests::serve(&mut shared.world(), rest, call),
        (_, ["faults", rest @ ..]) => faults::serve(&mut shared.world(), rest, call),
        (_, ["webhooks", rest @ ..]) => webhooks::serve(shared, rest, call).await,
        ("POST", ["layout"]) => {
            let scene: Scene = call.body()?;
            Ok(json!(picture(&scene)))
        }
        ("GET", ["archives" | "broadcasts", id, "layout"]) => shared
            .world()
            .picture_of(id)
            .map(|picture| json!(picture))
            .ok_or_else(|| Fault::not_found("there is no such archive or broadcast")),
        ("GET", ["openapi.json"]) => Ok(openapi(&shared.world().url)),
        ("GET", ["state"]) => Ok(state::show(&shared.world())),
        _ => Err(unknown()),
    }
}

pub(crate) fn unknown() -> Fault {
    Fault::not_found("there is no such control call")
}

/// Leaves the last of a list; 0 leaves all.
pub(crate) fn latest(items: &mut Vec<Value>, count: u64) {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count > 0 && items.len() > count {
        items.drain(..items.len() - count);
    }
}

/// The API's description, with the emulator as its server.
fn openapi(url: &str) -> Value {
    let mut document: Value = serde_json::from_str(OPENAPI).unwrap_or_default();
    if let Some(members) = document.as_object_mut() {
        members.insert("servers".to_owned(), json!([{ "url": url }]));
    }
    document
}

/// Whether a browser sends this for a page that is not the emulator's own. Without this, any page could steer an emulator on the reader's machine.
fn is_foreign(headers: &HeaderMap, own: &str) -> bool {
    headers
        .get(ORIGIN)
        .is_some_and(|origin| origin.as_bytes() != own.as_bytes())
}
