//! Responses over HTTP: JSON, or XML where the service writes XML.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Map, Value, json};
use vonage_video_auth::Environment;
use vonage_video_core::{Matched, Operation, models::Session};

use crate::api::{
    operations::perform,
    reply::{Refusal, Reply},
};

const JSON: &str = "application/json";
const XML: &str = "text/xml;charset=UTF-8";

/// The format of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

impl Format {
    /// OpenTok writes a created session as XML unless `Accept` names JSON, and everything else as
    /// XML for clients that send no `Accept`.
    pub(crate) fn of(environment: Environment, path: &str, headers: &HeaderMap) -> Self {
        let accept = headers
            .get(ACCEPT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let creates = path.trim_end_matches('/') == "/session/create";
        let xml = environment == Environment::OpenTok
            && !accept.contains("json")
            && (creates || accept.is_empty());
        if xml { Self::Xml } else { Self::Json }
    }
}

/// A response of success, before it is an HTTP response.
#[derive(Debug)]
pub(crate) struct Success {
    status: StatusCode,
    kind: &'static str,
    body: Bytes,
}

/// Performs an operation and writes its output as JSON, with the documented status.
pub(crate) fn as_json<O: Operation>(
    matched: &Matched,
    handler: impl FnOnce(O) -> Reply<O::Output>,
) -> Reply<Success> {
    let output = perform(matched, handler)?;
    match O::encode_output(&output) {
        Ok(body) => Ok(Success {
            status: StatusCode::from_u16(O::META.status).unwrap_or(StatusCode::OK),
            kind: JSON,
            body: body.into(),
        }),
        Err(error) => Err(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the response cannot be written as JSON: {error}"),
        )),
    }
}

/// Writes a created session as XML.
pub(crate) fn session_xml(session: &Session) -> Success {
    let owner = session.owner().map(ToString::to_string).unwrap_or_default();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sessions><Session><session_id>{}</session_id><partner_id>{}</partner_id><create_dt>{}</create_dt></Session></sessions>",
        escape(session.id.as_str()),
        escape(&owner),
        escape(session.created.as_deref().unwrap_or_default())
    );
    Success {
        status: StatusCode::OK,
        kind: XML,
        body: body.into(),
    }
}

pub(crate) fn respond(reply: Reply<Success>, format: Format, trace: &str) -> Response<Bytes> {
    match reply {
        Ok(success) if success.body.is_empty() => {
            let mut response = Response::new(success.body);
            *response.status_mut() = success.status;
            response
        }
        Ok(success) => written(success.status, success.kind, success.body),
        Err(refusal) if refusal.gateway => {
            let body = problem_json(&refusal, trace).to_string();
            written(refusal.status, "application/problem+json", body)
        }
        Err(refusal) => match format {
            Format::Xml => written(refusal.status, XML, refusal_xml(&refusal)),
            Format::Json => written(refusal.status, JSON, refusal_json(&refusal).to_string()),
        },
    }
}

fn written(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// An error response of the gateway.
fn problem_json(refusal: &Refusal, trace: &str) -> Value {
    let title = refusal.status.canonical_reason().unwrap_or("Error");
    let slug = title.to_lowercase().replace(' ', "-");
    json!({
        "type": format!("https://developer.vonage.com/api-errors#{slug}"),
        "title": title,
        "detail": refusal.message,
        "instance": trace,
    })
}

fn refusal_json(refusal: &Refusal) -> Value {
    let mut body = Map::new();
    if let Some(code) = refusal.code {
        body.insert("code".to_owned(), code.into());
    }
    body.insert("message".to_owned(), refusal.message.as_str().into());
    if let Some(description) = &refusal.description {
        body.insert("description".to_owned(), description.as_str().into());
    }
    Value::Object(body)
}

fn refusal_xml(refusal: &Refusal) -> String {
    let code = refusal
        .code
        .unwrap_or_else(|| i64::from(refusal.status.as_u16()));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><errorPayload><code>{code}</code><message>{}</message><description>{}</description></errorPayload>",
        escape(&refusal.message),
        escape(refusal.description.as_deref().unwrap_or_default())
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
