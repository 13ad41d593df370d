//! Presence as it is stored and shown.

use vonage_video_core::{Presence, Timestamp, WebhookEvent, models::Connection};

use crate::presence::{SESSION, START, archive, at, fold, joins, publishes, secs};

#[test]
fn a_state_is_stored_with_a_version_and_a_newer_one_is_refused() {
    let mut presence = fold(&[
        joins("a", 0),
        publishes("a", "s", 1),
        archive("x", "started", 2),
    ]);
    presence.apply(
        &WebhookEvent::connection_destroyed(SESSION, "b", Timestamp::from_millis(START)),
        at(3),
    );
    presence.reconcile([], &[Connection::new("c")], at(4));
    let text = serde_json::to_string(&presence).unwrap();
    assert!(text.starts_with(r#"{"version":1,"#), "{text}");
    assert_eq!(serde_json::from_str::<Presence>(&text).unwrap(), presence);

    let newer = text.replacen(r#""version":1"#, r#""version":2"#, 1);
    let error = serde_json::from_str::<Presence>(&newer)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("version 2") && error.contains("upgrade this instance"),
        "{error}"
    );
    assert!(serde_json::from_str::<Presence>(&text.replacen(r#""version":1,"#, "", 1)).is_err());
    // As the first version wrote it, this stays readable.
    let first = r#"{"version":1,"sessionId":"session","tombstoneAge":90000000,
        "connections":{"a":{"created":5,"heard":6,"data":"d","left":{"at":9,"reason":"clientDisconnected"},"seen":6}},
        "streams":{"s":{"connection":"a","created":7,"heard":7,"name":"n","videoType":"camera","missed":8}},
        "activities":{"archive":{"x":{"latest":{"phase":"kept","at":9,"status":"available"},"started":1,"ended":8,"seconds":3}}},
        "starts":[5],"ends":{"9":"serverRotation"},"rotationNotice":4,"horizon":0,"pastPeak":[2,-6]}"#;
    let first: Presence = serde_json::from_str(first).unwrap();
    let a = first.participant(&"a".into()).unwrap();
    assert_eq!(
        (a.joined_at().as_millis(), a.left_at().unwrap().as_millis()),
        (5, 9)
    );
    assert_eq!(first.usage(at(0)).archived, secs(3));
    assert_eq!(first.peak().unwrap().participants, 2);
}

#[test]
fn token_data_and_stream_names_are_not_shown() {
    let mut event = joins("a", 0);
    if let WebhookEvent::ConnectionCreated(event) = &mut event {
        event.connection.data = Some("Jane Doe".to_owned());
    }
    let presence = fold(&[event]);
    let shown = format!("{presence:?} {:?}", presence.participants().next().unwrap());
    assert!(!shown.contains("Jane"), "{shown}");
}
