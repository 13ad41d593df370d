//! Every documented callback, signed as the service signs, becomes its event; and everything else
//! does not get through.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use serde_json::{Map, Value, json};
use vonage_video::{
    WebhookEvent,
    webhook::{ReceiveError, WebhookError, WebhookSigner, WebhookVerifier, receive_at},
};

const EXAMPLES: &str = include_str!("../../fixtures/webhooks.json");
const SECRET: &str = "the secret of this callback";

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_727_870_434)
}

fn signed(body: &[u8]) -> HeaderMap {
    let header = WebhookSigner::new(SECRET)
        .unwrap()
        .header(body, now(), [7; 16]);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::try_from(header).unwrap());
    headers
}

fn receive(body: &[u8]) -> Result<WebhookEvent, ReceiveError> {
    let verifier = WebhookVerifier::new(SECRET).unwrap();
    receive_at(&verifier, &signed(body), body, now()).map(|verified| verified.event)
}

#[test]
fn every_documented_callback_becomes_its_event_and_goes_back_unchanged() {
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap();
    assert_eq!(examples.len(), 27);
    for (name, payload) in examples {
        let event = receive(payload.to_string().as_bytes()).unwrap();
        let expected = name.split('.').next().unwrap();
        assert_eq!(event.kind(), expected, "{name}: {event:?}");
        assert!(!matches!(event, WebhookEvent::Unknown(_)), "{name}");

        let queued = serde_json::to_string(&event).unwrap();
        assert_eq!(
            serde_json::from_str::<WebhookEvent>(&queued).unwrap(),
            event,
            "{name}"
        );
        let written: Value = serde_json::from_str(&queued).unwrap();
        lost(&payload, &written, &name);
    }
}

/// Fails when a member that was there is not there any more, but for nulls; times may have become
/// milliseconds.
fn lost(before: &Value, after: &Value, path: &str) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before.iter().filter(|(_, value)| !value.is_null()) {
                let path = format!("{path}.{name}");
                lost(
                    value,
                    after.get(name).unwrap_or_else(|| panic!("{path} is lost")),
                    &path,
                );
            }
        }
        (Value::Number(seconds), Value::Number(millis)) if seconds != millis => {
            assert_eq!(
                seconds.as_u64().unwrap() * 1000,
                millis.as_u64().unwrap(),
                "{path}"
            );
        }
        (Value::Array(before), Value::Array(after)) => {
            assert_eq!(before.len(), after.len(), "{path}");
            before
                .iter()
                .zip(after)
                .for_each(|(before, after)| lost(before, after, path));
        }
        _ => assert_eq!(before, after, "{path}"),
    }
}

#[test]
fn what_nobody_has_heard_of_is_unknown_and_kept() {
    for body in [
        json!({"event": "hologramStarted", "x": [1, null]}),
        json!({}),
        json!([1]),
        json!("text"),
        json!(null),
        json!({"event": 7}),
    ] {
        let event = receive(body.to_string().as_bytes()).unwrap();
        assert_eq!(event, WebhookEvent::Unknown(body.clone()));
        assert_eq!(serde_json::to_value(&event).unwrap(), body);
    }
    // A known name with a body of another shape is kept too.
    let odd = json!({"event": "archive", "id": {"not": "text"}});
    assert_eq!(
        receive(odd.to_string().as_bytes()).unwrap(),
        WebhookEvent::Unknown(odd)
    );
}

#[test]
fn a_body_that_is_no_json_or_too_deep_is_refused_without_a_crash() {
    assert!(matches!(receive(b"<xml/>"), Err(ReceiveError::NotJson(_))));
    assert!(matches!(receive(b""), Err(ReceiveError::NotJson(_))));
    let nested = vec![b'['; 10 * 1024 * 1024];
    assert!(matches!(receive(&nested), Err(ReceiveError::NotJson(_))));
    let wide = format!("[{}1]", "[],".repeat(3 * 1024 * 1024));
    assert!(matches!(
        receive(wide.as_bytes()),
        Ok(WebhookEvent::Unknown(_))
    ));
}

#[test]
fn a_changed_body_and_a_missing_or_foreign_signature_do_not_get_through() {
    let verifier = WebhookVerifier::new(SECRET).unwrap();
    let body = br#"{"event":"archive","id":"a","status":"available"}"#;
    let spaced = br#"{"event": "archive","id":"a","status":"available"}"#;
    let refused =
        |headers: &HeaderMap, body: &[u8]| match receive_at(&verifier, headers, body, now()) {
            Err(ReceiveError::Refused(reason)) => reason,
            other => panic!("{other:?}"),
        };
    assert_eq!(refused(&signed(body), spaced), WebhookError::BodyMismatch);
    assert_eq!(
        refused(&HeaderMap::new(), body),
        WebhookError::MissingHeader
    );
    let mut binary = HeaderMap::new();
    binary.insert(
        AUTHORIZATION,
        HeaderValue::from_bytes(b"Bearer \xff").unwrap(),
    );
    assert_eq!(refused(&binary, body), WebhookError::NotBearer);
    let other = WebhookVerifier::new("another secret").unwrap();
    let error = receive_at(&other, &signed(body), body, now()).unwrap_err();
    assert_eq!(
        (error.status(), error),
        (401, ReceiveError::Refused(WebhookError::BadSignature))
    );
}
