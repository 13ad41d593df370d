//! `tokens`: client tokens of the demo projects, and what any token says.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use vonage_video_auth::{Inspector, Severity, peek};
use vonage_video_core::{ProjectId, SessionId};

use super::call::{Call, ControlResult, Problem};
use crate::site::State;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mint {
    session_id: SessionId,
    role: Option<String>,
    #[serde(default)]
    data: String,
    #[serde(default)]
    layout_classes: Vec<String>,
    ttl_seconds: Option<u32>,
}

#[derive(Deserialize)]
struct Inspect {
    token: String,
}

/// Mints a client token. Only demo projects sign here: tokens of others would be valid at the
/// service too.
pub(super) fn mint(state: &State, call: &Call<'_>) -> ControlResult {
    let mint: Mint = call.body()?;
    let session = state.world.sessions().get(&mint.session_id);
    let session = session.ok_or_else(|| Problem::not_found("there is no such session"))?;
    let project = state.world.projects().get(&session.project);
    let credentials = project
        .map(|known| &known.project)
        .filter(|project| project.is_demo())
        .and_then(|project| project.credentials());
    let credentials = credentials.ok_or_else(|| {
        let why = "tokens are minted for demo projects only; \
                   mint this one with your own secret: vonage-video token mint";
        Problem::new(StatusCode::FORBIDDEN, why)
    })?;
    let mut token = credentials.token(&mint.session_id).data(mint.data.as_str());
    if let Some(role) = &mint.role {
        token = token.role(role.as_str());
    }
    if !mint.layout_classes.is_empty() {
        token = token.layout_classes(&mint.layout_classes);
    }
    if let Some(seconds) = mint.ttl_seconds {
        token = token.ttl(Duration::from_secs(seconds.into()));
    }
    let signed = token.sign_at(state.wall());
    let signed = signed.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error))?;
    Ok(json!({ "token": signed }))
}

/// Says what a token says and whether it is valid here and now.
pub(super) fn inspect(state: &State, call: &Call<'_>) -> ControlResult {
    let Inspect { token } = call.body()?;
    let token = token.trim();
    let project = peek(token).ok().and_then(|peeked| peeked.project);
    let project = project.map(ProjectId::from);
    let known = project
        .as_ref()
        .and_then(|id| state.world.projects().get(id));
    let mut inspector = Inspector::new(state.wall());
    if let Some(known) = known {
        inspector = inspector.verifier(known.project.verifier());
    }
    let found = inspector.inspect(token);
    let remarks: Vec<_> = found
        .remarks
        .iter()
        .map(|remark| {
            json!({
                "severity": match remark.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    _ => "note",
                },
                "code": remark.code,
                "text": remark.text,
            })
        })
        .collect();
    let text = found.to_string();
    let session = found.session_id.as_deref().map(SessionId::from);
    let here = session
        .as_ref()
        .map(|id| state.world.sessions().contains(id));
    Ok(json!({
        "valid": found.is_fine(),
        "text": text,
        "session": session,
        "sessionIsHere": here,
        "remarks": remarks,
    }))
}
