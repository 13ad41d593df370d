//! The control API, as a test in any language fills a room with it.

use crate::common::Api;
use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::{SessionId, operations::SignalSession};

fn clients(session: &SessionId) -> String {
    format!("sessions/{session}/clients")
}

#[tokio::test]
async fn a_room_is_filled_and_emptied() {
    let api = Api::vonage();
    let session = api.routed().await;
    let path = clients(&session);
    let joined = api.ok("POST",
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
    let third = api
        .ok(
            "POST",
            &format!("{me}/streams"),
            json!({ "hasVideo": false }),
        )
        .await;
    assert!(third["id"].is_string());
    api.ok(
        "PATCH",
        &format!("{me}/streams/{stream}"),
        json!({ "name": "agenda" }),
    )
    .await;
    api.ok(
        "POST",
        &format!("{me}/signal"),
        json!({ "type": "chat", "data": "hi" }),
    )
    .await;
    api.send(SignalSession::new(&session, "from the server"))
        .await
        .unwrap();
    let inbox = api.ok("GET", &format!("{me}/inbox"), Value::Null).await;
    assert_eq!(
        inbox["items"],
        json!([
            { "notice": "signal", "from": id, "type": "chat", "data": "hi" },
            { "notice": "signal", "from": null, "type": null, "data": "from the server" },
        ])
    );
    let shown = api.ok("GET", &me, Value::Null).await;
    let names: Vec<_> = shown["streams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["desk", "agenda", ""]);
    assert_eq!(shown["streams"][2]["videoType"], Value::Null);
    api.ok(
        "DELETE",
        &format!("{me}/streams/{stream}?reason=mediaStopped"),
        Value::Null,
    )
    .await;
    api.ok(
        "DELETE",
        &format!("{me}?reason=networkDisconnected"),
        Value::Null,
    )
    .await;
    let shown = api.ok("GET", &me, Value::Null).await;
    assert_eq!(shown["connected"], false);
    let inbox = api.ok("GET", &format!("{me}/inbox"), Value::Null).await;
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
    let message = api.refuse("POST", &path, token("nonsense"), 403).await;
    assert!(message.contains("not a token"), "{message}");
    let message = api
        .refuse(
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
        .sign_at(crate::common::begin() - 25 * crate::common::HOUR)
        .unwrap();
    let message = api.refuse("POST", &path, token(&expired), 403).await;
    assert!(message.contains("expired"), "{message}");
    let foreign = api.emulator.vonage().unwrap().credentials().unwrap();
    let foreign = foreign
        .token(&session)
        .allow_foreign_session()
        .sign_at(crate::common::begin())
        .unwrap();
    api.refuse("POST", &path, token(&foreign), 403).await;
    api.refuse("POST", "sessions/nowhere/clients", token("x"), 404)
        .await;
    api.refuse("POST", &path, json!({}), 400).await;
    api.refuse("POST", &path, json!({ "token": 5 }), 400).await;

    let subscriber = api.token(&session, Role::Subscriber);
    let publish = json!({ "token": subscriber, "publish": [{}] });
    let message = api.refuse("POST", &path, publish, 403).await;
    assert!(message.contains("subscriber"), "{message}");
    assert_eq!(
        api.ok("GET", &path, Value::Null).await["count"],
        0,
        "it did not join by halves"
    );
    let joined = api.ok("POST", &path, token(&subscriber)).await;
    let me = format!("{path}/{}", joined["connectionId"].as_str().unwrap());
    api.refuse("POST", &format!("{me}/signal"), json!({ "data": "x" }), 403)
        .await;
    api.refuse(
        "POST",
        &format!("{me}/moderate"),
        json!({ "mute": "x" }),
        403,
    )
    .await;
    api.refuse("DELETE", &format!("{me}/streams/x"), Value::Null, 404)
        .await;
    api.refuse("DELETE", &format!("{me}?reason=boredom"), Value::Null, 400)
        .await;
}

#[tokio::test]
async fn moderators_moderate() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let moderator = api.join(&session, Role::Moderator);
    let me = format!("{}/{}", clients(&session), moderator.id());
    let stream = client.streams().remove(0).id;
    api.ok("POST", &format!("{me}/moderate"), json!({ "mute": stream }))
        .await;
    assert!(client.is_muted(&stream));
    api.ok(
        "POST",
        &format!("{me}/moderate"),
        json!({ "unpublish": stream }),
    )
    .await;
    assert!(client.streams().is_empty());
    api.ok(
        "POST",
        &format!("{me}/moderate"),
        json!({ "disconnect": client.id() }),
    )
    .await;
    assert!(!client.is_connected());
    api.refuse(
        "POST",
        &format!("{me}/moderate"),
        json!({ "disconnect": client.id() }),
        404,
    )
    .await;
}

#[tokio::test]
async fn the_description_of_the_control_api_names_calls_that_exist() {
    let api = Api::vonage();
    let document = api.ok("GET", "control/openapi.json", Value::Null).await;
    assert_eq!(document["info"]["version"], "1.0.0");
    let mut calls = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/_emulator/").unwrap();
        let path = path.replace("{number}", "1").replace(['{', '}'], "");
        for method in methods
            .as_object()
            .unwrap()
            .keys()
            .filter(|_| path != "events")
        {
            let (_, body) = api
                .control(&method.to_uppercase(), &path, Value::Null)
                .await;
            let missing = body["message"] == "there is no such control call";
            assert!(!missing, "{method} {path}: {body}");
            calls += 1;
        }
    }
    assert!(calls > 30, "{calls}");
}
