//! From what a user of an SDK asked for to our operation's JSON.

use serde_json::{Map, Value};

/// The arguments of a recorded call, under the names of the API.
pub(super) fn operation(id: &str, arguments: &Value) -> Value {
    let mut operation = camel(arguments);
    let members = operation.as_object_mut().expect("arguments are an object");
    match id {
        "create_session" => {
            if let Some(mode) = members.remove("mediaMode") {
                let preference = if mode == "routed" {
                    "disabled"
                } else {
                    "enabled"
                };
                members.insert("p2p.preference".to_owned(), preference.into());
            }
        }
        "set_archive_layout" | "set_broadcast_layout" => {
            let layout = members.remove("layout").expect("a layout");
            members.extend(layout.as_object().expect("an object").clone());
        }
        "add_archive_stream" | "add_broadcast_stream" => rename(members, "streamId", "addStream"),
        "remove_archive_stream" | "remove_broadcast_stream" => {
            rename(members, "streamId", "removeStream")
        }
        _ => {}
    }
    operation
}

fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    let value = members.remove(from).expect("the member to rename");
    members.insert(to.to_owned(), value);
}

/// `snake_case` names as `camelCase`, but for names that are the user's own and those inside
/// `audioTransport`, which are snake_case on the wire.
fn camel(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let kept = matches!(
                    name.as_str(),
                    "headers" | "audio_transport" | "audioTransport"
                );
                (
                    camel_name(name),
                    if kept { value.clone() } else { camel(value) },
                )
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(camel).collect(),
        other => other.clone(),
    }
}

fn camel_name(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &initial.into_iter().chain(letters).collect::<String>()
    })
}
