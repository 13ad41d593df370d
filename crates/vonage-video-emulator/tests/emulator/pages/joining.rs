//! Pages join with real tokens, are refused, and leave.

use serde_json::json;
use vonage_video_auth::Role;
use vonage_video_emulator::Publish;

use super::{Page, listening};
use crate::common::{HOUR, begin};

#[tokio::test]
async fn a_page_joins_and_is_told_what_is_there() {
    let api = listening().await;
    let (session, client) = api.busy().await;
    let mut page = Page::open(&api).await;
    let token = api.token(&session, Role::Moderator);
    let key = api.credentials.project();
    let connect = json!({ "do": "connect", "sessionId": session, "token": token, "apiKey": key });
    let ok = page.ask(connect).await.unwrap();
    assert_eq!(
        ok["capabilities"],
        json!({ "publish": 1, "subscribe": 1, "signal": 1,
                "forceUnpublish": 1, "forceDisconnect": 1, "forceMute": 1 })
    );
    let told: Vec<_> = ok["soFar"].as_array().unwrap().iter().collect();
    let names: Vec<_> = told
        .iter()
        .map(|it| it["notice"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["connectionCreated", "connectionCreated", "streamCreated"]
    );
    assert_eq!(told[0]["connectionId"], ok["connectionId"], "its own first");
    assert_eq!(told[0]["data"], "name=Tester");
    assert_eq!(told[1]["connectionId"], json!(client.id()));
    assert_eq!(told[2]["name"], "camera");

    // What other clients and REST see of it is what they see of any client.
    let seen = api
        .ok("GET", &format!("sessions/{session}"), json!(null))
        .await;
    assert_eq!(seen["connections"][1]["connectionId"], ok["connectionId"]);
}

#[tokio::test]
async fn a_page_may_do_what_its_role_allows() {
    let api = listening().await;
    let (session, client) = api.busy().await;
    let stream = client.streams()[0].id.clone();
    let mut subscriber = Page::join(&api, &session, Role::Subscriber).await;
    let mute = json!({ "do": "moderate", "action": { "mute": stream } });
    for refused in [
        json!({ "do": "publish" }),
        json!({ "do": "signal", "data": "x" }),
        json!({ "do": "forceMute", "except": [] }),
        mute.clone(),
    ] {
        let response = subscriber.ask(refused.clone()).await;
        assert_eq!(response, Err("notAllowed".to_owned()), "{refused}");
    }
    let mut sender = Page::join(&api, &session, Role::PublisherOnly).await;
    let subscribe = json!({ "do": "subscribe", "streamId": stream });
    assert_eq!(
        sender.ask(subscribe.clone()).await,
        Err("notAllowed".to_owned())
    );
    assert_eq!(subscriber.ask(subscribe).await.unwrap()["drawn"], true);
    assert!(!client.is_muted(&stream));
    let mut moderator = Page::join(&api, &session, Role::Moderator).await;
    moderator.ask(mute).await.unwrap();
    assert!(client.is_muted(&stream));
}

#[tokio::test]
async fn refused_tokens_are_told_why_and_the_socket_closes() {
    let api = listening().await;
    let (session, other) = (api.routed().await, api.routed().await);
    let good = api.token(&session, Role::Publisher);
    let connect = |session: &str, token: &str| json!({ "do": "connect", "sessionId": session, "token": token });
    let mut wrong_key = connect(session.as_str(), &good);
    wrong_key["apiKey"] = "999".into();
    for (request, what) in [
        (
            connect(session.as_str(), &good[..good.len() - 4]),
            "badToken",
        ),
        (connect(session.as_str(), ""), "badToken"),
        (connect(other.as_str(), &good), "badToken"),
        (connect("1_nothing", &good), "noSuchSession"),
        (wrong_key, "badToken"),
    ] {
        let mut page = Page::open(&api).await;
        assert_eq!(
            page.ask(request.clone()).await,
            Err(what.to_owned()),
            "{request}"
        );
        assert_eq!(page.closed().await, Some(1008));
    }
    // A token grows old by a leap in time.
    let earlier = begin() - crate::common::SECOND;
    let good = api.credentials.token(&session).sign_at(earlier).unwrap();
    api.pass(25 * HOUR).await;
    let mut page = Page::open(&api).await;
    let over = page.ask(connect(session.as_str(), &good)).await;
    assert_eq!(over, Err("badToken".to_owned()));
    let seen = api
        .ok("GET", &format!("sessions/{session}"), json!(null))
        .await;
    assert_eq!(seen["connections"], json!([]));
}

#[tokio::test]
async fn nothing_is_done_before_a_page_has_joined() {
    let api = listening().await;
    let mut page = Page::open(&api).await;
    let early = page.ask(json!({ "do": "publish" })).await;
    assert_eq!(early, Err("notConnected".to_owned()));
}

#[tokio::test]
async fn a_page_leaves_when_it_says_so_or_closes() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let mut says = Page::join(&api, &session, Role::Publisher).await;
    says.ask(json!({ "do": "leave" })).await.unwrap();
    assert_eq!(
        says.until("disconnected").await["reason"],
        "clientDisconnected"
    );
    assert_eq!(says.closed().await, Some(1000));
    let mut closes = Page::join(&api, &session, Role::Publisher).await;
    closes.socket.close(None).await.unwrap();
    for _ in 0..2 {
        let gone = witness.until("connectionDestroyed").await;
        assert_eq!(gone["reason"], "clientDisconnected");
    }
}

#[tokio::test]
async fn an_emulator_that_stops_says_so() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    page.publish("desk").await;
    let closed = tokio::spawn(page.closed());
    api.emulator.stop().await;
    assert_eq!(closed.await.unwrap(), Some(1001));
}

#[tokio::test]
async fn a_page_that_does_nothing_for_four_hours_is_disconnected() {
    let api = listening().await;
    let (session, client) = api.busy().await;
    let mut idle = Page::join(&api, &session, Role::Publisher).await;
    let mut publisher = Page::join(&api, &session, Role::Publisher).await;
    publisher.publish("desk").await;
    let mut subscriber = Page::join(&api, &session, Role::Publisher).await;
    let stream = client.publish(Publish::camera("second")).unwrap();
    let subscribe = json!({ "do": "subscribe", "streamId": stream });
    let peer = subscriber.ask(subscribe).await.unwrap()["peer"].clone();
    api.pass(4 * HOUR - crate::common::SECOND).await;
    idle.ask(json!({ "do": "signal" })).await.unwrap();
    api.pass(crate::common::SECOND).await;
    assert_eq!(idle.until("disconnected").await["reason"], "mediaIdle");
    let gone = publisher.until("connectionDestroyed").await;
    assert_eq!(
        gone["reason"], "clientDisconnected",
        "of the three that others receive"
    );
    // The hours count from when it stops.
    let end = json!({ "do": "unsubscribe", "peer": peer });
    subscriber.ask(end).await.unwrap();
    api.pass(4 * HOUR).await;
    assert_eq!(
        subscriber.until("disconnected").await["reason"],
        "mediaIdle"
    );
}
