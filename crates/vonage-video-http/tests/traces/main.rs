//! What `tracing` receives, and that no secret is in it. In a process of its own, and one test
//! after the other: whether anybody listens to an event is asked once for all threads, and a test
//! that does not listen would answer for one that does.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../http/server.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod server;

mod everything;

use serde_json::{Value, json};
use vonage_video_core::{
    Operation,
    operations::{GetArchive, StartArchive, Visitor, visit},
};
use vonage_video_http::{Client, Observer};

use crate::{
    everything::Everything,
    server::{API_SECRET, PRIVATE_KEY, SESSION, Server, archive, respond, respond_with, vonage},
};

static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A response that holds whatever an operation reads.
fn anything() -> String {
    json!({
        "id": "a1", "session_id": SESSION, "sessionId": SESSION, "captionsId": "c", "connectionId": "c",
        "status": "started", "name": "geheim-name", "url": "https://files/x?signature=geheim-url",
        "secret": "geheim-secret", "items": [], "projectId": "1",
        "broadcastUrls": {"rtmp": [{"streamName": "geheim-key", "serverUrl": "rtmp://x"}]}
    })
    .to_string()
}

/// Sends an operation that is known by its name.
struct Send_<'a>(&'a Client, Value);

impl Visitor for Send_<'_> {
    type Output = std::pin::Pin<Box<dyn Future<Output = String> + Send>>;

    fn visit<O: Operation>(self) -> Self::Output {
        let operation: O = serde_json::from_value(self.1).unwrap();
        let debug = format!("{operation:?}");
        let call = self.0.send(operation).into_future();
        Box::pin(async move {
            match call.await {
                Ok(_) => debug,
                Err(error) => format!("{debug} {error} {error:?}"),
            }
        })
    }
}

