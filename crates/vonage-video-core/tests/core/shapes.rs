//! Webhook bodies without the member `event`, and objects where lists should be.

use serde_json::{Value, json};
use vonage_video_core::{
    WebhookEvent,
    models::{Archive, Broadcast, StreamClassList},
    operations::SetStreamClassLists,
};

fn kind(body: Value) -> String {
    WebhookEvent::from(body).kind().to_owned()
}

/// A body is never read as another kind of event: that would lose what its own kind has.
#[test]
fn a_body_without_its_event_is_recognized_by_its_members() {
    let common = |more: Value| {
        let mut body = json!({ "id": "b40ef09b", "sessionId": "2_MX4", "createdAt": 1 });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    let archive = [
        // The webhook reference of OpenTok.
        json!({ "status": "available", "name": "x", "reason": "", "projectId": 10_000_001,
                "size": 247_748_791, "duration": 328, "outputMode": "composed", "hasAudio": true,
                "hasVideo": true, "sha256sum": "", "password": "", "updatedAt": 2 }),
        json!({ "status": "started", "hasAudio": true }),
        json!({ "status": "failed", "size": 0 }),
        json!({ "status": "stopped", "outputMode": "individual" }),
        json!({ "status": "paused", "partnerId": 1, "sha256sum": null }),
        json!({ "status": "available", "name": "x", "url": "https://s3.example.com/archive.mp4" }),
        json!({ "status": "uploaded", "resolution": "640x480" }),
    ];
    for more in archive {
        assert_eq!(kind(common(more.clone())), "archive", "{more}");
    }
    let broadcast = [
        json!({ "status": "started", "broadcastUrls": { "hls": "https://h" }, "resolution": "640x480" }),
        json!({ "status": "stopped", "broadcastUrls": null, "hasAudio": true, "hasVideo": true }),
        json!({ "status": "started", "maxDuration": 14400, "streamMode": "auto" }),
        json!({ "status": "started", "settings": {} }),
    ];
    for more in broadcast {
        assert_eq!(kind(common(more.clone())), "broadcast", "{more}");
    }
    let render = [
        json!({ "status": "started", "streamId": "e32445b7" }),
        json!({ "status": "failed", "reason": "Could not load URL" }),
        json!({ "status": "starting", "url": "https://example.com", "resolution": "1280x720" }),
        json!({ "status": "stopped" }),
    ];
    for more in render {
        assert_eq!(kind(common(more.clone())), "render", "{more}");
    }
    assert_eq!(
        kind(json!({ "captionId": "c", "status": "started" })),
        "captions"
    );

    // Members of two kinds at once, or nothing that tells several kinds apart.
    for more in [
        json!({ "status": "started", "streamId": "s", "size": 1 }),
        json!({ "status": "available", "broadcastUrls": {}, "sha256sum": "" }),
        json!({ "status": "new" }),
        json!({}),
    ] {
        let event = WebhookEvent::from(common(more.clone()));
        assert!(
            matches!(event, WebhookEvent::Unknown(_)),
            "{more}: {event:?}"
        );
    }
    // A name that is there decides, also when it is not known.
    let named = common(json!({ "status": "started", "streamId": "s", "event": "other" }));
    assert_eq!(kind(named), "other");
    let nameless = common(json!({ "status": "started", "streamId": "s", "event": null }));
    assert!(matches!(
        WebhookEvent::from(nameless),
        WebhookEvent::Unknown(_)
    ));
}

#[test]
fn an_event_shows_its_variant_and_no_secret() {
    let event = WebhookEvent::from(json!({ "event": "archive", "id": "a1", "name": "geheim" }));
    let shown = format!("{event:?}");
    assert!(shown.starts_with("Archive(Archive {"), "{shown}");
    assert!(shown.contains("a1") && !shown.contains("geheim"), "{shown}");
    let unknown = format!("{:?}", WebhookEvent::from(json!({ "x": "geheim" })));
    assert!(
        unknown.starts_with("Unknown") && !unknown.contains("geheim"),
        "{unknown}"
    );
}

/// The name of a target in an object is its id, as its start gave it.
#[test]
fn a_target_in_an_object_has_its_name_as_its_id() {
    let read = |rtmp: Value| {
        let body = json!({ "id": "b", "broadcastUrls": { "rtmp": rtmp } });
        let broadcast: Broadcast = serde_json::from_value(body).unwrap();
        let targets = broadcast.urls.unwrap().rtmp;
        targets
            .into_iter()
            .map(|target| (target.id, target.server_url))
            .collect::<Vec<_>>()
    };
    let named = |id: Option<&str>, url: &str| (id.map(str::to_owned), url.to_owned());
    assert_eq!(
        read(json!({
            "foo": { "serverUrl": "rtmps://a", "status": "live" },
            "bar": { "id": "own", "serverUrl": "rtmps://b" },
            "gone": null,
        })),
        [
            named(Some("own"), "rtmps://b"),
            named(Some("foo"), "rtmps://a")
        ]
    );
    assert_eq!(
        read(json!([{ "serverUrl": "rtmps://a" }, { "id": "x", "serverUrl": "rtmps://b" }])),
        [named(None, "rtmps://a"), named(Some("x"), "rtmps://b")]
    );
    assert_eq!(read(Value::Null), []);
}

/// What the service writes as null when it is unset is written so, everywhere.
#[test]
fn nulls_are_written_where_the_service_writes_them() {
    let written = serde_json::to_value(Archive::new("a")).unwrap();
    assert_eq!(written.get("url"), Some(&Value::Null));
    assert_eq!(written.get("name"), None);
    let written = serde_json::to_value(Broadcast::new("b")).unwrap();
    assert_eq!(written.get("broadcastUrls"), Some(&Value::Null));
}

#[test]
fn an_empty_list_of_streams_needs_no_type() {
    let none = SetStreamClassLists::new("s", []);
    assert_eq!(none.items, Vec::<StreamClassList>::new());
}
