//! The control API, as a test in any language uses it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod common;

use common::{Api, SECOND};
use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::{
    SessionId,
    models::StreamClassList,
    models::{BroadcastOutputs, Hls},
    operations::{SetStreamClassLists, SignalSession, StartArchive, StartBroadcast},
};

async fn ok(api: &Api, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = api.control(method, path, body).await;
    assert!(status.is_success(), "{method} {path}: {status} {answer}");
    answer
}

async fn refuse(api: &Api, method: &str, path: &str, body: Value, expected: u16) -> String {
    let (status, answer) = api.control(method, path, body).await;
    assert_eq!(status.as_u16(), expected, "{method} {path}: {answer}");
    answer["message"].as_str().unwrap().to_owned()
}

fn clients(session: &SessionId) -> String {
    format!("sessions/{session}/clients")
}

#[tokio::test]
async fn a_room_is_filled_and_emptied() {
    let api = Api::vonage();
    let session = api.routed().await;
    let path = clients(&session);
    let joined = ok(
        &api,
        "POST",
        &path,
        json!({
            "token": api.token(&session, Role::Publisher),
            "publish": [{ "name": "desk", "videoType": "camera" }, { "name": "slides", "videoType": "screen" }],
        }),
    )
    .await;
    let id = joined["connectionId"].as_str().unwrap();
    assert_eq!(joined["streams"].as_array().unwrap().len(), 2);
    let stream = joined["streams"][1]["id"].as_str().unwrap();

    let me = format!("{path}/{id}");
    let third = ok(
        &api,
        "POST",
        &format!("{me}/streams"),
        json!({ "hasVideo": false }),
    )
    .await;
    assert!(third["id"].is_string());
    ok(
        &api,
        "PATCH",
        &format!("{me}/streams/{stream}"),
        json!({ "name": "agenda" }),
    )
    .await;
    ok(
        &api,
        "POST",
        &format!("{me}/signal"),
        json!({ "type": "chat", "data": "hi" }),
    )
    .await;
    api.send(SignalSession::new(&session, "from the server"))
        .await
        .unwrap();
    let inbox = ok(&api, "GET", &format!("{me}/inbox"), Value::Null).await;
    assert_eq!(
        inbox["items"],
        json!([
            { "notice": "signal", "from": id, "type": "chat", "data": "hi" },
            { "notice": "signal", "from": null, "type": null, "data": "from the server" },
        ])
    );
    let shown = ok(&api, "GET", &me, Value::Null).await;
    let names: Vec<_> = shown["streams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["desk", "agenda", ""]);
    assert_eq!(shown["streams"][2]["videoType"], Value::Null);
    ok(
        &api,
        "DELETE",
        &format!("{me}/streams/{stream}?reason=mediaStopped"),
        Value::Null,
    )
    .await;
    ok(
        &api,
        "DELETE",
        &format!("{me}?reason=networkDisconnected"),
        Value::Null,
    )
    .await;
    let shown = ok(&api, "GET", &me, Value::Null).await;
    assert_eq!(shown["connected"], false);
    let inbox = ok(&api, "GET", &format!("{me}/inbox"), Value::Null).await;
    let last = inbox["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        last,
        json!({ "notice": "disconnected", "reason": "networkDisconnected" })
    );
}

#[tokio::test]
async fn who_may_not_join_is_told_why() {
    let api = Api::opentok();
    let session = api.routed().await;
    let other = api.routed().await;
    let path = clients(&session);
    let token = |token: &str| json!({ "token": token });
    let message = refuse(&api, "POST", &path, token("nonsense"), 403).await;
    assert!(message.contains("no token"), "{message}");
    let message = refuse(
        &api,
        "POST",
        &path,
        token(&api.token(&other, Role::Publisher)),
        403,
    )
    .await;
    assert!(message.contains("another session"), "{message}");
    let expired = api
        .credentials
        .token(&session)
        .sign_at(common::begin() - 25 * common::HOUR)
        .unwrap();
    let message = refuse(&api, "POST", &path, token(&expired), 403).await;
    assert!(message.contains("expired"), "{message}");
    let foreign = api.emulator.vonage().unwrap().credentials().unwrap();
    let foreign = foreign
        .token(&session)
        .allow_foreign_session()
        .sign_at(common::begin())
        .unwrap();
    refuse(&api, "POST", &path, token(&foreign), 403).await;
    refuse(&api, "POST", "sessions/nowhere/clients", token("x"), 404).await;
    refuse(&api, "POST", &path, json!({}), 400).await;
    refuse(&api, "POST", &path, json!({ "token": 5 }), 400).await;

    let subscriber = api.token(&session, Role::Subscriber);
    let publish = json!({ "token": subscriber, "publish": [{}] });
    let message = refuse(&api, "POST", &path, publish, 403).await;
    assert!(message.contains("subscriber"), "{message}");
    assert_eq!(
        ok(&api, "GET", &path, Value::Null).await["count"],
        0,
        "it did not join by halves"
    );
    let joined = ok(&api, "POST", &path, token(&subscriber)).await;
    let me = format!("{path}/{}", joined["connectionId"].as_str().unwrap());
    refuse(
        &api,
        "POST",
        &format!("{me}/signal"),
        json!({ "data": "x" }),
        403,
    )
    .await;
    refuse(
        &api,
        "POST",
        &format!("{me}/moderate"),
        json!({ "mute": "x" }),
        403,
    )
    .await;
    refuse(&api, "DELETE", &format!("{me}/streams/x"), Value::Null, 404).await;
    refuse(
        &api,
        "DELETE",
        &format!("{me}?reason=boredom"),
        Value::Null,
        400,
    )
    .await;
}

#[tokio::test]
async fn moderators_moderate() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let moderator = api.join(&session, Role::Moderator);
    let me = format!("{}/{}", clients(&session), moderator.id());
    let stream = client.streams().remove(0).id;
    ok(
        &api,
        "POST",
        &format!("{me}/moderate"),
        json!({ "mute": stream }),
    )
    .await;
    assert!(client.is_muted(&stream));
    ok(
        &api,
        "POST",
        &format!("{me}/moderate"),
        json!({ "unpublish": stream }),
    )
    .await;
    assert!(client.streams().is_empty());
    ok(
        &api,
        "POST",
        &format!("{me}/moderate"),
        json!({ "disconnect": client.id() }),
    )
    .await;
    assert!(!client.is_connected());
    refuse(
        &api,
        "POST",
        &format!("{me}/moderate"),
        json!({ "disconnect": client.id() }),
        404,
    )
    .await;
}

