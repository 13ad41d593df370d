//! `operations/{operation}`: calls of the API by users of the emulator's page, who have no
//! credentials.

use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderValue, Request, StatusCode,
    header::{HOST, USER_AGENT},
};
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use vonage_video_auth::{Credentials, Role};
use vonage_video_core::{
    Operation, ProjectId, SessionId, encode,
    operations::{Visitor, visit},
};

use super::call::{Call, ControlResult, Problem};
use crate::site::{Site, State};

#[derive(Deserialize)]
struct Input {
    /// The project that calls; that of the session `sessionId` unless set.
    project: Option<ProjectId>,
    /// The operation's fields.
    #[serde(default)]
    input: Map<String, Value>,
}

/// Encodes the operation that is visited.
struct Encode<'i> {
    input: Value,
    project: &'i str,
}

/// Performs an operation as a project: it goes the way of every request, through faults and into
/// the journal. A client token that it needs is minted.
pub(super) async fn perform(site: &Arc<Site>, operation: &str, call: &Call<'_>) -> ControlResult {
    let Input { project, input } = call.body()?;
    let request = prepare(&site.lock(), operation, project, input, call.base)?;
    let broken = || Problem::new(StatusCode::BAD_GATEWAY, "a fault broke the connection");
    let response = site.call(&request).await.map_err(|_| broken())?;
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|_| broken())?.to_bytes();
    let value: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if parts.status.is_success() {
        return Ok(json!({ "status": parts.status.as_u16(), "body": value }));
    }
    let message = value.get("message").and_then(Value::as_str);
    Err(Problem::new(parts.status, message.unwrap_or("refused")))
}

fn prepare(
    state: &State,
    operation: &str,
    project: Option<ProjectId>,
    mut input: Map<String, Value>,
    base: &str,
) -> Result<Request<Bytes>, Problem> {
    let session = input.get("sessionId").and_then(Value::as_str);
    let session = session.map(SessionId::from);
    let own = session
        .as_ref()
        .and_then(|id| state.world.sessions().get(id));
    let project = project
        .or_else(|| own.map(|session| session.project.clone()))
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "`project` is missing"))?;
    let known = state.world.projects().get(&project);
    let known = known.ok_or_else(|| Problem::not_found("there is no such project"))?;
    let credentials = known.project.credentials().ok_or_else(|| {
        let why = "the emulator knows only the public key of this application";
        Problem::new(StatusCode::CONFLICT, why)
    })?;
    if let Some(session) = &session
        && wants_token(operation)
        && !input.contains_key("token")
    {
        let token = client_token(credentials, session, state)?;
        input.insert("token".to_owned(), token.into());
    }
    let encode = Encode {
        input: Value::Object(input),
        project: project.as_str(),
    };
    let encoded = visit(operation, encode);
    let encoded = encoded.ok_or_else(|| Problem::not_found("there is no such operation"))?;
    let mut request = encoded.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error))?;
    let refused = |error: &dyn std::fmt::Display| Problem::new(StatusCode::CONFLICT, error);
    let token = credentials
        .rest_token(state.wall())
        .map_err(|error| refused(&error))?;
    let headers = request.headers_mut();
    let value = HeaderValue::from_str(token.header_value()).map_err(|error| refused(&error))?;
    headers.insert(token.header_name(), value);
    headers.insert(USER_AGENT, HeaderValue::from_static("emulator-page"));
    if let Some((_, host)) = base.split_once("://")
        && let Ok(host) = HeaderValue::from_str(host)
    {
        headers.insert(HOST, host);
    }
    Ok(request)
}

/// Whether an operation has a field for a client token.
fn wants_token(operation: &str) -> bool {
    struct Fields;
    impl Visitor for Fields {
        type Output = bool;
        fn visit<O: Operation>(self) -> bool {
            O::META.fields.iter().any(|field| field.name == "token")
        }
    }
    visit(operation, Fields).unwrap_or_default()
}

fn client_token(
    credentials: &Credentials,
    session: &SessionId,
    state: &State,
) -> Result<String, Problem> {
    let token = credentials.token(session).role(Role::Moderator);
    token
        .sign_at(state.wall())
        .map_err(|error| Problem::new(StatusCode::CONFLICT, error))
}

impl Visitor for Encode<'_> {
    type Output = Result<Request<Bytes>, String>;

    fn visit<O: Operation>(self) -> Self::Output {
        let operation: O = serde_json::from_value(self.input).map_err(|error| error.to_string())?;
        encode(&operation, self.project).map_err(|error| error.to_string())
    }
}
