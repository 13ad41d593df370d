//! `archives` and `broadcasts`: windows of their lists, of every project.

use http::Uri;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    call::{Call, ControlResult},
    words,
};
use crate::{
    site::State,
    world::{ArchiveRecord, BroadcastRecord, Listed, short_name},
};

/// Items in one response, unless `count` is set.
const WINDOW: usize = 100;

pub(super) fn archives(state: &State, call: &Call<'_>) -> ControlResult {
    let records = state.world.archives().iter().rev();
    list(records, call, |archive: &ArchiveRecord| {
        let mut model = archive.model();
        state.links.add_to(&mut model, state.world.now());
        let more = json!({
            "startedAt": archive.started,
            "expiresAt": archive.expires_at,
            "layout": archive.layout,
            "words": words::of_archive(&model),
            "states": words::of_status(model.status.as_str()),
            "file": model.url.as_deref().and_then(path_of),
        });
        item(&model, archive, more)
    })
}

pub(super) fn broadcasts(state: &State, call: &Call<'_>) -> ControlResult {
    let records = state.world.broadcasts().iter().rev();
    list(records, call, |broadcast: &BroadcastRecord| {
        let model = broadcast.model();
        let playlist = model.urls.as_ref().and_then(|urls| urls.hls.as_deref());
        let more = json!({
            "layout": broadcast.layout,
            "words": words::of_broadcast(&model),
            "states": words::of_status(model.status.as_str()),
            "file": playlist.and_then(path_of),
        });
        item(&model, broadcast, more)
    })
}

/// The path and query of a link to the emulator, for readers who may reach it by another name.
fn path_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    uri.path_and_query().map(ToString::to_string)
}

/// The window that the query asks for, and how many records there are in all: those of `session`,
/// if it is set, and of these only `ids`, if they are.
fn list<'r, T: Listed + 'r>(
    records: impl Iterator<Item = &'r T>,
    call: &Call<'_>,
    show: impl Fn(&T) -> Value,
) -> ControlResult {
    let (offset, count) = call.window(WINDOW)?;
    let (session, ids) = (call.parameter("session"), call.list("ids"));
    let wanted = |record: &&T| {
        session
            .as_deref()
            .is_none_or(|session| record.session().as_str() == session)
    };
    let wanted: Vec<&T> = records.filter(wanted).collect();
    let total = wanted.len();
    let items: Vec<Value> = match &ids {
        None => wanted
            .into_iter()
            .skip(offset)
            .take(count)
            .map(show)
            .collect(),
        Some(ids) => {
            let named = |record: &&T| ids.iter().any(|id| id == record.id());
            wanted.into_iter().filter(named).map(show).collect()
        }
    };
    Ok(json!({ "count": total, "matching": total, "items": items }))
}

fn item<T: Listed>(model: &impl Serialize, record: &T, more: Value) -> Value {
    let mut shown = json!(model);
    if let (Some(members), Value::Object(more)) = (shown.as_object_mut(), more) {
        members.insert("project".to_owned(), json!(record.project()));
        members.insert(
            "sessionName".to_owned(),
            short_name(record.session()).into(),
        );
        members.extend(more);
    }
    shown
}
