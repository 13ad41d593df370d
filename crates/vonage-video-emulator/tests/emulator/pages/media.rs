//! Offers and candidates go between the two ends of a peer connection, and to nobody else.

use std::collections::HashSet;

use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::SessionId;

use super::{Page, listening};
use crate::common::Api;

/// Two pages, the second of which subscribes to the first; and the name of their peer connection.
async fn pair(api: &Api, session: &SessionId) -> (Page, Page, String) {
    let mut publisher = Page::join(api, session, Role::Publisher).await;
    let stream = publisher.publish("desk").await;
    let mut subscriber = Page::join(api, session, Role::Publisher).await;
    let ok = subscriber
        .ask(json!({ "do": "subscribe", "streamId": stream }))
        .await
        .unwrap();
    assert_eq!(ok["drawn"], false);
    let peer = ok["peer"].as_str().unwrap().to_owned();
    let wanted = publisher.until("wanted").await;
    assert_eq!(
        (&wanted["peer"], &wanted["streamId"]),
        (&json!(peer), &json!(stream))
    );
    (publisher, subscriber, peer)
}

fn rtc(peer: &str, side: &str, body: impl Into<Value>) -> Value {
    json!({ "do": "rtc", "peer": peer, "side": side, "body": body.into() })
}

#[tokio::test]
async fn what_one_end_sends_reaches_the_other_in_order() {
    let api = listening().await;
    let session = api.routed().await;
    let (mut publisher, mut subscriber, peer) = pair(&api, &session).await;
    let mut third = Page::join(&api, &session, Role::Publisher).await;
    for number in 0..50 {
        publisher
            .ask(rtc(&peer, "publisher", number))
            .await
            .unwrap();
    }
    let response = json!({ "sdp": "v=0\r\n", "nested": [1, { "a": null }] });
    subscriber
        .ask(rtc(&peer, "subscriber", response.clone()))
        .await
        .unwrap();
    for number in 0..50 {
        let message = subscriber.until("message").await;
        assert_eq!(message["body"], number);
        assert_eq!(
            (&message["side"], &message["peer"]),
            (&json!("subscriber"), &json!(peer))
        );
    }
    let message = publisher.until("message").await;
    assert_eq!(
        (&message["side"], &message["body"]),
        (&json!("publisher"), &response)
    );

    // A third one can neither send nor receive anything of it.
    for side in ["publisher", "subscriber"] {
        let meddling = third.ask(rtc(&peer, side, 1)).await;
        assert_eq!(meddling, Err("noSuchStream".to_owned()), "{side}");
    }
    let wrong_end = subscriber.ask(rtc(&peer, "publisher", 1)).await;
    assert_eq!(wrong_end, Err("noSuchStream".to_owned()));
    third
        .ask(json!({ "do": "signal", "data": "end" }))
        .await
        .unwrap();
    while let Some(event) = third.event().await {
        assert!(event.get("relay").is_none(), "{event}");
        if event["data"] == "end" {
            break;
        }
    }
}

