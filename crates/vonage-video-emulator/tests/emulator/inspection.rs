//! What the control API tells about sessions, requests and deliveries: searched, paged, in order,
//! and pushed.

use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::operations::{CreateSession, ListArchives, StartArchive, StopArchive};
use vonage_video_emulator::{Fault, Publish};

use crate::{
    common::{Api, refused},
    events::Reader,
};

/// Names that are hostile to code that writes them somewhere.
const HOSTILE: &str = "<img src=x onerror=alert(1)>\u{202e}\u{0}\"'";

#[tokio::test]
async fn sessions_are_searched_over_all_of_them_and_paged() {
    let api = Api::vonage();
    let mut sessions = Vec::new();
    for _ in 0..250 {
        sessions.push(api.routed().await);
    }
    let client = api.join(&sessions[3], Role::Publisher);
    client.publish(Publish::camera(HOSTILE)).unwrap();
    let page = api
        .ok("GET", "sessions?offset=200&count=100", Value::Null)
        .await;
    assert_eq!(
        (&page["count"], &page["matching"]),
        (&json!(250), &json!(250))
    );
    assert_eq!(page["items"].as_array().unwrap().len(), 50);

    let short = |session: &Value| session["shortName"].as_str().unwrap().to_owned();
    let all = api.ok("GET", "sessions?count=1000", Value::Null).await;
    let mut names: Vec<String> = all["items"].as_array().unwrap().iter().map(short).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 250, "each has a name of its own");

    for text in [
        "onerror%3D",
        "ONERROR%3D",
        "name%3DTester",
        client.id().as_str(),
    ] {
        let found = api
            .ok("GET", &format!("sessions?q={text}"), Value::Null)
            .await;
        assert_eq!(
            (&found["count"], &found["matching"]),
            (&json!(250), &json!(1)),
            "{text}"
        );
        assert_eq!(found["items"][0]["sessionId"], json!(sessions[3]), "{text}");
    }
    let ids = format!("sessions?ids={},{},unknown", sessions[1], sessions[2]);
    let some = api.ok("GET", &ids, Value::Null).await;
    assert_eq!(some["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_crowd_is_shown_in_part() {
    let api = Api::opentok();
    let session = api.routed().await;
    for _ in 0..30 {
        let client = api.join(&session, Role::Publisher);
        client.publish(Publish::camera("crowd")).unwrap();
    }
    api.join(&session, Role::Publisher)
        .publish(Publish::screen("slides"))
        .unwrap();
    let path = format!("sessions/{session}");
    let some = api
        .ok("GET", &format!("{path}?clients=5"), Value::Null)
        .await;
    assert_eq!(some["clients"], 31);
    assert_eq!(some["connections"].as_array().unwrap().len(), 5);
    assert_eq!(some["streams"].as_array().unwrap().len(), 5);
    let found = api
        .ok("GET", &format!("{path}?clients=5&q=SLIDES"), Value::Null)
        .await;
    assert_eq!(found["connections"].as_array().unwrap().len(), 1);
    assert_eq!(found["streams"][0]["name"], "slides");
}

#[tokio::test]
async fn requests_are_filtered_and_paged_from_the_latest() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap();
    for _ in 0..5 {
        api.send(ListArchives::new()).await.unwrap();
    }
    refused(
        api.send(StopArchive::new("7a6b9b45-8b77-4c2c-9b0d-000000000000"))
            .await,
        404,
    );
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    let numbers = async |query: &str| {
        let page = api
            .ok("GET", &format!("requests?summary=true{query}"), Value::Null)
            .await;
        let items = page["items"].as_array().unwrap().clone();
        assert!(items.iter().all(|item| item.get("body").is_none()));
        items
            .iter()
            .map(|it| it["number"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers("&latest=2").await, [8, 9]);
    assert_eq!(numbers("&latest=3&before=8").await, [5, 6, 7]);
    assert_eq!(numbers("&refused=true").await, [8]);
    assert_eq!(numbers("&changing=true").await, [1, 2, 8, 9]);
    assert_eq!(numbers("&operation=start_archive").await, [2]);
    assert_eq!(numbers("&text=STOP_archive").await, [8, 9]);
    let of_session = numbers(&format!("&session={session}")).await;
    assert_eq!(of_session, [1, 2, 9], "created, named, and by its archive");
    let newest = api
        .ok(
            "GET",
            "requests?newest=true&offset=1&count=2&changing=true",
            Value::Null,
        )
        .await;
    assert_eq!(newest["matching"], 4);
    assert_eq!(newest["items"][0]["number"], 8);
    assert_eq!(newest["items"][1]["number"], 2);
    assert_eq!(numbers("&ids=3,8,99").await, [3, 8]);
    let one = api.ok("GET", "requests/2", Value::Null).await;
    assert_eq!(one["operation"], "start_archive");
    assert!(one["responseHeaders"]["x-request-id"].is_string(), "{one}");
    let message = api.refuse("GET", "requests/99", Value::Null, 404).await;
    assert_eq!(message, "there is no such request");
}

#[tokio::test]
async fn a_search_does_not_find_the_parts_of_a_secret() {
    let api = Api::opentok();
    let session = api.routed().await;
    let token = api.token(&session, Role::Moderator);
    let body = json!({ "sessionId": session, "token": token }).to_string();
    api.raw("POST", "/v2/project/{project}/captions", &body)
        .await;
    let found = async |text: &str| {
        let page = api
            .ok("GET", &format!("requests?text={text}"), Value::Null)
            .await;
        page["count"].as_u64().unwrap()
    };
    assert_eq!(found(session.as_str()).await, 2, "what is shown is found");
    assert_eq!(found(&token[60..90]).await, 0);
}

#[tokio::test]
async fn faults_have_numbers_and_say_what_they_met() {
    let api = Api::vonage();
    api.emulator
        .fault(Fault::status(503).on("list_archives"))
        .unwrap();
    api.emulator
        .fault(Fault::garble().on("get_archive"))
        .unwrap();
    refused(api.send(ListArchives::new()).await, 503);
    let shown = api.ok("GET", "faults", Value::Null).await;
    assert_eq!(shown["faults"][0]["number"], 1);
    assert_eq!(shown["faults"][0]["fired"], 1);
    assert_eq!(shown["faults"][0]["do"], "status");
    assert_eq!(shown["faults"][0]["words"], "respond with a status, 503");
    let request = api.ok("GET", "requests/1", Value::Null).await;
    assert_eq!(request["faults"], json!([1]));
    let left = api.ok("DELETE", "faults/1", Value::Null).await;
    assert_eq!(left["faults"][0]["number"], 2);
    api.send(ListArchives::new()).await.unwrap();
    api.refuse("DELETE", "faults/1", Value::Null, 404).await;
}

#[tokio::test]
async fn a_timeline_has_everything_of_one_session_in_one_order() {
    let api = Api::vonage();
    api.ok(
        "PUT",
        "webhooks",
        json!({ "targets": [{ "url": "http://127.0.0.1:1/hook" }] }),
    )
    .await;
    let (session, client) = api.busy().await;
    let (other, _stranger) = api.busy().await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap();
    client.signal(None, Some("chat"), HOSTILE).unwrap();
    api.ok("POST", "clock/advance", json!({ "seconds": 60 }))
        .await;
    api.send(StopArchive::new(&archive.id)).await.unwrap();

    let path = format!("sessions/{session}/timeline");
    let timeline = api.ok("GET", &path, Value::Null).await;
    let items = timeline["items"].as_array().unwrap();
    let at = |kind: &str, pointer: &str, value: &str| {
        items
            .iter()
            .position(|it| it["kind"] == kind && it["data"].pointer(pointer) == Some(&value.into()))
            .unwrap_or_else(|| panic!("{kind} {value}: {timeline}"))
    };
    let order = [
        at("request", "/operation", "create_session"),
        at("event", "/event", "connectionCreated"),
        at("event", "/event", "streamCreated"),
        at("request", "/operation", "start_archive"),
        at("notice", "/data", HOSTILE),
        at("request", "/operation", "stop_archive"),
    ];
    assert!(order.is_sorted(), "{order:?} in {timeline}");
    assert!(
        items
            .iter()
            .any(|it| it["kind"] == "clock" && it["data"]["leaptMs"] == 60_000)
    );
    assert!(items.iter().any(|it| it["kind"] == "delivery"));
    let times: Vec<u64> = items.iter().map(|it| it["at"].as_u64().unwrap()).collect();
    assert!(times.is_sorted());
    assert!(!timeline.to_string().contains(other.as_str()));
    let third = items[2]["entry"].as_u64().unwrap();
    let later = api
        .ok("GET", &format!("{path}?after={third}"), Value::Null)
        .await;
    assert_eq!(later["items"].as_array().unwrap()[..], items[3..]);
    let last = api.ok("GET", &format!("{path}?count=3"), Value::Null).await;
    assert_eq!(
        last["items"].as_array().unwrap()[..],
        items[items.len() - 3..]
    );
    api.refuse("GET", "sessions/nowhere/timeline", Value::Null, 404)
        .await;
}

#[tokio::test]
async fn what_changes_around_sessions_is_pushed_too() {
    let api = Api::opentok();
    let mut reader = Reader::open(&api.emulator, "", None).await;
    let session = api.routed().await;
    let created = reader.named("session").await;
    assert_eq!(created["sessionId"], json!(session));
    let request = reader.named("request").await;
    assert_eq!(request["operation"], "create_session");
    assert_eq!(request["session"], json!(session));
    assert_eq!(request["status"], 200);
    api.ok(
        "POST",
        "faults",
        json!({ "do": "status", "status": 500, "times": 1 }),
    )
    .await;
    assert_eq!(reader.named("faults").await["faults"][0]["fired"], 0);
    refused(api.send(CreateSession::new()).await, 500);
    assert_eq!(reader.named("request").await["faults"], json!([1]));
    assert_eq!(
        reader.named("faults").await["faults"],
        json!([]),
        "it is used up"
    );
    api.ok(
        "POST",
        "webhooks",
        json!({ "url": "http://127.0.0.1:1/hook" }),
    )
    .await;
    assert_eq!(reader.named("targets").await["count"], 1);
    let _client = api.join(&session, Role::Publisher);
    assert_eq!(reader.named("delivery").await["tries"], 0, "it is queued");
    api.emulator.settle().await;
    while reader.named("delivery").await["tries"] == 0 {}
    api.ok("PUT", "clock", json!({ "skewSeconds": 90 })).await;
    assert_eq!(reader.named("clock").await["skewSeconds"], 90);
    api.ok("POST", "clock/advance", json!({ "seconds": 10 }))
        .await;
    assert_eq!(reader.named("clock").await["leaptMs"], 10_000);
    api.ok("DELETE", "requests", Value::Null).await;
    reader.named("forgotten").await;
}

#[tokio::test]
async fn deliveries_are_filtered_and_a_target_is_removed() {
    let api = Api::vonage();
    let target = |path: &str| json!({ "url": format!("http://127.0.0.1:1/{path}"), "events": ["connectionCreated"] });
    api.ok(
        "PUT",
        "webhooks",
        json!({ "targets": [target("one"), target("two")] }),
    )
    .await;
    let (session, other) = (api.routed().await, api.routed().await);
    let _clients = (
        api.join(&session, Role::Publisher),
        api.join(&other, Role::Publisher),
    );
    let list = async |query: &str| {
        let page = api
            .ok("GET", &format!("webhooks/deliveries?{query}"), Value::Null)
            .await;
        page["items"].as_array().unwrap().clone()
    };
    assert_eq!(list("").await.len(), 4);
    let of_session = list(&format!("session={session}&summary=true&failed=true")).await;
    assert_eq!(of_session.len(), 2);
    assert!(of_session[0].get("body").is_none());
    assert!(of_session[0]["latest"]["outcome"]["failed"].is_string());
    assert_eq!(list("latest=1&before=4").await[0]["number"], 3);
    let one = api.ok("GET", "webhooks/deliveries/2", Value::Null).await;
    assert_eq!(one["attempts"].as_array().unwrap().len(), 1);
    api.refuse("GET", "webhooks/deliveries/99", Value::Null, 404)
        .await;
    let url = "webhooks?url=http%3A%2F%2F127.0.0.1%3A1%2Fone";
    let left = api.ok("DELETE", url, Value::Null).await;
    assert_eq!(left["targets"].as_array().unwrap().len(), 1);
    api.refuse("DELETE", url, Value::Null, 404).await;
}
