//! Short names in the place of ids: what they stand for, by the latest lists.

use serde_json::{Map, Value};

use crate::{
    control::Control,
    failure::Failure,
    options::{Common, Whose},
    send::{self, block_on},
    short,
};

/// A member that holds an id: the operation that lists such things, and where an item has its id.
const LISTS: &[(&str, &str, &str, &str)] = &[
    ("archiveId", "list_archives", "id", "archive"),
    ("broadcastId", "list_broadcasts", "id", "broadcast"),
    ("renderId", "list_renders", "id", "render"),
    ("streamId", "list_streams", "id", "stream"),
    (
        "connectionId",
        "list_connections",
        "connectionId",
        "connection",
    ),
];

/// The most that one call lists.
const LATEST: u64 = 1000;

/// Puts whole ids in the place of short names.
pub(super) fn resolve(
    given: &mut Map<String, Value>,
    whose: &Whose,
    common: &Common,
) -> Result<(), Failure> {
    if common.dry_run || common.curl {
        return Ok(());
    }
    if let Some(name) = text(given, "sessionId").filter(|name| short::is_session_name(name)) {
        let id = session(&name, whose, common)?;
        given.insert("sessionId".to_owned(), id.into());
    }
    for (member, operation, key, what) in LISTS {
        let Some(beginning) = text(given, member).filter(|text| short::is_beginning(text)) else {
            continue;
        };
        let session = text(given, "sessionId");
        let ids = list(operation, key, session.as_deref(), whose, common)?;
        let id = short::one(&beginning, what, ids.iter().map(String::as_str))?;
        given.insert((*member).to_owned(), id.into());
    }
    Ok(())
}

fn text(given: &Map<String, Value>, member: &str) -> Option<String> {
    given.get(member)?.as_str().map(str::to_owned)
}

/// The session of a short name: of an emulator, any; of the service, which has no list of sessions,
/// one with an archive or a broadcast.
fn session(name: &str, whose: &Whose, common: &Common) -> Result<String, Failure> {
    if let Some(running) = whose.target(false)?.emulator() {
        let control = Control::new(&running)?;
        return block_on(control.session_id(name));
    }
    let mut ids = list("list_archives", "sessionId", None, whose, common)?;
    ids.extend(list("list_broadcasts", "sessionId", None, whose, common)?);
    short::one_session(name, ids.iter().map(String::as_str))
}

/// The ids of the latest things.
fn list(
    operation: &str,
    key: &str,
    session: Option<&str>,
    whose: &Whose,
    common: &Common,
) -> Result<Vec<String>, Failure> {
    let mut input = Map::new();
    if matches!(
        operation,
        "list_archives" | "list_broadcasts" | "list_renders"
    ) {
        input.insert("count".to_owned(), LATEST.into());
    }
    if matches!(operation, "list_streams" | "list_connections") {
        input.insert("sessionId".to_owned(), session.unwrap_or_default().into());
    }
    let text = Value::from(input).to_string();
    let body = send::prepare(operation, &text)?.send(whose, common)?;
    let body = body.unwrap_or_default();
    let items = body.get("items").and_then(Value::as_array);
    let ids = items
        .into_iter()
        .flatten()
        .filter_map(|item| item.get(key)?.as_str());
    Ok(ids.map(str::to_owned).collect())
}

/// An id that is a command's own argument, of this member.
pub(super) fn whole(
    member: &str,
    id: &str,
    whose: &Whose,
    common: &Common,
) -> Result<String, Failure> {
    let mut given = Map::new();
    given.insert(member.to_owned(), id.into());
    resolve(&mut given, whose, common)?;
    Ok(text(&given, member).unwrap_or_default())
}
