//! What is wrong with what a token says.

use super::{Inspection, Inspector, personal_data};
use crate::client_token::{LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL, MILLISECONDS_FROM};
use crate::time::{in_words, seconds_up, unix_seconds};
use crate::{Environment, Role, TokenFormat, TokenKind, VerifyError};

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
                "a client token may live for 30 days",
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
        // Said already, or said better.
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
        format!("it says the algorithm {algorithm:?}, and only {expected} is taken"),
    );
}

fn owner(inspection: &mut Inspection) {
    let (environment, project) = (inspection.environment, inspection.project.clone());
    match (environment, project) {
        (Some(Environment::OpenTok), None) => {
            inspection.error(
                "no-project",
                "it names no API key (iss), so nobody can check its signature",
            );
        }
        (Some(Environment::Vonage), None) => {
            inspection.error(
                "no-project",
                "it names no application (application_id), so nobody can check its signature",
            );
        }
        (Some(Environment::Vonage), Some(project)) if uuid::Uuid::try_parse(&project).is_err() => {
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
        } else if let Some(issued) = issued
            && expires.saturating_sub(issued) > longest
        {
            let ttl = in_words(expires.saturating_sub(issued));
            inspection.error("too-long", format!("it lives for {ttl}, and {limit}"));
        }
    }
    if let Some(issued) = issued
        && issued > now
    {
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
    if let Some(begins) = inspection.raw.not_before
        && begins > now
    {
        let text = format!(
            "it begins {} from now (nbf): it will be refused until then",
            in_words(begins.saturating_sub(now))
        );
        inspection.error("not-before", text);
    }
    if let (Some(issued), Some(expires)) = (issued, expires)
        && expires <= issued
    {
        inspection.error("never-valid", "it expires before it was issued");
    }
}

fn client(inspection: &mut Inspection, inspector: &Inspector<'_>) {
    session(inspection, inspector);
    if inspection.raw.expires.is_none() {
        inspection.warning(
            "no-expiry",
            "it has no expiry, so the service decides how long it lives",
        );
    }
    if inspection.format == Some(TokenFormat::Jwt)
        && inspection.raw.scope.as_deref() != Some("session.connect")
    {
        inspection.error(
            "scope",
            "its scope is not session.connect, so no session will take it",
        );
    }
    match inspection.role.clone() {
        Some(Role::Other(role)) => {
            let role: String = role.chars().take(40).collect();
            let text = format!(
                "its role {role:?} is unknown: subscriber, publisher, publisheronly and moderator are known, in lower case"
            );
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
    if let (Some(project), Some(owner)) = (inspection.project.clone(), owner)
        && !project.eq_ignore_ascii_case(&owner)
    {
        inspection.error(
            "foreign-session",
            format!("it belongs to project {project:?} but the session says {owner:?}"),
        );
    }
    if let (Some(expected), Some(found)) = (inspector.session_id, inspection.session_id.as_deref())
        && expected != found
    {
        inspection.error(
            "other-session",
            "it is for another session than the one that was asked about",
        );
    }
    if inspection
        .session
        .as_ref()
        .is_some_and(crate::SessionInfo::is_relayed)
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
            inspection.warning("data-claim", "it has a claim data, as the Ruby SDK writes it, which nobody reads: the claim is connection_data");
        }
        return;
    };
    let length = data.chars().count();
    if length > LONGEST_DATA {
        inspection.error(
            "data-too-long",
            format!("its connection data has {length} characters, and {LONGEST_DATA} is the most"),
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
    if inspection.environment == Some(Environment::Vonage) {
        times(
            inspection,
            24 * 60 * 60,
            "a day is past what any SDK signs for",
        );
        if inspection.raw.expires.is_none() {
            inspection.warning(
                "no-expiry",
                "it has no expiry, so the service decides how long it lives",
            );
        }
        return;
    }
    times(inspection, 300, "OpenTok takes 5 minutes at most");
    if inspection.raw.issued.is_none() {
        inspection.error(
            "no-issue",
            "it does not say when it was signed (iat), and OpenTok takes none that does not",
        );
    }
    if inspection.raw.expires.is_none() {
        inspection.error(
            "no-expiry",
            "it has no expiry, and OpenTok takes none that lives for more than 5 minutes",
        );
    }
    match inspection.raw.ist.as_deref() {
        Some("project") => {}
        Some("account") => inspection.note(
            "account",
            "it is an account's: it manages projects and does nothing in one",
        ),
        _ => inspection.error("ist", "its ist is neither project nor account"),
    }
}

/// A tolerance as wide as the verifier's own.
const WEBHOOK_TOLERANCE: i64 = 5 * 60;

fn webhook(inspection: &mut Inspection) {
    if !inspection.raw.has("payload_hash") {
        inspection.error(
            "payload-hash",
            "it has no payload_hash, so it says nothing about the body it came with",
        );
    }
    let now = unix_seconds(inspection.now);
    match inspection.raw.issued {
        None => inspection.error("no-issue", "it does not say when it was signed (iat)"),
        Some(issued) if now.saturating_sub(issued) > WEBHOOK_TOLERANCE => {
            inspection.warning(
                "stale",
                format!(
                    "it was signed {} ago, too long to be taken now",
                    in_words(now.saturating_sub(issued))
                ),
            );
        }
        Some(issued) if issued.saturating_sub(now) > WEBHOOK_TOLERANCE => {
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
