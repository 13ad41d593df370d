//! The events that pages receive, from whom, and in which order.

use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::operations::{
    ForceDisconnect, MuteAll, MuteStream, SignalConnection, SignalSession, StartArchive,
    StartCaptions,
};

use super::{Page, listening};

#[tokio::test]
async fn a_response_stands_between_the_events_before_and_after_it() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let other = api.join(&session, Role::Publisher);
    for number in 0..20 {
        other
            .signal(None, None, format!("before {number}"))
            .unwrap();
        let publish = page.send(json!({ "do": "publish" })).await;
        for expected in ["signal", "answer", "streamCreated"] {
            let mut message = page.read().await.unwrap();
            if message["notice"] == "connectionCreated" {
                message = page.read().await.unwrap();
            }
            if message["re"] == publish {
                assert_eq!(expected, "answer");
                let end = json!({ "do": "unpublish", "streamId": message["ok"]["streamId"] });
                page.send(end).await;
                continue;
            }
            assert_eq!(message["notice"], expected);
        }
        page.until("streamDestroyed").await;
    }
}

#[tokio::test]
async fn signals_reach_whom_they_are_for() {
    let api = listening().await;
    let session = api.routed().await;
    let mut alice = Page::join(&api, &session, Role::Publisher).await;
    let mut bob = Page::join(&api, &session, Role::Publisher).await;
    let chat = json!({ "do": "signal", "type": "chat", "data": "hello" });
    alice.ask(chat).await.unwrap();
    for page in [&mut alice, &mut bob] {
        page.last = 0;
    }
    let id = alice.id.clone();
    for page in [&mut alice, &mut bob] {
        let signal = page.until("signal").await;
        assert_eq!(
            (&signal["from"], &signal["type"], &signal["data"]),
            (&json!(id), &json!("chat"), &json!("hello"))
        );
    }
    alice
        .ask(json!({ "do": "signal", "data": "for bob", "to": bob.id }))
        .await
        .unwrap();
    let signal = bob.until("signal").await;
    assert_eq!(
        (&signal["data"], &signal["type"]),
        (&json!("for bob"), &Value::Null)
    );
    api.send(SignalConnection::new(&session, bob.id.as_str(), "server"))
        .await
        .unwrap();
    assert_eq!(bob.until("signal").await["from"], Value::Null);
    api.send(SignalSession::new(&session, "all")).await.unwrap();
    assert_eq!(
        alice.until("signal").await["data"],
        "all",
        "what was for Bob did not come"
    );

    for (signal, what) in [
        (
            json!({ "do": "signal", "data": "x".repeat(8 * 1024 + 1) }),
            "signalTooLong",
        ),
        (
            json!({ "do": "signal", "type": "x".repeat(129) }),
            "signalType",
        ),
        (
            json!({ "do": "signal", "type": "with blanks" }),
            "signalType",
        ),
        (json!({ "do": "signal", "to": "nobody" }), "noSuchClient"),
    ] {
        assert_eq!(alice.ask(signal).await, Err(what.to_owned()));
    }
    let longest = json!({ "do": "signal", "type": "a-b_c~".repeat(21), "data": "x".repeat(8192) });
    alice.ask(longest).await.unwrap();
}

#[tokio::test]
async fn what_rest_does_reaches_pages() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let mut other = Page::join(&api, &session, Role::Publisher).await;
    let stream = page.publish("desk").await;
    other.publish("to be recorded").await;

    api.send(MuteStream::new(&session, stream.as_str()))
        .await
        .unwrap();
    assert_eq!(page.until("muted").await["streamId"], json!(stream));
    let changed = other.until("streamPropertyChanged").await;
    assert_eq!(
        (&changed["property"], &changed["value"]),
        (&json!("hasAudio"), &json!(false))
    );
    api.send(MuteAll::new(&session)).await.unwrap();
    assert_eq!(other.until("forceMute").await["active"], true);
    other.until("muted").await;

    let archive = api
        .send(StartArchive::new(&session).name("Weekly"))
        .await
        .unwrap();
    let started = other.until("archiveStarted").await;
    assert_eq!(
        (&started["archiveId"], &started["name"]),
        (&json!(archive.id), &json!("Weekly"))
    );
    api.send(archive.stop()).await.unwrap();
    other.until("archiveStopped").await;

    // The page that is thrown out receives an event before its socket closes; others see its stream
    // end first.
    api.send(ForceDisconnect::new(&session, page.id.as_str()))
        .await
        .unwrap();
    assert_eq!(
        page.until("disconnected").await["reason"],
        "forceDisconnected"
    );
    assert_eq!(page.closed().await, Some(1000));
    assert_eq!(
        other.until("streamDestroyed").await["reason"],
        "forceDisconnected"
    );
    let gone = other.until("connectionDestroyed").await;
    assert_eq!(gone["reason"], "forceDisconnected");
}

