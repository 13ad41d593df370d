//! Responses over HTTP: JSON, or XML where the service writes XML.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::{Map, Value, json};
use vonage_video_core::{Matched, Operation, models::Session};

use crate::api::{
    operations::perform,
    refusal::{ApiResult, NO_ISSUER, Refusal},
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
    /// The creation of a session is answered in XML unless `Accept` names JSON, everything else in
    /// JSON. `path` is the normalized one.
    pub(crate) fn of(path: &str, headers: &HeaderMap) -> Self {
        if path == "/session/create" && !accept(headers).contains("json") {
            Self::Xml
        } else {
            Self::Json
        }
    }

    /// One refusal was recorded in XML on other paths too, for clients that accept anything.
    pub(crate) fn of_result<T>(self, result: &ApiResult<T>, headers: &HeaderMap) -> Self {
        let unknown = result
            .as_ref()
            .is_err_and(|refusal| refusal.message == NO_ISSUER);
        if unknown && accept(headers).contains("*/*") && !accept(headers).contains("json") {
            Self::Xml
        } else {
            self
        }
    }
}

fn accept(headers: &HeaderMap) -> &str {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// A response of success, before it is an HTTP response.
#[derive(Debug)]
pub(crate) struct Success {
    status: StatusCode,
    kind: &'static str,
    body: Bytes,
}

impl Success {
    /// The same with 204.
    pub(crate) fn no_content(mut self) -> Self {
        self.status = StatusCode::NO_CONTENT;
        self.body = Bytes::new();
        self
    }
}

/// Performs an operation and writes its output as JSON, with the documented status.
pub(crate) fn as_json<O: Operation>(
    matched: &Matched,
    handler: impl FnOnce(O) -> ApiResult<O::Output>,
) -> ApiResult<Success> {
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

pub(crate) fn respond(result: ApiResult<Success>, format: Format, trace: &str) -> Response<Bytes> {
    match result {
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
    // In XML the description was always empty, also where JSON repeats the message in it.
    let description = match refusal.description.as_deref() {
        Some(text) if text != refusal.message => {
            format!("<description>{}</description>", escape(text))
        }
        _ => "<description/>".to_owned(),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><errorPayload><code>{code}</code><message>{}</message>{description}</errorPayload>",
        escape(&refusal.message)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
