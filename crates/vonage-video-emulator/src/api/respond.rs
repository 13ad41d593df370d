//! Answers as HTTP responses: JSON, or XML where the service writes XML.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Map, Value, json};
use vonage_video_auth::Environment;
use vonage_video_core::models::Session;

use crate::api::reply::{Answer, Refusal};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

impl Format {
    /// OpenTok writes XML unless JSON is asked for by name when a session is created, and elsewhere for clients that ask for nothing.
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

pub(crate) fn response(answer: Answer, format: Format, trace: &str) -> Response<Bytes> {
    match (answer, format) {
        (Answer::Success { status, body }, Format::Xml) => match session_xml(&body) {
            Some(xml) => written(status, "text/xml;charset=UTF-8", xml),
            None => success(status, body),
        },
        (Answer::Success { status, body }, Format::Json) => success(status, body),
        (Answer::Refusal(refusal), Format::Xml) if !refusal.gateway => written(
            refusal.status,
            "text/xml;charset=UTF-8",
            refusal_xml(&refusal),
        ),
        (Answer::Refusal(refusal), _) => {
            let kind = if refusal.gateway {
                "application/problem+json"
            } else {
                "application/json"
            };
            written(
                refusal.status,
                kind,
                refusal_json(&refusal, trace).to_string(),
            )
        }
    }
}

fn success(status: StatusCode, body: Bytes) -> Response<Bytes> {
    if body.is_empty() {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        return response;
    }
    written(status, "application/json", body)
}

fn written(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn refusal_json(refusal: &Refusal, trace: &str) -> Value {
    if refusal.gateway {
        let title = refusal.status.canonical_reason().unwrap_or("Error");
        let slug = title.to_lowercase().replace(' ', "-");
        return json!({
            "type": format!("https://developer.vonage.com/api-errors#{slug}"),
            "title": title,
            "detail": refusal.message,
            "instance": trace,
        });
    }
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

/// The answer to the creation of a session, if this is one.
fn session_xml(body: &[u8]) -> Option<String> {
    let [session]: [Session; 1] = serde_json::from_slice(body).ok()?;
    let owner = session.owner().map(ToString::to_string).unwrap_or_default();
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sessions><Session><session_id>{}</session_id><partner_id>{}</partner_id><create_dt>{}</create_dt></Session></sessions>",
        escape(session.id.as_str()),
        escape(&owner),
        escape(session.created.as_deref().unwrap_or_default())
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
