//! Judging what a token says.

use super::{inspection::Inspection, inspector::Inspector, personal_data::personal_data};
use crate::{
    client_token::{LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL, MILLISECONDS_FROM, TokenFormat},
    environment::Environment,
    looks_like,
    role::Role,
    session::SessionInfo,
    time::{in_words, seconds_up, unix_seconds},
    verify::{TokenKind, VerifyError},
    webhook::DEFAULT_MAX_AGE,
};

pub(super) fn judge(inspection: &mut Inspection, inspector: &Inspector<'_>) {
    if let Some(reason) = inspection.raw.unreadable.clone() {
        inspection.error("unreadable", reason);
    }
    signature(inspection);
    match inspection.kind {
        Some(TokenKind::Client) if inspection.raw.unreadable.is_none() => {
            owner(inspection);
            times(
                inspection,
                seconds_up(LONGEST_TTL),
                "30 days is the maximum for a client token",
            );
            client(inspection, inspector);
        }
        Some(TokenKind::Rest) if inspection.raw.unreadable.is_none() => {
            owner(inspection);
            rest(inspection);
        }
        Some(TokenKind::Webhook) if inspection.raw.unreadable.is_none() => webhook(inspection),
        _ => {}
    }
    inspection.remarks.sort_by_key(|remark| remark.severity);
}

fn signature(inspection: &mut Inspection) {
    match inspection.raw.signature_error.clone() {
        // Reported already, in better words.
        None | Some(VerifyError::Malformed { .. } | VerifyError::WrongKind { .. }) => {}
        Some(error) => inspection.error("signature", error.to_string()),
    }
    let Some(kind) = inspection.kind else { return };
    let algorithm = inspection.algorithm.clone().unwrap_or_default();
    let expected = match (kind, algorithm.as_str()) {
        (_, "HS256") | (TokenKind::Client | TokenKind::Rest, "RS256" | "HMAC-SHA1") => return,
        (TokenKind::Webhook, _) => "HS256",
        _ => "HS256 (OpenTok) or RS256 (Vonage)",
    };
    inspection.error(
        "algorithm",
        format!("it says the algorithm {algorithm:?}, and only {expected} is accepted"),
    );
}

fn owner(inspection: &mut Inspection) {
    let (environment, project) = (inspection.environment, inspection.project.clone());
    match (environment, project) {
        (Some(Environment::OpenTok), None) => {
            inspection.error(
                "no-project",
                "it names no API key (iss), so its signature cannot be checked",
            );
        }
        (Some(Environment::Vonage), None) => {
            inspection.error(
                "no-project",
                "it names no application (application_id), so its signature cannot be checked",
            );
        }
        (Some(Environment::Vonage), Some(project)) if !looks_like::uuid(&project) => {
            inspection.error(
                "project",
                format!("its application_id {project:?} is not a UUID"),
            );
        }
        (Some(Environment::OpenTok), Some(project))
            if !project.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            inspection.error(
                "project",
                format!("its API key {project:?} is not a number"),
            );
        }
        _ => {}
    }
}

fn times(inspection: &mut Inspection, longest: i64, limit: &str) {
    let now = unix_seconds(inspection.now);
    let (issued, expires) = (inspection.raw.issued, inspection.raw.expires);
    if let Some(expires) = expires {
        if expires > MILLISECONDS_FROM {
            inspection.error(
                "milliseconds",
                format!("its expiry {expires} looks like milliseconds: it is read as seconds, so the token would never expire; divide by 1000"),
            );
        } else if expires <= now {
            inspection.error(
                "expired",
                format!("it expired {} ago", in_words(now.saturating_sub(expires))),
            );
        } else {
            let ttl = expires.saturating_sub(issued.unwrap_or(now).min(now));
            if ttl > longest {
                let ttl = in_words(ttl);
                inspection.error("too-long", format!("it is valid for {ttl}, and {limit}"));
            }
        }
    }
    if let Some(issued) = issued.filter(|issued| *issued > now) {
        let text = if issued > MILLISECONDS_FROM {
            format!("its time of issue {issued} looks like milliseconds")
        } else {
            format!(
                "it was issued {} in the future: it will be refused until then; the clock of the machine that signed it is ahead, or this one is behind",
                in_words(issued.saturating_sub(now))
            )
        };
        inspection.error("future", text);
    }
    if let Some(begins) = inspection.raw.not_before.filter(|begins| *begins > now) {
        let text = format!(
            "it begins {} from now (nbf): it will be refused until then",
            in_words(begins.saturating_sub(now))
        );
        inspection.error("not-before", text);
    }
    if issued
        .zip(expires)
        .is_some_and(|(issued, expires)| expires <= issued)
    {
        inspection.error("never-valid", "it expires before it was issued");
    }
}

