//! The control API: a test in any language controls time, faults and webhooks, and reads what
//! happened.

use crate::common::{Api, SECOND};
use serde_json::{Value, json};
use vonage_video_core::{
    models::{BroadcastOutputs, Hls, StreamClassList},
    operations::{SetStreamClassLists, SignalSession, StartArchive, StartBroadcast},
};

#[tokio::test]
async fn time_is_steered() {
    let api = Api::vonage();
    let before = api.ok("GET", "clock", Value::Null).await;
    assert_eq!(before["running"], false);
    let after = api
        .ok("POST", "clock/advance", json!({ "seconds": 90.5 }))
        .await;
    let leap = after["now"].as_u64().unwrap() - before["now"].as_u64().unwrap();
    assert_eq!(leap, 90_500);
    let set = api
        .ok(
            "PUT",
            "clock",
            json!({ "running": true, "skewSeconds": 30 }),
        )
        .await;
    assert_eq!(
        (&set["running"], &set["skewSeconds"]),
        (&json!(true), &json!(30))
    );
    for seconds in [
        json!(-1),
        json!("soon"),
        json!(1e30),
        json!(3.2e7),
        Value::Null,
    ] {
        api.refuse("POST", "clock/advance", json!({ "seconds": seconds }), 400)
            .await;
    }
}

#[tokio::test]
async fn what_happened_can_be_asked_for() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    api.send(SignalSession::new(&session, "secret words"))
        .await
        .unwrap();
    let all = api.ok("GET", "requests", Value::Null).await;
    let operations: Vec<_> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["operation"].clone())
        .collect();
    assert_eq!(operations, ["create_session", "signal_session"]);
    let signals = api
        .ok("GET", "requests?operation=signal_session", Value::Null)
        .await;
    let signal = &signals["items"][0];
    assert_eq!(signal["status"], 204);
    assert_eq!(signal["body"], r#"{"data":"secret words"}"#);
    assert_eq!(signal["headers"]["authorization"], "(hidden)");
    let later = format!("requests?after={}", signal["number"]);
    assert_eq!(api.ok("GET", &later, Value::Null).await["count"], 0);
    let debug = format!("{:?}", api.emulator.requests());
    assert!(!debug.contains("secret words"), "{debug}");
    api.ok("DELETE", "requests", Value::Null).await;
    assert_eq!(api.ok("GET", "requests", Value::Null).await["count"], 0);
}

#[tokio::test]
async fn the_state_and_layouts_are_shown() {
    let api = Api::opentok();
    let (session, client) = api.busy().await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap().id;
    let outputs = BroadcastOutputs::new().hls(Hls::new());
    let broadcast = api
        .send(StartBroadcast::new(&session, outputs))
        .await
        .unwrap()
        .id;
    let state = api.ok("GET", "state", Value::Null).await;
    assert_eq!(state["sessions"]["items"][0]["streams"], 1);
    assert_eq!(state["archives"]["items"][0]["id"], archive.as_str());
    let shown = api
        .ok("GET", &format!("sessions/{session}"), Value::Null)
        .await;
    assert_eq!(shown["connections"][0]["kind"], "client");
    assert_eq!(shown["archives"][0], archive.as_str());

    let stream = client.streams().remove(0).id;
    let classes = [StreamClassList::new(&stream, ["focus"])];
    api.send(SetStreamClassLists::new(&session, classes))
        .await
        .unwrap();
    for id in [archive.as_str(), broadcast.as_str()] {
        let kind = if id == archive.as_str() {
            "archives"
        } else {
            "broadcasts"
        };
        let picture = api
            .ok("GET", &format!("{kind}/{id}/layout"), Value::Null)
            .await;
        assert_eq!(picture["boxes"][0]["streamId"], stream.as_str());
        assert_eq!(picture["boxes"][0]["width"], 640);
    }
    let scene = json!({ "type": "pip", "streams": [{ "id": "a", "videoType": "camera" }] });
    assert_eq!(api.ok("POST", "layout", scene).await["type"], "pip");
    let scene = json!({
        "type": "custom", "resolution": "1280x720",
        "stylesheet": ".small { position: absolute; right: 0; width: 25%; height: 10% }",
        "streams": [
            { "id": "a", "videoType": "camera" },
            { "id": "b", "videoType": "camera", "layoutClassList": ["small"] },
        ],
    });
    let picture = api.ok("POST", "layout", scene).await;
    assert_eq!(picture["type"], "custom");
    let boxes = picture["boxes"].as_array().unwrap();
    let [tile] = &boxes[..] else {
        panic!("one of both has an area: {picture}");
    };
    let place = ["x", "y", "width", "height"].map(|name| tile[name].as_u64().unwrap());
    assert_eq!(
        (tile["streamId"].as_str(), place),
        (Some("b"), [960, 0, 320, 72])
    );
    assert_eq!(picture["hidden"], json!(["a"]));
    api.refuse("POST", "layout", json!({ "streams": 1 }), 400)
        .await;
}

