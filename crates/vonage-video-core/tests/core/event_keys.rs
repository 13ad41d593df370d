//! What keys of webhook events tell apart, and what they do not.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use vonage_video_core::{Timestamp, WebhookEvent};

const EXAMPLES: &str = include_str!("../../../../tests/fixtures/webhooks.json");

fn examples() -> Map<String, Value> {
    serde_json::from_str(EXAMPLES).unwrap()
}

fn event(body: &Value) -> WebhookEvent {
    serde_json::from_value(body.clone()).unwrap()
}

fn key(body: &Value) -> String {
    event(body).key().as_str().to_owned()
}

#[test]
fn every_documented_event_has_a_key_of_its_own_that_names_its_session() {
    let mut keys = std::collections::BTreeMap::new();
    for (name, body) in examples() {
        let key = event(&body).key();
        assert_eq!(
            key.session_id().unwrap(),
            body["sessionId"].as_str().unwrap()
        );
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.~=%/".contains(c);
        assert!(key.as_str().chars().all(allowed), "{key}");
        if let Some(other) = keys.insert(key, name.clone()) {
            panic!("{name} and {other} have one key");
        }
    }
}

#[test]
fn the_text_of_a_key_is_stable() {
    let examples = examples();
    let session = examples["archive.paused"]["sessionId"].as_str().unwrap();
    let id = examples["archive.paused"]["id"].as_str().unwrap();
    assert_eq!(
        key(&examples["archive.paused"]),
        format!("archive/{session}/{id}/paused//0/0/")
    );
    assert_eq!(
        key(
            &json!({"event": "connectionCreated", "sessionId": "s/1", "timestamp": 1728036420309u64,
            "connection": {"id": "c"}})
        ),
        "connectionCreated/s%2F1/c/1728036420309/"
    );
}

#[test]
fn an_archive_that_pauses_twice_has_two_keys() {
    let paused = |changed: u64| {
        key(
            &json!({"event": "archive", "id": "a", "sessionId": "s", "status": "paused", "updatedAt": changed}),
        )
    };
    assert_ne!(paused(1_728_036_500_000), paused(1_728_036_900_000));
}

#[test]
fn links_names_and_data_do_not_identify_an_event() {
    for (name, member, changed) in [
        (
            "archive.available",
            "url",
            json!("https://elsewhere.example.com/signed?again"),
        ),
        ("archive.available", "name", json!("Bar")),
        ("archive.available", "partnerId", json!("123456")),
        ("archive.started", "createdAt", json!(1)),
        ("archive.started", "streams", json!([])),
        (
            "connectionCreated",
            "somethingNew",
            json!({"of": "tomorrow"}),
        ),
        ("render.started", "event", json!("render")),
    ] {
        let before = examples()[name].clone();
        let mut after = before.clone();
        after[member] = changed;
        assert_eq!(key(&before), key(&after), "{name}.{member}");
    }
}

#[test]
fn the_fields_that_the_page_names_do() {
    for (name, pointer, changed) in [
        ("sessionCreated", "/timestamp", json!(1728036420101u64)),
        ("sessionCreated", "/sessionId", json!("another")),
        ("sessionDestroyed", "/reason", json!("forceDisconnected")),
        ("connectionCreated", "/connection/id", json!("another")),
        ("connectionDestroyed", "/timestamp", json!(1728036420311u64)),
        ("streamDestroyed", "/stream/id", json!("another")),
        ("streamDestroyed", "/reason", json!("mediaStopped")),
        ("callUpdated", "/state", json!("ACTIVE")),
        ("callDestroyed", "/reason_code", json!("486")),
        ("archive.stopped", "/status", json!("failed")),
        ("archive.stopped", "/duration", json!(7)),
        ("archive.uploaded", "/size", json!(7)),
        ("archive.failed", "/reason", json!("other")),
        ("broadcast.started", "/updatedAt", json!(1728039371512u64)),
        (
            "broadcast.started",
            "/broadcastUrls/hlsStatus",
            json!("live"),
        ),
        (
            "broadcast.started",
            "/broadcastUrls/rtmp/0/status",
            json!("offline"),
        ),
        ("render.stopped", "/reason", json!("Stop Requested")),
        ("captions.started", "/updatedAt", json!(1728036801)),
    ] {
        let before = examples()[name].clone();
        let mut after = before.clone();
        *after.pointer_mut(pointer).unwrap() = changed;
        assert_ne!(key(&before), key(&after), "{name}{pointer}");
    }
}

#[test]
fn an_unknown_event_is_its_body_whatever_the_order_of_its_members() {
    let one = r#"{"event":"hologramStarted","sessionId":"s","at":{"x":1,"y":[1,2]}}"#;
    let other = r#"{"at":{"y":[1,2],"x":1},"sessionId":"s","event":"hologramStarted"}"#;
    let third = r#"{"event":"hologramStarted","sessionId":"s","at":{"x":1,"y":[12]}}"#;
    let key = |text: &str| serde_json::from_str::<WebhookEvent>(text).unwrap().key();
    assert_eq!(key(one), key(other));
    assert_ne!(key(one), key(third));
    assert_eq!(key(one).session_id().unwrap(), "s");
    assert!(key(one).as_str().starts_with("hologramStarted/sha256="));
    for body in ["{}", "[]", "null", "7", r#""text""#] {
        assert!(key(body).as_str().starts_with("/sha256="), "{body}");
    }
}

#[test]
fn events_without_a_subject_are_told_apart_by_their_bodies() {
    let nobody =
        json!({"event": "connectionCreated", "sessionId": "s", "timestamp": 1728036420309u64});
    let mut other = nobody.clone();
    other["projectId"] = json!("p");
    assert_ne!(key(&nobody), key(&other));
}

#[test]
fn a_key_is_short_whatever_the_service_writes() {
    let long = "x/".repeat(100_000);
    let body = json!({"event": long, "sessionId": long});
    assert!(key(&body).len() < 1_000);
    let body =
        json!({"event": "archive", "id": long, "sessionId": long, "status": long, "reason": long});
    assert!(key(&body).len() < 1_000);
}

#[test]
fn constructed_events_read_back_as_themselves() {
    let at = Timestamp::from_millis(1_728_036_420_309);
    for event in [
        WebhookEvent::session_created("s", at),
        WebhookEvent::session_destroyed("s", at),
        WebhookEvent::session_notification("s", at),
        WebhookEvent::connection_created("s", "c", at),
        WebhookEvent::connection_destroyed("s", "c", at),
        WebhookEvent::stream_created("s", "x", "c", at),
        WebhookEvent::stream_destroyed("s", "x", "c", at),
        WebhookEvent::call_created("s", "k", "c", at),
        WebhookEvent::call_destroyed("s", "k", "c", at),
    ] {
        let written = serde_json::to_value(&event).unwrap();
        let read: WebhookEvent = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(read, event, "{written}");
        assert_eq!(read.key(), event.key());
        assert_eq!(read.happened_at(), Some(at));
    }
}

fn any_part() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-c/%|]{0,3}",
        "\\PC{0,6}",
        Just("y".repeat(200))
    ]
}

proptest! {
    /// Parts cannot run into each other: two events whose fields differ have different keys.
    #[test]
    fn two_connections_share_a_key_only_if_they_are_one(
        one in (any_part(), any_part(), any::<u64>()),
        other in (any_part(), any_part(), any::<u64>()),
    ) {
        let body = |(session, id, at): &(String, String, u64)| {
            WebhookEvent::connection_created(session.as_str(), id.as_str(), Timestamp::from_millis(*at)).key()
        };
        prop_assert_eq!(body(&one) == body(&other), one == other);
    }
}