fn client(inspection: &mut Inspection, inspector: &Inspector<'_>) {
    session(inspection, inspector);
    if inspection.raw.expires.is_none() {
        inspection.error(
            "no-expiry",
            "it has neither an expiry nor a time of issue, so it would never expire",
        );
    } else if !inspection.raw.states_expiry {
        inspection.warning(
            "no-expiry",
            "it has no expiry, which counts as 24 hours after its issue",
        );
    }
    if inspection.format == Some(TokenFormat::Jwt)
        && inspection.raw.scope.as_deref() != Some("session.connect")
    {
        inspection.error(
            "scope",
            "its scope is not session.connect, so no session accepts it",
        );
    }
    match inspection.role.clone() {
        Some(Role::Other(role)) => {
            let role: String = role.chars().take(40).collect();
            let text = match role.parse::<Role>() {
                Err(error) => format!("its role is unknown: {error}"),
                Ok(_) => return,
            };
            inspection.error("role", text);
        }
        _ if !inspection.raw.has("role") => {
            inspection.warning("no-role", "it has no role, which is read as publisher")
        }
        _ => {}
    }
    data(inspection);
    if inspection.layout_classes.join(" ").chars().count() > LONGEST_LAYOUT {
        inspection.error(
            "layout-too-long",
            format!("its layout classes are over {LONGEST_LAYOUT} characters"),
        );
    }
    if inspection.raw.layout_is_array {
        inspection.note("layout-array", "its layout classes are an array, as vonage-python writes them; others write one string");
    }
    if inspection.raw.has("subject") && !inspection.raw.has("sub") {
        inspection.note(
            "subject",
            "it says subject, as the Python SDKs do, where the registered claim is sub",
        );
    }
}

fn session(inspection: &mut Inspection, inspector: &Inspector<'_>) {
    if let Some(error) = inspection.raw.session_error.clone() {
        inspection.error("session", format!("its session id cannot be read: {error}"));
    }
    let owner = inspection
        .session
        .as_ref()
        .map(|session| session.owner().to_owned());
    match (inspection.project.clone(), owner) {
        (Some(project), Some(owner)) if !project.eq_ignore_ascii_case(&owner) => inspection.error(
            "foreign-session",
            format!("it belongs to project {project:?} but the session says {owner:?}"),
        ),
        _ => {}
    }
    match (inspector.session_id, inspection.session_id.as_deref()) {
        (Some(expected), Some(found)) if expected != found => inspection.error(
            "other-session",
            "it is for another session than the expected one",
        ),
        _ => {}
    }
    if inspection
        .session
        .as_ref()
        .is_some_and(SessionInfo::is_relayed)
    {
        inspection.note(
            "relayed",
            "its session looks relayed: it cannot be archived, broadcast, dialled or captioned",
        );
    }
}

fn data(inspection: &mut Inspection) {
    let Some(data) = inspection.connection_data.clone() else {
        if inspection.format == Some(TokenFormat::Jwt) && inspection.raw.has("data") {
            inspection.warning("data-claim", "it has a claim data, as the Ruby SDK writes it, which is not read: the claim is connection_data");
        }
        return;
    };
    let length = data.chars().count();
    if length > LONGEST_DATA {
        inspection.error(
            "data-too-long",
            format!(
                "its connection data has {length} characters, and {LONGEST_DATA} is the maximum"
            ),
        );
    }
    if let Some(found) = personal_data(&data) {
        inspection.warning(
            "personal-data",
            format!("its connection data seems to hold {found}, and every client of the session can read it: put an id of your own there"),
        );
    }
}

fn rest(inspection: &mut Inspection) {
    if let Some(error) = inspection.raw.other_purpose.clone() {
        inspection.error("other-purpose", error.to_string());
    }
    if inspection.environment == Some(Environment::Vonage) {
        times(inspection, 24 * 60 * 60, "a day is more than any SDK signs");
        match (inspection.raw.issued, inspection.raw.expires) {
            (_, Some(_)) => {}
            (Some(_), None) => inspection.warning(
                "no-expiry",
                "it has no expiry, so the service decides how long it is valid",
            ),
            (None, None) => inspection.error(
                "no-expiry",
                "it has neither an expiry nor a time of issue, so it would never expire",
            ),
        }
        return;
    }
    times(inspection, 300, "5 minutes is the maximum for OpenTok");
    if inspection.raw.issued.is_none() {
        inspection.error(
            "no-issue",
            "it does not say when it was signed (iat), which OpenTok requires",
        );
    }
    if inspection.raw.expires.is_none() {
        inspection.error(
            "no-expiry",
            "it has no expiry, and OpenTok requires one within 5 minutes",
        );
    }
    match inspection.raw.ist.as_deref() {
        Some("project") => {}
        Some("account") => inspection.note(
            "account",
            "it is an account's: it manages projects and cannot act in one",
        ),
        _ => inspection.error("ist", "its ist is neither project nor account"),
    }
}

fn webhook(inspection: &mut Inspection) {
    if !inspection.raw.has("payload_hash") {
        inspection.error(
            "payload-hash",
            "it has no payload_hash, so it would fit any body",
        );
    }
    let now = unix_seconds(inspection.now);
    let max_age = seconds_up(DEFAULT_MAX_AGE);
    match inspection.raw.issued {
        None => inspection.error("no-issue", "it does not say when it was signed (iat)"),
        Some(issued) if now.saturating_sub(issued) > max_age => {
            inspection.warning(
                "stale",
                format!(
                    "it was signed {} ago, too long to be accepted now",
                    in_words(now.saturating_sub(issued))
                ),
            );
        }
        Some(issued) if issued.saturating_sub(now) > max_age => {
            inspection.error(
                "future",
                format!(
                    "it was signed {} in the future",
                    in_words(issued.saturating_sub(now))
                ),
            );
        }
        Some(_) => {}
    }
}