#[tokio::test]
async fn names_are_made_by_the_emulator_and_differ() {
    let api = listening().await;
    let session = api.routed().await;
    let mut publisher = Page::join(&api, &session, Role::Publisher).await;
    let stream = publisher.publish("desk").await;
    let mut names = HashSet::new();
    let mut pages = Vec::new();
    for _ in 0..4 {
        let mut page = Page::join(&api, &session, Role::Publisher).await;
        for _ in 0..5 {
            let subscribe = json!({ "do": "subscribe", "streamId": stream });
            let ok = page.ask(subscribe).await.unwrap();
            assert!(names.insert(ok["peer"].as_str().unwrap().to_owned()));
        }
        pages.push(page);
    }
    for _ in 0..20 {
        let wanted = publisher.until("wanted").await;
        assert!(names.remove(wanted["peer"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn a_page_may_subscribe_to_its_own_stream() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let stream = page.publish("mirror").await;
    let subscribe = json!({ "do": "subscribe", "streamId": stream });
    let peer = page.ask(subscribe).await.unwrap()["peer"]
        .as_str()
        .unwrap()
        .to_owned();
    page.ask(rtc(&peer, "publisher", "offer")).await.unwrap();
    page.ask(rtc(&peer, "subscriber", "answer")).await.unwrap();
    let (offer, response) = (page.until("message").await, page.until("message").await);
    assert_eq!(
        (&offer["side"], &offer["body"]),
        (&json!("subscriber"), &json!("offer"))
    );
    assert_eq!(
        (&response["side"], &response["body"]),
        (&json!("publisher"), &json!("answer"))
    );
}

#[tokio::test]
async fn the_other_end_is_told_when_one_is_gone() {
    let api = listening().await;
    let session = api.routed().await;
    let (mut publisher, mut subscriber, peer) = pair(&api, &session).await;
    let end = json!({ "do": "unsubscribe", "peer": peer });
    subscriber.ask(end.clone()).await.unwrap();
    let ended = publisher.until("ended").await;
    assert_eq!(
        (&ended["peer"], &ended["side"]),
        (&json!(peer), &json!("publisher"))
    );
    assert_eq!(subscriber.ask(end).await, Err("noSuchStream".to_owned()));
    let late = publisher.ask(rtc(&peer, "publisher", 1)).await;
    assert_eq!(late, Err("noSuchStream".to_owned()));

    let (mut publisher, mut subscriber, peer) = pair(&api, &session).await;
    publisher.ask(json!({ "do": "leave" })).await.unwrap();
    let destroyed = subscriber.until("streamDestroyed").await;
    assert_eq!(destroyed["reason"], "clientDisconnected");
    assert_eq!(subscriber.until("ended").await["peer"], json!(peer));

    let (mut publisher, mut subscriber, peer) = pair(&api, &session).await;
    subscriber.ask(json!({ "do": "leave" })).await.unwrap();
    assert_eq!(publisher.until("ended").await["peer"], json!(peer));
}

#[tokio::test]
async fn a_stream_shows_its_size_its_rate_and_its_changes() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let stream = page
        .ask(
            json!({ "do": "publish", "name": "desk", "frameRate": 15, "hasCaptions": false,
                     "videoDimensions": { "width": 640, "height": 480 }, "initials": "AB" }),
        )
        .await
        .unwrap()["streamId"]
        .clone();
    let created = witness.until("streamCreated").await;
    assert_eq!(
        created["videoDimensions"],
        json!({ "width": 640, "height": 480 })
    );
    assert_eq!(
        (&created["frameRate"], &created["initials"]),
        (&json!(15), &json!("AB"))
    );
    assert_eq!(created["hasCaptions"], false);
    for (change, property, value) in [
        (json!({ "hasVideo": false }), "hasVideo", json!(false)),
        (
            json!({ "videoDimensions": { "width": 4, "height": 3 } }),
            "videoDimensions",
            json!({ "width": 4, "height": 3 }),
        ),
        (json!({ "hasCaptions": true }), "hasCaptions", json!(true)),
        (json!({ "hasAudio": false }), "hasAudio", json!(false)),
    ] {
        let request = json!({ "do": "change", "streamId": stream, "change": change });
        page.ask(request).await.unwrap();
        // Without video it has no kind of video either.
        let mut changed = witness.until("streamPropertyChanged").await;
        while changed["property"] == "videoType" {
            changed = witness.until("streamPropertyChanged").await;
        }
        assert_eq!(
            (&changed["property"], &changed["value"]),
            (&json!(property), &value)
        );
    }
    let foreign = json!({ "do": "change", "streamId": stream, "change": { "hasAudio": true } });
    assert_eq!(witness.ask(foreign).await, Err("noSuchStream".to_owned()));
}
