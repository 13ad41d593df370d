//! Members that the service writes as null when they have nothing to say. The models leave them out, and clients tell the two apart.

use serde_json::Value;

/// Puts the nulls into what an operation answers.
pub(crate) fn written(operation: &str, body: Vec<u8>) -> Vec<u8> {
    let name = match operation {
        "start_archive" | "get_archive" | "list_archives" | "stop_archive"
        | "set_archive_layout" => "url",
        "start_broadcast"
        | "get_broadcast"
        | "list_broadcasts"
        | "stop_broadcast"
        | "set_broadcast_layout" => "broadcastUrls",
        _ => return body,
    };
    let Ok(mut answer) = serde_json::from_slice::<Value>(&body) else {
        return body;
    };
    match answer.get_mut("items").and_then(Value::as_array_mut) {
        Some(items) => items.iter_mut().for_each(|item| put(item, name)),
        None => put(&mut answer, name),
    }
    answer.to_string().into_bytes()
}

/// Writes a member as null that is not there.
pub(crate) fn put(object: &mut Value, name: &str) {
    if let Some(members) = object.as_object_mut() {
        members.entry(name).or_insert(Value::Null);
    }
}