#[tokio::test]
async fn faults_and_webhooks_are_set() {
    let api = Api::vonage();
    let fault = json!({ "on": "create_session", "times": 1, "do": "status", "status": 503, "retryAfter": 2 });
    api.ok("POST", "faults", fault).await;
    assert_eq!(
        api.ok("GET", "faults", Value::Null).await["faults"][0]["status"],
        503
    );
    crate::common::refused(
        api.send(vonage_video_core::operations::CreateSession::new())
            .await,
        503,
    );
    api.refuse("POST", "faults", json!({ "do": "explode" }), 400)
        .await;
    api.refuse(
        "POST",
        "faults",
        json!({ "do": "garble", "chance": 2 }),
        400,
    )
    .await;
    api.ok("DELETE", "faults", Value::Null).await;

    let target = json!({ "url": "http://127.0.0.1:1/", "secret": "s", "events": ["archive"] });
    api.ok("PUT", "webhooks", json!({ "targets": [target] }))
        .await;
    let (session, _client) = api.busy().await;
    api.send(StartArchive::new(&session)).await.unwrap();
    let deliveries = api.ok("GET", "webhooks/deliveries", Value::Null).await;
    let delivery = &deliveries["items"][0];
    assert_eq!(delivery["event"], "archive");
    assert_eq!(delivery["body"]["status"], "started");
    assert_eq!(delivery["arrived"], false);
    api.ok(
        "POST",
        &format!("webhooks/deliveries/{}/repeat", delivery["number"]),
        Value::Null,
    )
    .await;
    let deliveries = api.ok("GET", "webhooks/deliveries", Value::Null).await;
    assert_eq!(
        deliveries["items"][0]["attempts"].as_array().unwrap().len(),
        2
    );
    api.refuse("POST", "webhooks/deliveries/99/repeat", Value::Null, 404)
        .await;
}

#[tokio::test]
async fn a_session_is_moved_to_another_server() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap().id;
    api.emulator
        .add_webhook(vonage_video_emulator::WebhookTarget::new(
            "http://127.0.0.1:1/",
        ))
        .unwrap();
    api.ok(
        "POST",
        &format!("sessions/{session}/rotation"),
        json!({ "rotation": "announce" }),
    )
    .await;
    assert!(client.is_connected());
    api.ok(
        "POST",
        &format!("sessions/{session}/rotation"),
        json!({ "rotation": "happen" }),
    )
    .await;
    assert!(!client.is_connected());
    api.pass(SECOND).await;
    let archive = api.archive(&archive).await;
    assert_eq!(archive.status.as_str(), "failed");
    let events: Vec<_> = api
        .emulator
        .deliveries()
        .iter()
        .map(|it| (it.event.clone(), it.json()["reason"].clone()))
        .collect();
    assert_eq!(
        events[0],
        ("sessionNotification".to_owned(), json!("serverRotation"))
    );
    assert!(
        events.contains(&("sessionDestroyed".to_owned(), json!("serverRotation"))),
        "{events:?}"
    );
}

#[tokio::test]
async fn strangers_and_nonsense_are_refused() {
    let api = Api::vonage();
    for path in [
        "",
        "nothing",
        "sessions/a/b/c/d/e",
        "clock/rewind",
        "archives/x/layout",
        "%ff%fe",
        "sessions/%2e%2e",
    ] {
        api.refuse("GET", path, Value::Null, 404).await;
    }
    let request = |origin: &str| {
        http::Request::builder()
            .uri("/_emulator/state")
            .header("origin", origin)
            .body(bytes::Bytes::new())
            .unwrap()
    };
    let foreign = api
        .emulator
        .handle(request("https://evil.example"))
        .await
        .unwrap();
    assert_eq!(foreign.status(), 403, "another page may not steer it");
    let own = api
        .emulator
        .handle(request(api.emulator.url()))
        .await
        .unwrap();
    assert_eq!(own.status(), 200);
    let document = api.ok("GET", "openapi.json", Value::Null).await;
    assert_eq!(document["servers"][0]["url"], api.emulator.url());
    assert!(document["paths"].as_object().unwrap().len() > 20);
}
