//! Checks that the client token in a request is for the request's session.

use std::borrow::Cow;

use serde::Deserialize;
use vonage_video_auth::{TokenKind, peek};
use vonage_video_core::{Invalid, Meta};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join<'a> {
    #[serde(borrow)]
    session_id: Cow<'a, str>,
    #[serde(borrow)]
    token: Cow<'a, str>,
}

/// Refuses a client token of another session before it is sent: the service returns 403, which
/// reads as if the client's own credentials were refused. What cannot be read is left to the
/// service.
pub(crate) fn check(meta: &Meta, body: &[u8]) -> Result<(), Invalid> {
    let has = |name| meta.fields.iter().any(|field| field.name == name);
    if !(has("sessionId") && has("token")) {
        return Ok(());
    }
    let Ok(join) = serde_json::from_slice::<Join<'_>>(body) else {
        return Ok(());
    };
    let Ok(token) = peek(&join.token) else {
        return Ok(());
    };
    if token.kind != TokenKind::Client {
        return Err(Invalid::new(
            "token",
            "must be a client token, as `Client::token` signs it",
            format!("a token of kind {:?}", token.kind),
        ));
    }
    match token.session_id {
        Some(session) if session != join.session_id => Err(Invalid::new(
            "token",
            "must be for the session of the request",
            format!("a token for the session {session:?}"),
        )),
        _ => Ok(()),
    }
}