#[tokio::test]
async fn no_secret_is_told_at_any_level() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let everything = Everything::default();
    let _guard = tracing::subscriber::set_default(everything.clone());
    let server = Server::start(|_, number| match number % 3 {
        0 => respond(200, &anything()),
        1 => respond(500, r#"{"message":"no"}"#),
        _ => respond(200, "[geheim-body]"),
    })
    .await;
    let opentok = server.client();
    let other = opentok.with_credentials(vonage()).unwrap();
    for (id, input) in [
        (
            "dial",
            json!({"sessionId": SESSION, "token": "geheim-token", "sip": {"uri": "sip:a@b", "headers": {"X-A": "geheim-header"}, "auth": {"username": "u", "password": "geheim-password"}}}),
        ),
        (
            "signal_session",
            json!({"sessionId": SESSION, "type": "t", "data": "geheim-data"}),
        ),
        (
            "start_broadcast",
            json!({"sessionId": SESSION, "outputs": {"rtmp": [{"serverUrl": "rtmp://x", "streamName": "geheim-key"}]}}),
        ),
        (
            "start_render",
            json!({"sessionId": SESSION, "token": "geheim-token", "url": "https://x/?geheim-query"}),
        ),
        (
            "start_captions",
            json!({"sessionId": SESSION, "token": "geheim-token"}),
        ),
        (
            "connect_websocket",
            json!({"sessionId": SESSION, "token": "geheim-token", "websocket": {"uri": "wss://x/?geheim-query", "headers": {"a": "geheim-header"}}}),
        ),
        (
            "play_dtmf_session",
            json!({"sessionId": SESSION, "digits": "1234"}),
        ),
        (
            "create_session",
            json!({"archiveName": "geheim-name", "archiveMode": "always", "p2p.preference": "disabled"}),
        ),
        (
            "start_archive",
            json!({"sessionId": SESSION, "name": "geheim-name"}),
        ),
        ("list_archives", json!({})),
    ] {
        for client in [&opentok, &other] {
            for _ in 0..3 {
                let said = visit(id, Send_(client, input.clone())).unwrap().await;
                assert!(!said.contains("geheim"), "{said}");
            }
        }
    }
    let text = everything.text();
    // hyper itself says nothing, so what is heard is ours.
    assert!(text.contains("vonage_video"), "every level is heard");
    let keys: Vec<&str> = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let tokens: Vec<String> = server
        .seen()
        .iter()
        .filter_map(|seen| {
            seen.headers
                .get("x-opentok-auth")
                .or(seen.headers.get("authorization"))
        })
        .map(|token| token.trim_start_matches("Bearer ").to_owned())
        .collect();
    assert!(!tokens.is_empty());
    for secret in ["geheim", API_SECRET, "eyJ"]
        .into_iter()
        .chain(keys)
        .chain(tokens.iter().map(String::as_str))
    {
        let at = text.find(secret);
        assert!(at.is_none(), "{}", &text[at.unwrap().saturating_sub(200)..]);
    }
}

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_an_event() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let everything = Everything::default();
    let _guard = tracing::subscriber::set_default(everything.clone());
    let server = Server::start(|_, number| match number {
        0 => respond(503, ""),
        _ => respond_with(404, &[("x-request-id", "r7")], b""),
    })
    .await;
    server
        .client()
        .send(GetArchive::new("a1"))
        .await
        .unwrap_err();
    let text = everything.text();
    let mut ours: Vec<String> = text
        .lines()
        .filter(|line| line.contains(" vonage_video") || line.starts_with("record"))
        .map(|line| line.replace(&server.port.to_string(), "PORT"))
        .collect();
    for line in &mut ours {
        // How long things take is not known beforehand.
        for name in ["duration_ms=", "retry_after_ms="] {
            if let Some(at) = line.find(name) {
                let end = line[at..].find(' ').map_or(line.len(), |end| at + end);
                line.replace_range(at + name.len()..end, "N");
            }
        }
    }
    let expected = [
        r#"span vonage_video vonage_video otel.name="get_archive" otel.kind="client" vonage.video.operation="get_archive" vonage.video.environment="OpenTok" vonage.video.project="123456" http.request.method="GET" url.template="/v2/project/{project}/archive/{archiveId}" server.address="127.0.0.1" server.port=PORT"#,
        r#"event vonage_video message=attempt ended vonage.video.operation="get_archive" http.request.resend_count=0 http.response.status_code=503 error.type="api" duration_ms=N retry_after_ms=N retries_left=99"#,
        r#"event vonage_video message=attempt ended vonage.video.operation="get_archive" http.request.resend_count=1 http.response.status_code=404 error.type="api" duration_ms=N retries_left=99"#,
        r#"record http.response.status_code=404"#,
        r#"record http.request.resend_count=1"#,
        r#"record vonage.video.request_id="r7""#,
        r#"record otel.status_code="ERROR""#,
        r#"record error.type="api""#,
    ];
    assert_eq!(ours, expected, "{ours:#?}");
}

#[tokio::test]
async fn a_refused_call_is_a_span_that_says_why() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let everything = Everything::default();
    let _guard = tracing::subscriber::set_default(everything.clone());
    let server = Server::start(|_, _| respond(200, "")).await;
    let client = server.client();
    for (call, field) in [
        (
            client.send(StartArchive::new("")).into_future(),
            "sessionId",
        ),
        (
            client
                .send(StartArchive::new(SESSION))
                .header("host", "evil")
                .into_future(),
            "header",
        ),
    ] {
        everything.clear();
        call.await.unwrap_err();
        let text = everything.text();
        let records: Vec<_> = text.lines().filter(|l| l.starts_with("record")).collect();
        let invalid = format!(r#"record vonage.video.invalid="{field}""#);
        let expected = [
            r#"record otel.status_code="ERROR""#,
            r#"record error.type="invalid""#,
            &invalid,
        ];
        assert_eq!(records, expected, "{text}");
        assert!(text.contains(r#"otel.name="start_archive""#), "{text}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_caller_s_trace_goes_on() {
    let _turn = ONE_AT_A_TIME.lock().await;
    struct Quiet;
    impl Observer for Quiet {}

    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let client = server
        .builder()
        .observer(Quiet)
        .trace_parent(move || Some(parent.to_owned()))
        .build()
        .unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    client
        .send(GetArchive::new("a1"))
        .header("traceparent", "00-1-2-01")
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].headers["traceparent"], parent);
    assert_eq!(seen[1].headers["traceparent"], "00-1-2-01");
}