#[tokio::test]
async fn time_is_steered() {
    let api = Api::vonage();
    let before = ok(&api, "GET", "clock", Value::Null).await;
    assert_eq!(before["running"], false);
    let after = ok(&api, "POST", "clock/advance", json!({ "seconds": 90.5 })).await;
    let leap = after["now"].as_u64().unwrap() - before["now"].as_u64().unwrap();
    assert_eq!(leap, 90_500);
    let set = ok(
        &api,
        "PUT",
        "clock",
        json!({ "running": true, "skewSeconds": 30 }),
    )
    .await;
    assert_eq!(
        (&set["running"], &set["skewSeconds"]),
        (&json!(true), &json!(30))
    );
    for seconds in [json!(-1), json!("soon"), json!(1e30), Value::Null] {
        refuse(
            &api,
            "POST",
            "clock/advance",
            json!({ "seconds": seconds }),
            400,
        )
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
    let all = ok(&api, "GET", "requests", Value::Null).await;
    let operations: Vec<_> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["operation"].clone())
        .collect();
    assert_eq!(operations, ["create_session", "signal_session"]);
    let signals = ok(
        &api,
        "GET",
        "requests?operation=signal_session",
        Value::Null,
    )
    .await;
    let signal = &signals["items"][0];
    assert_eq!(signal["status"], 204);
    assert_eq!(signal["body"], r#"{"data":"secret words"}"#);
    assert_eq!(signal["headers"]["authorization"], "(hidden)");
    let later = format!("requests?after={}", signal["number"]);
    assert_eq!(ok(&api, "GET", &later, Value::Null).await["count"], 0);
    let debug = format!("{:?}", api.emulator.requests());
    assert!(!debug.contains("secret words"), "{debug}");
    ok(&api, "DELETE", "requests", Value::Null).await;
    assert_eq!(ok(&api, "GET", "requests", Value::Null).await["count"], 0);
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
    let state = ok(&api, "GET", "state", Value::Null).await;
    assert_eq!(state["sessions"]["items"][0]["streams"], 1);
    assert_eq!(state["archives"]["items"][0]["id"], archive.as_str());
    let shown = ok(&api, "GET", &format!("sessions/{session}"), Value::Null).await;
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
        let picture = ok(&api, "GET", &format!("{kind}/{id}/layout"), Value::Null).await;
        assert_eq!(picture["boxes"][0]["streamId"], stream.as_str());
        assert_eq!(picture["boxes"][0]["width"], 640);
    }
    let scene = json!({ "type": "pip", "streams": [{ "id": "a", "videoType": "camera" }] });
    assert_eq!(ok(&api, "POST", "layout", scene).await["type"], "pip");
    refuse(&api, "POST", "layout", json!({ "streams": 1 }), 400).await;
}

