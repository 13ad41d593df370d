//! `requests`: the requests and their responses.

use http::Method;
use serde_json::{Value, json};
use vonage_video_core::redacted;

use super::{
    call::{Call, ControlResult, Problem, newest, unknown},
    curl::curl,
};
use crate::site::{RequestRecord, State};

/// Requests in one response, unless `count` or `latest` is set.
const WINDOW: u64 = 1000;
/// Most characters of a redacted body.
const SHOWN: usize = 2000;

/// The requests that a reader wants.
struct Filter {
    before: u64,
    operation: Option<String>,
    session: Option<String>,
    text: Option<String>,
    /// Only requests that got an error response, or none.
    refused: bool,
    /// Only requests that could change something.
    changing: bool,
    /// Only requests of these numbers.
    ids: Option<Vec<String>>,
}

pub(super) fn serve(state: &mut State, rest: &[&str], call: &Call<'_>) -> ControlResult {
    match (call.method.as_str(), rest) {
        ("GET", []) => list(state, call),
        ("DELETE", []) => {
            state.forget_requests();
            Ok(Value::Null)
        }
        ("GET", [number]) => {
            let number = number.parse().map_err(|_| unknown())?;
            let record = state.journal.get(number);
            let record = record.ok_or_else(|| Problem::not_found("there is no such request"))?;
            let mut item = shown(record, call);
            let command = curl(call.base, &item);
            if let Some(members) = item.as_object_mut() {
                members.insert("curl".to_owned(), command.into());
            }
            Ok(item)
        }
        _ => Err(unknown()),
    }
}

impl Filter {
    fn read(call: &Call<'_>) -> Result<Self, Problem> {
        Ok(Self {
            before: match call.number("before")? {
                0 => u64::MAX,
                before => before,
            },
            operation: call.parameter("operation"),
            session: call.parameter("session"),
            text: call.parameter("text").filter(|text| !text.is_empty()),
            refused: call.flag("refused"),
            changing: call.flag("changing"),
            ids: call.list("ids"),
        })
    }

    fn wants(&self, record: &RequestRecord) -> bool {
        record.number < self.before
            && (self.operation.is_none() || record.operation == self.operation.as_deref())
            && (self.session.is_none() || record.session() == self.session.as_deref())
            && (!self.refused || record.is_refused())
            && (!self.changing || record.method != Method::GET)
            && self
                .ids
                .as_ref()
                .is_none_or(|ids| ids.contains(&record.number.to_string()))
            && self.text.as_ref().is_none_or(|text| record.contains(text))
    }
}

fn list(state: &State, call: &Call<'_>) -> ControlResult {
    let filter = Filter::read(call)?;
    let matching = state
        .journal
        .after(call.number("after")?)
        .filter(|record| filter.wants(record));
    if call.flag("newest") {
        let show = |record: &&RequestRecord| record.summary();
        return newest(&matching.collect::<Vec<_>>(), call, show);
    }
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
    let items: Vec<Value> = if call.flag("summary") {
        records.into_iter().map(RequestRecord::summary).collect()
    } else {
        let items = records.into_iter().map(|record| shown(record, call));
        items.collect()
    };
    Ok(json!({ "count": items.len(), "kept": state.journal.len(), "items": items }))
}

fn shown(record: &RequestRecord, call: &Call<'_>) -> Value {
    let mut item = record.to_json();
    if call.parameter("bodies").as_deref() == Some("redacted") {
        redact(&mut item);
    }
    item
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
