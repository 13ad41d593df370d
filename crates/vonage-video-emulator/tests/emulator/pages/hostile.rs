//! Hostile pages: they are thrown out, and others do not notice.

use bytes::Bytes;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;
use vonage_video_auth::Role;

use super::{Page, handshake, listening, shake};

#[tokio::test]
async fn what_is_not_allowed_closes_the_socket_and_nobody_elses() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let deep = "[".repeat(60_000);
    let deep_body = format!(r#"{{"id":9,"do":"rtc","peer":"p","side":"publisher","body":{deep}"#);
    for (message, code) in [
        (Message::binary(Bytes::from_static(b"{}")), 1003),
        (Message::text("hello"), 1008),
        (Message::text(""), 1008),
        (Message::text("null"), 1008),
        (Message::text(deep), 1008),
        (Message::text(deep_body), 1008),
        (
            Message::text(r#"{"id":7,"do":"publish","hasAudio":"yes"}"#),
            1008,
        ),
        (
            Message::text(r#"{"id":7,"do":"change","streamId":7}"#),
            1008,
        ),
        (Message::text("x".repeat(64 * 1024 + 1)), 1009),
    ] {
        let mut page = Page::join(&api, &session, Role::Moderator).await;
        page.publish("soon gone").await;
        page.write(message.clone()).await;
        let closed = page.closed().await;
        // Of a message that is too large the rest is not read, so the connection may break first.
        assert!(
            closed == Some(code) || code == 1009 && closed.is_none(),
            "{closed:?} {message:?}"
        );
        let gone = witness.until("connectionDestroyed").await;
        assert_eq!(gone["reason"], "networkDisconnected");
    }
    witness.ask(json!({ "do": "signal" })).await.unwrap();
}

#[tokio::test]
async fn frames_that_break_the_protocol_end_the_socket() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    for bytes in [
        &b"\x81\x02{}"[..],                                  // not masked
        b"\xF1\x80\0\0\0\0",                                 // reserved bits
        b"\x83\x80\0\0\0\0",                                 // a reserved opcode
        b"\x89\xFE\x01\0\0\0\0\0",                           // a ping that is too long
        b"\x80\x80\0\0\0\0",                                 // the continuation of nothing
        b"\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0", // 2^64 bytes are announced
        b"GET / HTTP/1.1\r\n\r\n",
    ] {
        let (mut stream, head) = shake(&api, &handshake("")).await;
        assert!(head.starts_with("HTTP/1.1 101"));
        stream.write_all(bytes).await.unwrap();
        let mut rest = Vec::new();
        let read = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest);
        let _ = super::in_time(read).await;
    }
    witness.ask(json!({ "do": "signal" })).await.unwrap();
}

#[tokio::test]
async fn a_flood_is_slowed_down_and_others_are_served() {
    let api = listening().await;
    let session = api.routed().await;
    let mut flood = Page::join(&api, &session, Role::Publisher).await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let id = flood.id.clone();
    // Eight megabytes to itself, of which it reads nothing.
    let sending = tokio::spawn(async move {
        for number in 1000..2000 {
            let signal =
                json!({ "id": number, "do": "signal", "to": id, "data": "x".repeat(8000) });
            let sent =
                futures_util::SinkExt::send(&mut flood.socket, Message::text(signal.to_string()));
            if sent.await.is_err() {
                break;
            }
        }
    });
    for number in 0..100 {
        let data = number.to_string();
        witness
            .ask(json!({ "do": "signal", "data": data }))
            .await
            .unwrap();
        assert_eq!(witness.until("signal").await["data"], data);
    }
    sending.abort();
}

#[tokio::test]
async fn a_page_publishes_and_subscribes_only_so_much() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    for _ in 0..50 {
        page.publish("one of many").await;
    }
    let more = page.ask(json!({ "do": "publish" })).await;
    assert_eq!(more, Err("streamLimit".to_owned()));
}

#[tokio::test]
async fn a_page_subscribes_to_one_stream_only_so_often() {
    let api = listening().await;
    let session = api.routed().await;
    let mut publisher = Page::join(&api, &session, Role::Publisher).await;
    let stream = publisher.publish("desk").await;
    let subscribe = json!({ "do": "subscribe", "streamId": stream });
    let mut greedy = Page::join(&api, &session, Role::Publisher).await;
    let mut peers = Vec::new();
    for _ in 0..10 {
        peers.push(greedy.ask(subscribe.clone()).await.unwrap()["peer"].clone());
    }
    let more = greedy.ask(subscribe.clone()).await;
    assert_eq!(more, Err("streamLimit".to_owned()));
    // Others are not counted with it, and neither is what has ended.
    let mut other = Page::join(&api, &session, Role::Publisher).await;
    other.ask(subscribe.clone()).await.unwrap();
    let end = json!({ "do": "unsubscribe", "peer": peers[0] });
    greedy.ask(end).await.unwrap();
    greedy.ask(subscribe).await.unwrap();
    let mut wanted = 0;
    publisher.ask(json!({ "do": "signal" })).await.unwrap();
    while publisher.event().await.unwrap()["notice"] != "signal" {
        wanted += 1;
    }
    assert!(wanted >= 12, "{wanted}");
}

#[tokio::test]
async fn names_that_are_too_long_are_refused_and_nobody_hears_them() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    let stream = page.publish(&"ü".repeat(1000)).await;
    let long = "x".repeat(1001);
    for request in [
        json!({ "do": "publish", "name": long }),
        json!({ "do": "publish", "initials": long }),
        json!({ "do": "change", "streamId": stream, "change": { "name": long } }),
        json!({ "do": "change", "streamId": stream, "change": { "initials": long } }),
    ] {
        assert_eq!(page.ask(request).await, Err("invalid".to_owned()));
    }
    page.ask(json!({ "do": "signal" })).await.unwrap();
    loop {
        let event = witness.event().await.unwrap();
        assert!(!event.to_string().contains(&long));
        if event["notice"] == "signal" {
            break;
        }
    }
}

#[tokio::test]
async fn pages_that_come_and_are_cut_do_not_pile_up() {
    let api = listening().await;
    let session = api.routed().await;
    let mut witness = Page::join(&api, &session, Role::Publisher).await;
    // The clock stands still: none of them is too late to resume.
    let mut latest = Page::join(&api, &session, Role::Publisher).await;
    latest.cut(&api, &session).await;
    for _ in 0..510 {
        latest = Page::join(&api, &session, Role::Publisher).await;
        latest.cut(&api, &session).await;
        // It reads, so that it is not behind.
        while witness.event().await.unwrap()["notice"] != "connectionCreated" {}
    }
    let shown = api
        .ok("GET", &format!("sessions/{session}"), json!(null))
        .await;
    let there = shown["clients"].as_u64().unwrap();
    assert!((400..=501).contains(&there), "{there} connections");
    let gone = witness.until("connectionDestroyed").await;
    assert_eq!(gone["reason"], "networkDisconnected");
    witness.ask(json!({ "do": "signal" })).await.unwrap();
}

#[tokio::test]
async fn secrets_are_for_nobody_else() {
    let api = listening().await;
    let session = api.routed().await;
    let page = Page::join(&api, &session, Role::Publisher).await;
    assert_eq!(page.secret.len(), 32);
    for path in [
        "state",
        "requests",
        &format!("sessions/{session}"),
        "sessions",
    ] {
        let shown = api.ok("GET", path, json!(null)).await.to_string();
        assert!(!shown.contains(&page.secret), "{path}");
    }
    assert!(!format!("{:?}", api.emulator).contains(&page.secret));
}
