//! Faults of pages: requests refused, delayed and lost, and sockets cut.

use std::time::Duration;

use serde_json::json;
use vonage_video_auth::Role;
use vonage_video_emulator::{Emulator, Fault};

use super::{Page, listening};

#[tokio::test]
async fn connecting_publishing_and_subscribing_fail_on_request() {
    let api = listening().await;
    let (session, client) = api.busy().await;
    let token = api.token(&session, Role::Publisher);
    let connect = json!({ "do": "connect", "sessionId": session, "token": token });
    api.emulator
        .fault(Fault::status(503).on("connect").times(1))
        .unwrap();
    let mut page = Page::open(&api).await;
    assert_eq!(page.ask(connect).await, Err("fault".to_owned()));

    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let subscribe = json!({ "do": "subscribe", "streamId": client.streams()[0].id });
    for (name, request) in [
        ("publish", json!({ "do": "publish" })),
        ("subscribe", subscribe),
    ] {
        api.emulator
            .fault(Fault::status(500).on(name).times(1))
            .unwrap();
        page.ask(json!({ "do": "signal" })).await.unwrap();
        assert_eq!(
            page.ask(request.clone()).await,
            Err("fault".to_owned()),
            "{name}"
        );
        let slow = Fault::delay(Duration::from_millis(1)).on(name).times(1);
        api.emulator.fault(slow).unwrap();
        page.ask(request).await.unwrap();
    }
    let seen = api
        .ok("GET", &format!("sessions/{session}"), json!(null))
        .await;
    assert_eq!(
        seen["streams"].as_array().unwrap().len(),
        2,
        "the refused one is not there"
    );
}

#[tokio::test]
async fn sockets_are_cut_as_often_as_asked_for() {
    let api = listening().await;
    let session = api.routed().await;
    let mut first = Page::join(&api, &session, Role::Publisher).await;
    let mut second = Page::join(&api, &session, Role::Publisher).await;
    api.emulator.fault(Fault::cut().times(1)).unwrap();
    // One of them loses its socket at once, whichever it is.
    let first_lives = tokio::select! {
        () = async { while second.read().await.is_some() {} } => true,
        () = async { while first.read().await.is_some() {} } => false,
    };
    let (mut alive, lost) = if first_lives {
        (first, second)
    } else {
        (second, first)
    };
    alive.ask(json!({ "do": "signal" })).await.unwrap();
    let mut lost = Page::resumed(&api, &lost).await;
    lost.ask(json!({ "do": "signal" })).await.unwrap();

    // Until it is lifted, the network stays down.
    api.emulator.fault(Fault::cut()).unwrap();
    for page in [&mut alive, &mut lost] {
        while page.read().await.is_some() {}
    }
    let (_, head) = super::shake(&api, &super::handshake("")).await;
    assert_eq!(head, "", "not even a response");
    api.emulator.clear_faults();
    let mut alive = Page::resumed(&api, &alive).await;
    alive.ask(json!({ "do": "signal" })).await.unwrap();
}

#[tokio::test]
async fn faults_that_no_page_can_meet_are_refused() {
    let api = listening().await;
    for fault in [
        Fault::garble().on("publish"),
        Fault::truncate().on("connect"),
        Fault::ignore_offset().on("subscribe"),
    ] {
        assert!(api.emulator.fault(fault.clone()).is_err(), "{fault:?}");
    }
    let in_memory = Emulator::builder().in_memory().unwrap();
    for fault in [Fault::cut(), Fault::status(503).on("connect")] {
        assert!(in_memory.fault(fault.clone()).is_err(), "{fault:?}");
    }
    // Faults without a name are for the API.
    api.emulator.fault(Fault::status(503)).unwrap();
    let session = api
        .ok(
            "POST",
            "sessions",
            json!({ "project": api.credentials.project() }),
        )
        .await;
    let session = session["sessionId"].as_str().unwrap().into();
    Page::join(&api, &session, Role::Publisher)
        .await
        .publish("desk")
        .await;
}
