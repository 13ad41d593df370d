//! Each limit of the contract at, below and above its bound, and the words of its error.

mod combinations;
mod values;

use serde_json::{Value, json};
use vonage_video_core::{
    Invalid, Operation, encode,
    operations::{Visitor, visit},
};

/// Reads a request, validates it, and sees that what is wrong is not sent.
struct Validate(Value);

impl Visitor for Validate {
    type Output = Result<(), Invalid>;

    fn visit<O: Operation>(self) -> Self::Output {
        let request: O = serde_json::from_value(self.0).unwrap();
        let checked = request.validate();
        assert_eq!(encode(&request, "123").map(|_| ()), checked);
        checked
    }
}

/// The complaint about a request, `None` where it may be sent. `members` come to the least that the
/// operation takes.
fn complaint(operation: &str, members: &Value) -> Option<String> {
    let mut request = least(operation);
    for (name, value) in members.as_object().unwrap() {
        request[name] = value.clone();
    }
    let checked = visit(operation, Validate(request)).unwrap();
    checked.err().map(|invalid| invalid.to_string())
}

/// How a message names a field: as Rust does, with the API's spelling behind it where it differs.
fn both(wire: &str) -> String {
    let mut rust = String::new();
    for c in wire.chars() {
        if c.is_ascii_uppercase() {
            rust.push('_');
        }
        rust.push(c.to_ascii_lowercase());
    }
    if rust == wire {
        rust
    } else {
        format!("{rust} ({wire})")
    }
}

fn least(operation: &str) -> Value {
    match operation {
        "create_session" | "list_archives" | "list_broadcasts" | "list_renders" => json!({}),
        "get_archive" => json!({ "archiveId": "a" }),
        "start_archive" | "mute_all" => json!({ "sessionId": "s" }),
        "add_archive_stream" => json!({ "archiveId": "a", "addStream": "t" }),
        "add_broadcast_stream" => json!({ "broadcastId": "b", "addStream": "t" }),
        "set_archive_layout" => json!({ "archiveId": "a", "type": "pip" }),
        "start_broadcast" => json!({ "sessionId": "s", "outputs": { "hls": {} } }),
        "signal_session" => json!({ "sessionId": "s", "data": "" }),
        "signal_connection" => json!({ "sessionId": "s", "connectionId": "c", "data": "" }),
        "start_captions" => json!({ "sessionId": "s", "token": "t" }),
        "start_render" => json!({ "sessionId": "s", "token": "t", "url": url(99) }),
        "play_dtmf_session" => json!({ "sessionId": "s", "digits": "1" }),
        "play_dtmf_connection" => json!({ "sessionId": "s", "connectionId": "c", "digits": "1" }),
        "dial" => json!({ "sessionId": "s", "token": "t", "sip": { "uri": "sip:a@b" } }),
        "connect_websocket" => {
            json!({ "sessionId": "s", "token": "t", "websocket": { "uri": "wss://h" } })
        }
        "register_callback" => json!({ "group": "g", "event": "e", "url": url(99) }),
        "set_archive_storage" => json!({ "type": "s3", "config": { "bucket": "b" } }),
        _ => json!(null),
    }
}

#[track_caller]
fn passes(operation: &str, members: &Value) {
    let complaint = complaint(operation, members);
    assert_eq!(complaint, None, "{operation}: {members}");
}

#[track_caller]
fn fails(operation: &str, members: &Value, expected: &str) {
    let complaint = complaint(operation, members);
    assert_eq!(
        complaint.as_deref(),
        Some(expected),
        "{operation}: {members}"
    );
}

/// An absolute URL of a length.
fn url(length: usize) -> String {
    format!(
        "{:x<length$}",
        "https://h.example/".get(..length.min(18)).unwrap()
    )
}
