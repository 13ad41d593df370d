//! `requests`: the requests and their responses.

use serde_json::{Value, json};
use vonage_video_core::redacted;

use super::call::{Call, Reply, unknown};
use crate::site::{Journal, RequestRecord};

/// Requests in one response, unless `count` or `latest` is set.
const WINDOW: u64 = 1000;
/// Most characters of a redacted body.
const SHOWN: usize = 2000;

pub(super) fn serve(journal: &mut Journal, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => show(journal, call),
        ("DELETE", []) => {
            journal.clear();
            Ok(Value::Null)
        }
        _ => Err(unknown()),
    }
}

fn show(journal: &Journal, call: &Call<'_>) -> Reply {
    let operation = call.parameter("operation");
    let matching = journal
        .after(call.number("after")?)
        .filter(|record| operation.is_none() || record.operation == operation.as_deref());
    let count = match call.number("count")? {
        0 => WINDOW,
        count => count,
    };
    let most = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    // Only what is shown is rendered.
    let records: Vec<&RequestRecord> = match call.number("latest")? {
        0 => matching.take(most(count)).collect(),
        latest => {
            let mut records: Vec<_> = matching.rev().take(most(latest.min(count))).collect();
            records.reverse();
            records
        }
    };
    let mut items: Vec<Value> = records.into_iter().map(RequestRecord::to_json).collect();
    if call.parameter("bodies").as_deref() == Some("redacted") {
        items.iter_mut().for_each(redact);
    }
    Ok(json!({ "count": items.len(), "items": items }))
}

/// Shortens bodies and removes what may be secret. The text of an error response is not secret.
fn redact(item: &mut Value) {
    let refused = item
        .get("status")
        .and_then(Value::as_u64)
        .is_some_and(|status| status >= 400);
    for (name, plain) in [("body", false), ("response", refused)] {
        let Some(member) = item.get_mut(name) else {
            continue;
        };
        let text = member.as_str().unwrap_or_default();
        let mut shown = match serde_json::from_str::<Value>(text) {
            _ if plain => text.to_owned(),
            Ok(value) => redacted(&value).to_string(),
            Err(_) if text.is_empty() => String::new(),
            Err(_) => format!("({} bytes)", text.len()),
        };
        if let Some((at, _)) = shown.char_indices().nth(SHOWN) {
            shown.truncate(at);
            shown.push('…');
        }
        *member = shown.into();
    }
}
