//! A page whose socket is lost resumes with another one, or is disconnected.

use serde_json::json;
use vonage_video_auth::Role;

use super::{Page, listening};
use crate::common::SECOND;

#[tokio::test]
async fn a_page_resumes_and_is_told_what_it_missed() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let stream = page.publish("desk").await;
    page.cut(&api, &session).await;
    for number in 0..3 {
        let signal = json!({ "do": "signal", "data": number.to_string() });
        witness.ask(signal).await.unwrap();
    }
    api.pass(9 * SECOND).await;
    let mut page = Page::resumed(&api, &page).await;
    for number in 0..3 {
        assert_eq!(page.until("signal").await["data"], number.to_string());
    }
    let change = json!({ "do": "change", "streamId": stream, "change": { "hasAudio": false } });
    page.ask(change).await.unwrap();
    // Nobody saw it go, and no clock is running against it any more.
    api.pass(60 * SECOND).await;
    page.ask(json!({ "do": "signal", "data": "still here" }))
        .await
        .unwrap();
    loop {
        let event = witness.event().await.unwrap();
        assert_ne!(event["notice"], "connectionDestroyed");
        if event["data"] == "still here" {
            break;
        }
    }
}

#[tokio::test]
async fn a_page_that_does_not_come_back_in_time_is_disconnected() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    page.publish("desk").await;
    page.cut(&api, &session).await;
    api.pass(10 * SECOND).await;
    let ended = witness.until("streamDestroyed").await;
    assert_eq!(ended["reason"], "networkDisconnected");
    let gone = witness.until("connectionDestroyed").await;
    assert_eq!(gone["reason"], "networkDisconnected");
    // When it comes back at last, it learns what happened to it.
    let mut page = Page::resumed(&api, &page).await;
    assert_eq!(
        page.until("disconnected").await["reason"],
        "networkDisconnected"
    );
    assert_eq!(page.closed().await, Some(1000));
}

#[tokio::test]
async fn a_page_disconnected_meanwhile_is_told_so() {
    let api = listening().await;
    let session = api.routed().await;
    let mut moderator = Page::join(&api, &session, Role::Moderator).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    page.cut(&api, &session).await;
    let out = json!({ "do": "moderate", "action": { "disconnect": page.id } });
    moderator.ask(out).await.unwrap();
    let mut page = Page::resumed(&api, &page).await;
    assert_eq!(
        page.until("disconnected").await["reason"],
        "forceDisconnected"
    );
}

#[tokio::test]
async fn a_request_without_a_response_is_not_performed_twice() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let fault = vonage_video_emulator::Fault::reset_after()
        .on("publish")
        .times(1);
    api.emulator.fault(fault).unwrap();
    let number = page.send(json!({ "do": "publish", "name": "once" })).await;
    assert_eq!(
        page.read().await,
        None,
        "the response is lost with the socket"
    );
    let mut page = Page::resumed(&api, &page).await;
    let again = json!({ "id": number, "do": "publish", "name": "once" });
    page.write(tokio_tungstenite::tungstenite::Message::text(
        again.to_string(),
    ))
    .await;
    let created = page.until("streamCreated").await;
    let response = loop {
        let message = page.read().await.unwrap();
        if message["re"] == number {
            break message;
        }
    };
    assert_eq!(response["ok"]["streamId"], created["streamId"]);
    let seen = api
        .ok("GET", &format!("sessions/{session}"), json!(null))
        .await;
    assert_eq!(seen["streams"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn only_who_knows_the_secret_resumes() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let mut other = Page::join(&api, &session, Role::Publisher).await;
    for (change, value) in [
        ("secret", json!("")),
        ("secret", json!(other.secret)),
        ("connectionId", json!(other.id)),
        ("connectionId", json!("nobody")),
        ("after", json!(u64::MAX)),
    ] {
        let mut thief = Page::open(&api).await;
        let mut request = page.resumption();
        request[change] = value;
        assert_eq!(
            thief.ask(request).await,
            Err("notResumed".to_owned()),
            "{change}"
        );
        assert_eq!(thief.closed().await, Some(1008));
    }
    for page in [&mut page, &mut other] {
        page.ask(json!({ "do": "signal" })).await.unwrap();
    }
}

#[tokio::test]
async fn another_socket_takes_the_place_of_one_that_seems_open() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let old = Page::join(&api, &session, Role::Publisher).await;
    let mut page = Page::resumed(&api, &old).await;
    assert_eq!(old.closed().await, Some(1008));
    page.ask(json!({ "do": "signal", "data": "here" }))
        .await
        .unwrap();
    loop {
        let event = witness.event().await.unwrap();
        assert_ne!(event["notice"], "connectionDestroyed");
        if event["data"] == "here" {
            break;
        }
    }
}