#[tokio::test]
async fn moderators_disconnect_unpublish_and_mute() {
    let api = listening().await;
    let session = api.routed().await;
    let mut moderator = Page::join(&api, &session, Role::Moderator).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let (first, second) = (page.publish("one").await, page.publish("two").await);
    let end = json!({ "do": "moderate", "action": { "unpublish": first } });
    moderator.ask(end).await.unwrap();
    assert_eq!(page.until("unpublished").await["streamId"], json!(first));
    assert_eq!(
        page.until("streamDestroyed").await["reason"],
        "forceUnpublished"
    );
    moderator
        .ask(json!({ "do": "forceMute", "except": [second] }))
        .await
        .unwrap();
    assert_eq!(page.until("forceMute").await["active"], true);
    let third = page.publish("three").await;
    assert_eq!(
        page.until("muted").await["streamId"],
        json!(third),
        "later streams begin muted"
    );
    moderator
        .ask(json!({ "do": "forceMute", "except": null }))
        .await
        .unwrap();
    assert_eq!(page.until("forceMute").await["active"], false);
    let out = json!({ "do": "moderate", "action": { "disconnect": page.id } });
    moderator.ask(out).await.unwrap();
    assert_eq!(
        page.until("disconnected").await["reason"],
        "forceDisconnected"
    );
    for unknown in [
        json!({ "do": "moderate", "action": { "disconnect": "nobody" } }),
        json!({ "do": "moderate", "action": { "mute": "nothing" } }),
    ] {
        assert!(
            moderator
                .ask(unknown)
                .await
                .unwrap_err()
                .starts_with("noSuch")
        );
    }
}

#[tokio::test]
async fn a_rotation_keeps_pages_that_migrate() {
    let api = listening().await;
    let session = api.routed().await;
    let mut stays = Page::open(&api).await;
    let token = api.token(&session, Role::Publisher);
    let connect = json!({ "do": "connect", "sessionId": session, "token": token,
                          "sessionMigration": true });
    stays.ask(connect).await.unwrap();
    let mut goes = Page::join(&api, &session, Role::Publisher).await;
    api.emulator.rotate(session.clone()).unwrap();
    stays.until("sessionReconnecting").await;
    stays.until("sessionReconnected").await;
    assert_eq!(
        goes.until("disconnected").await["reason"],
        "forceDisconnected"
    );
    stays.ask(json!({ "do": "signal" })).await.unwrap();
}

#[tokio::test]
async fn captions_are_told_where_the_publisher_lets_them_be() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Moderator).await;
    let token = api.token(&session, Role::Moderator);
    let stream = page
        .ask(json!({ "do": "publish", "hasCaptions": false }))
        .await
        .unwrap()["streamId"]
        .clone();
    let caption = json!({ "streamId": stream, "caption": "hello", "isFinal": true });
    let path = format!("sessions/{session}/captions");
    api.refuse("POST", &path, caption.clone(), 409).await;
    api.send(StartCaptions::new(&session, token)).await.unwrap();
    api.refuse("POST", &path, caption.clone(), 409).await;
    page.ask(json!({ "do": "change", "streamId": stream, "change": { "hasCaptions": true } }))
        .await
        .unwrap();
    api.ok("POST", &path, caption).await;
    let told = page.until("captionReceived").await;
    assert_eq!(
        (&told["caption"], &told["isFinal"]),
        (&json!("hello"), &json!(true))
    );
}
