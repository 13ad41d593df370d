//! From the text of a token to what it says, as far as it can be read.

use super::{
    inspection::{Inspection, Raw, SignatureState},
    inspector::Inspector,
};
use crate::{
    client_token::TokenFormat,
    environment::Environment,
    jwt::Compact,
    looks_like,
    session::SessionInfo,
    verify::{
        ClientTokenClaims, T1, T1_SENTINEL, Times, TokenKind, VerifyError, check_purpose,
        client_claims, damage, ist, kind, project, rest_claims, t1_claims,
    },
};

pub(super) fn read(token: &str, inspector: &Inspector<'_>) -> Inspection {
    let mut inspection = Inspection {
        kind: None,
        format: None,
        algorithm: None,
        environment: None,
        project: None,
        account: false,
        session_id: None,
        session: None,
        role: None,
        connection_data: None,
        layout_classes: Vec::new(),
        issued_at: None,
        expires_at: None,
        signature: SignatureState::NotChecked,
        remarks: Vec::new(),
        now: inspector.now,
        raw: Raw::default(),
    };
    let token = unwrapped(token);
    if token.starts_with(T1_SENTINEL) {
        t1(token, &mut inspection);
    } else if token.matches('.').count() == 2 {
        jwt(token, inspector, &mut inspection);
    } else {
        inspection.raw.unreadable = Some(not_a_token(token).to_owned());
    }
    check_signature(token, inspector, &mut inspection);
    inspection
}

fn unwrapped(token: &str) -> &str {
    let token = token.trim().trim_matches(['"', '\'']).trim();
    let bearer = token
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("bearer "));
    bearer.map_or(token, |_| token.get(7..).unwrap_or_default().trim())
}

fn not_a_token(text: &str) -> &'static str {
    if text.is_empty() {
        "there is nothing to inspect"
    } else if looks_like::pem(text) {
        "this is a key, not a token"
    } else if looks_like::uuid(text) {
        "this is an application id, not a token"
    } else if SessionInfo::decode(text).is_ok() {
        "this is a session id, not a token"
    } else if let Some(damage) = damage(text) {
        damage
    } else {
        "this is not a token: one begins with T1==, or has three parts with a dot between them"
    }
}

fn t1(token: &str, inspection: &mut Inspection) {
    inspection.kind = Some(TokenKind::Client);
    inspection.format = Some(TokenFormat::T1);
    inspection.algorithm = Some("HMAC-SHA1".to_owned());
    inspection.environment = Some(Environment::OpenTok);
    let t1 = match T1::parse(token) {
        Ok(t1) => t1,
        Err(reason) => {
            let reason = damage(token).map_or(reason, str::to_owned);
            return inspection.raw.unreadable = Some(format!("the token cannot be read: {reason}"));
        }
    };
    inspection.project = Some(t1.partner_id.clone());
    inspection.raw.names = t1.fields.keys().cloned().collect();
    client(t1_claims(&t1), inspection);
}

fn jwt(token: &str, inspector: &Inspector<'_>, inspection: &mut Inspection) {
    inspection.format = Some(TokenFormat::Jwt);
    let jwt = match Compact::parse(token) {
        Ok(jwt) => jwt,
        Err(reason) => {
            let reason = damage(token).map_or(reason, str::to_owned);
            return inspection.raw.unreadable = Some(format!("the token cannot be read: {reason}"));
        }
    };
    let kind = kind(&jwt);
    inspection.kind = Some(kind);
    inspection.algorithm = Some(jwt.algorithm().chars().take(20).collect());
    let environment = match (jwt.algorithm(), kind) {
        ("HS256", TokenKind::Client | TokenKind::Rest) => Environment::OpenTok,
        _ => Environment::Vonage,
    };
    inspection.environment = Some(environment);
    inspection.project = project(environment, &jwt.claims);
    inspection.account = ist(&jwt) == Some("account");
    inspection.raw.ist = ist(&jwt).map(str::to_owned);
    inspection.raw.names = jwt.claims.keys().cloned().collect();
    inspection.raw.scope = jwt
        .claims
        .get("scope")
        .map(|scope| scope.as_str().unwrap_or_default().to_owned());
    inspection.raw.layout_is_array = jwt
        .claims
        .get("initial_layout_class_list")
        .is_some_and(serde_json::Value::is_array);
    let project = inspection.project.clone().unwrap_or_default();
    if kind == TokenKind::Client {
        client(client_claims(environment, project, &jwt), inspection);
    } else {
        if environment == Environment::Vonage {
            inspection.raw.other_purpose = check_purpose(&jwt.claims, &project).err();
        }
        match rest_claims(environment, project, &jwt) {
            Ok((claims, times)) => {
                inspection.issued_at = claims.issued_at;
                inspection.expires_at = claims.expires_at;
                keep_times(&times, inspection);
            }
            Err(error) => inspection.raw.unreadable = Some(error.to_string()),
        }
    }
    if let (TokenKind::Webhook, Some(webhook)) = (kind, inspector.webhook) {
        let fits = jwt.algorithm() == "HS256" && webhook.fits(&jwt);
        inspection.signature = if fits {
            SignatureState::Valid
        } else {
            SignatureState::Invalid
        };
        inspection.raw.signature_error = (!fits).then_some(VerifyError::BadSignature);
    }
}

fn client(claims: Result<(ClientTokenClaims, Times), VerifyError>, inspection: &mut Inspection) {
    let (claims, times) = match claims {
        Ok(claims) => claims,
        Err(error) => return inspection.raw.unreadable = Some(error.to_string()),
    };
    match SessionInfo::decode(&claims.session_id) {
        Ok(session) => inspection.session = Some(session),
        Err(error) => inspection.raw.session_error = Some(error.to_string()),
    }
    inspection.session_id = Some(claims.session_id);
    inspection.role = Some(claims.role);
    inspection.connection_data = claims.connection_data;
    inspection.layout_classes = claims.layout_classes;
    inspection.issued_at = claims.issued_at;
    inspection.expires_at = claims.expires_at;
    keep_times(&times, inspection);
}

fn keep_times(times: &Times, inspection: &mut Inspection) {
    inspection.raw.issued = times.issued;
    inspection.raw.not_before = times.not_before;
    inspection.raw.expires = times.expires;
    inspection.raw.states_expiry = times.states_expiry;
}

/// Checks only what needs the key: the judge has better words for the times.
fn check_signature(token: &str, inspector: &Inspector<'_>, inspection: &mut Inspection) {
    let (Some(verifier), Some(kind @ (TokenKind::Client | TokenKind::Rest))) =
        (inspector.verifier, inspection.kind)
    else {
        return;
    };
    match verifier.verify_signature(token, kind) {
        Ok(()) => inspection.signature = SignatureState::Valid,
        Err(error) => {
            inspection.signature = SignatureState::Invalid;
            inspection.raw.signature_error = Some(error);
        }
    }
}