#[tokio::test]
async fn faults_and_webhooks_are_set() {
    let api = Api::vonage();
    let fault = json!({ "on": "create_session", "times": 1, "do": "status", "status": 503, "retryAfter": 2 });
    ok(&api, "POST", "faults", fault).await;
    assert_eq!(
        ok(&api, "GET", "faults", Value::Null).await["faults"][0]["status"],
        503
    );
    common::refused(
        api.send(vonage_video_core::operations::CreateSession::new())
            .await,
        503,
    );
    refuse(&api, "POST", "faults", json!({ "do": "explode" }), 400).await;
    refuse(
        &api,
        "POST",
        "faults",
        json!({ "do": "garble", "chance": 2 }),
        400,
    )
    .await;
    ok(&api, "DELETE", "faults", Value::Null).await;

    let target = json!({ "url": "http://127.0.0.1:1/", "secret": "s", "events": ["archive"] });
    ok(&api, "PUT", "webhooks", json!({ "targets": [target] })).await;
    let (session, _client) = api.busy().await;
    api.send(StartArchive::new(&session)).await.unwrap();
    let deliveries = ok(&api, "GET", "webhooks/deliveries", Value::Null).await;
    let delivery = &deliveries["items"][0];
    assert_eq!(delivery["event"], "archive");
    assert_eq!(delivery["body"]["status"], "started");
    assert_eq!(delivery["arrived"], false);
    ok(
        &api,
        "POST",
        &format!("webhooks/deliveries/{}/repeat", delivery["number"]),
        Value::Null,
    )
    .await;
    let deliveries = ok(&api, "GET", "webhooks/deliveries", Value::Null).await;
    assert_eq!(
        deliveries["items"][0]["attempts"].as_array().unwrap().len(),
        2
    );
    refuse(
        &api,
        "POST",
        "webhooks/deliveries/99/repeat",
        Value::Null,
        404,
    )
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
        ));
    ok(
        &api,
        "POST",
        &format!("sessions/{session}/rotation"),
        json!({ "rotation": "announce" }),
    )
    .await;
    assert!(client.is_connected());
    ok(
        &api,
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
        refuse(&api, "GET", path, Value::Null, 404).await;
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
    let document = ok(&api, "GET", "openapi.json", Value::Null).await;
    assert_eq!(document["servers"][0]["url"], api.emulator.url());
    assert!(document["paths"].as_object().unwrap().len() > 20);
}
