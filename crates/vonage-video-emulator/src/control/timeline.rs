//! `sessions/{sessionId}/timeline`: what happened in a session, in one order.

use serde_json::{Value, json};
use vonage_video_core::SessionId;

use super::{
    call::{Call, ControlResult, Problem},
    events::shown,
    words::of_item,
};
use crate::{
    site::State,
    world::{Changed, Entry, JoinError, News, Notice},
};

/// Items in one response, unless `count` is set.
const WINDOW: usize = 200;

/// The latest requests, webhook events, messages to clients and deliveries of a session, and the
/// leaps of the clock, oldest first.
pub(super) fn show(state: &State, session: &SessionId, call: &Call<'_>) -> ControlResult {
    if !state.world.sessions().contains(session) {
        return Err(Problem::not_found(JoinError::NoSuchSession));
    }
    let (_, count) = call.window(WINDOW)?;
    let after = call.number("after")?;
    let wanted = |entry: &Entry| entry.number > after && is_of(entry, session);
    let entries = state.world.recent(count, wanted);
    let items: Vec<Value> = entries
        .iter()
        .filter_map(|entry| item(state, entry))
        .collect();
    Ok(json!({ "count": items.len(), "items": items }))
}

/// Whether an entry belongs on the timeline of a session.
fn is_of(entry: &Entry, session: &SessionId) -> bool {
    match &entry.news {
        News::Notice {
            session: own,
            notice,
            ..
        } => own == session && is_message(notice),
        News::Happening(happening) => happening.event.session_id() == Some(session),
        News::Report(report) => match report.what {
            Changed::Clock(leapt) => leapt > 0,
            Changed::Delivery { attempt: 0, .. } => false,
            Changed::Request(_) | Changed::Delivery { .. } => {
                report.session.as_ref() == Some(session)
            }
            _ => false,
        },
        News::Relay { .. } | News::Cut(_) => false,
    }
}

/// Whether no webhook tells the same.
fn is_message(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Signal { .. }
            | Notice::Muted { .. }
            | Notice::ForceMute { .. }
            | Notice::Dtmf { .. }
            | Notice::CaptionReceived { .. }
            | Notice::SessionReconnecting
            | Notice::SessionReconnected
    )
}

fn item(state: &State, entry: &Entry) -> Option<Value> {
    let (kind, data) = match &entry.news {
        News::Notice { notice, .. } => ("notice", json!(notice)),
        News::Happening(happening) => {
            let body = serde_json::to_value(&happening.event).ok()?;
            let event = json!({ "event": happening.event.kind(), "body": body });
            ("event", event)
        }
        News::Report(report) => shown(state, report)?,
        News::Relay { .. } | News::Cut(_) => return None,
    };
    Some(json!({
        "entry": entry.number,
        "at": entry.at,
        "kind": kind,
        "words": of_item(kind, &data),
        "data": data,
    }))
}
