//! `archives` and `broadcasts`: windows of their lists, of every project.

use serde::Serialize;
use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::{
    site::State,
    world::{ArchiveRecord, BroadcastRecord, Listed, Millis, short_name},
};

/// Items in one response, unless `count` is set.
const WINDOW: usize = 100;

pub(super) fn archives(state: &State, call: &Call<'_>) -> Reply {
    let records = state.world.archives().iter().rev();
    list(records, call, |archive: &ArchiveRecord| {
        let mut model = archive.model();
        state.links.add_to(&mut model, state.world.now());
        let mut shown = item(&model, archive, Some(archive.started));
        if let Some(members) = shown.as_object_mut() {
            members.insert("expiresAt".to_owned(), archive.expires_at.into());
            members.insert("layout".to_owned(), json!(archive.layout));
        }
        shown
    })
}

pub(super) fn broadcasts(state: &State, call: &Call<'_>) -> Reply {
    let records = state.world.broadcasts().iter().rev();
    list(records, call, |broadcast: &BroadcastRecord| {
        let mut shown = item(&broadcast.model(), broadcast, None);
        if let Some(members) = shown.as_object_mut() {
            members.insert("layout".to_owned(), json!(broadcast.layout));
        }
        shown
    })
}

/// The window that the query asks for, and how many records there are in all: those of `session`,
/// if it is set, and of these only `ids`, if they are.
fn list<'r, T: Listed + 'r>(
    records: impl Iterator<Item = &'r T>,
    call: &Call<'_>,
    show: impl Fn(&T) -> Value,
) -> Reply {
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
    Ok(json!({ "count": total, "items": items }))
}

fn item<T: Listed>(model: &impl Serialize, record: &T, started: Option<Millis>) -> Value {
    let mut shown = json!(model);
    if let Some(members) = shown.as_object_mut() {
        members.insert("project".to_owned(), json!(record.project()));
        members.insert(
            "sessionName".to_owned(),
            short_name(record.session()).into(),
        );
        if let Some(started) = started {
            members.insert("startedAt".to_owned(), started.into());
        }
    }
    shown
}
