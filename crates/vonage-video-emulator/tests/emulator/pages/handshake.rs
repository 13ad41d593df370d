//! The opening handshake: who may knock, and what is not one.

use vonage_video_auth::Role;

use super::{Page, handshake, listening, shake};
use crate::common::{Api, still};

async fn status(api: &Api, request: &str) -> String {
    let (_, head) = shake(api, request).await;
    head.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn pages_of_this_machine_may_join_and_others_may_not() {
    let api = listening().await;
    for (origin, expected) in [
        ("http://localhost:3000", "101"),
        ("https://127.0.0.1", "101"),
        ("https://evil.example", "403"),
        ("http://localhost.evil.example", "403"),
        ("null", "403"),
    ] {
        let request = handshake(&format!("origin: {origin}\r\n"));
        assert_eq!(status(&api, &request).await, expected, "{origin}");
    }
    let rebound = handshake("").replace("host: localhost", "host: evil.example");
    assert_eq!(status(&api, &rebound).await, "421");
}

#[tokio::test]
async fn other_origins_are_allowed_by_option() {
    let emulator = still()
        .allow_origin("https://app.example")
        .start()
        .await
        .unwrap();
    let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
    let api = Api {
        emulator,
        credentials,
    };
    let request = |origin: &str| handshake(&format!("origin: {origin}\r\n"));
    assert_eq!(status(&api, &request("https://app.example")).await, "101");
    assert_eq!(status(&api, &request("https://other.example")).await, "403");
    // The control API is for the emulator's own page all the same.
    let control =
        "GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\norigin: https://app.example\r\n\r\n";
    assert_eq!(status(&api, control).await, "403");
}

#[tokio::test]
async fn what_is_not_a_handshake_is_refused() {
    let api = listening().await;
    let good = handshake("");
    for (request, expected) in [
        (good.replace("upgrade: WebSocket", "upgrade: h2c"), "426"),
        (good.replace("version: 13", "version: 8"), "426"),
        (good.replace("GET", "POST"), "426"),
        (good.replace("keep-alive, Upgrade", "close"), "426"),
        (good.replace("dGhlIHNhbXBsZSBub25jZQ==", "short"), "400"),
        (good.replace("sec-websocket-key", "x-other"), "400"),
    ] {
        assert_eq!(status(&api, &request).await, expected, "{request}");
    }
    let session = api.routed().await;
    Page::join(&api, &session, Role::Publisher).await;
}

#[tokio::test]
async fn an_open_socket_ends_with_the_emulator() {
    let api = listening().await;
    let session = api.routed().await;
    let mut page = Page::join(&api, &session, Role::Publisher).await;
    drop(api);
    while page.read().await.is_some() {}
}
