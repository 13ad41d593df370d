//! Rows about what is said and what is understood.

use std::time::Duration;

use serde_json::{Value, json};
use vonage_video::{
    ArchiveStatus, WebhookEvent,
    auth::WebhookSigner,
    operations::{GetArchive, ListArchives, MuteAll, StartArchive, StopArchive},
    webhook::{ReceiveError, WebhookError, WebhookVerifier, receive_at},
};
use vonage_video_emulator::{Fault, FaultAction, Publish};

use crate::stage::{Stage, now};

/// Answers calls of one operation with this.
fn respond_with(operation: &str, body: &Value) -> Fault {
    let action = FaultAction::Status {
        status: 200,
        retry_after: None,
        body: Some(body.to_string()),
        after_effect: false,
    };
    Fault::new(action).on(operation)
}

fn archive(status: &str, size: u64) -> Value {
    json!({"id": "b40ef09b-3811-4726-b508-e41a0f96c68f", "status": status, "size": size, "createdAt": 1_384_221_730_000_u64})
}

pub(crate) async fn unknown_value() {
    let stage = Stage::secure().await;
    let list = json!({"count": 2, "items": [archive("hibernating", 1), archive("available", 2)]});
    stage.fault(respond_with("list_archives", &list));
    let seen = stage.python("list_archives", json!({})).await;
    assert_eq!(seen["error"], "ValidationError", "{seen}");

    let page = stage
        .vonage_client()
        .send(ListArchives::new())
        .await
        .expect("a list");
    assert_eq!(page.items.len(), 2);
    let kept = page.items.first().map(|archive| archive.status.to_string());
    assert_eq!(kept.as_deref(), Some("hibernating"));
}

pub(crate) async fn large_number() {
    let stage = Stage::new().await;
    // One more than doubles can tell apart.
    let size = (1 << 53) + 1;
    stage.fault(respond_with("get_archive", &archive("available", size)));
    let seen = stage
        .node(
            "getArchive",
            json!({"archive": "b40ef09b-3811-4726-b508-e41a0f96c68f"}),
        )
        .await;
    assert_ne!(seen["value"]["size"], json!(size), "{seen}");

    let client = stage.client();
    let get = GetArchive::new("b40ef09b-3811-4726-b508-e41a0f96c68f");
    assert_eq!(
        client.send(get.clone()).await.expect("an archive").size,
        size
    );
    for size in [7_560_106_901, (1 << 31) + 1] {
        stage.emulator.clear_faults();
        stage.fault(respond_with("get_archive", &archive("available", size)));
        assert_eq!(
            client.send(get.clone()).await.expect("an archive").size,
            size
        );
    }
}

const SECRET: &str = "a webhook secret of some length, known to both";
const BODY: &[u8] =
    br#"{"event":"archive","id":"b40ef09b-3811-4726-b508-e41a0f96c68f","status":"available"}"#;

pub(crate) async fn tampered_webhook() {
    let stage = Stage::new().await;
    let signer = WebhookSigner::new(SECRET).expect("a signer");
    let token = signer.token(BODY, now(), [7; 16]);
    // Its only arguments are the token and the secret: the body may be any.
    let seen = stage
        .python("verify_webhook", json!({"token": token, "secret": SECRET}))
        .await;
    assert_eq!(seen, json!([true, true, true]));

    let tampered = String::from_utf8_lossy(BODY).replace("available", "deleted");
    let error = take(&token, tampered.as_bytes()).expect_err("refused");
    assert_eq!(error, ReceiveError::Refused(WebhookError::BodyMismatch));
    take(&token, BODY).expect("the body that was signed");
}

pub(crate) async fn webhook_types() {
    let stage = Stage::new().await;
    let names = stage.node("exportedNames", json!({})).await;
    let about = |name: &Value| {
        let name = name.as_str().unwrap_or_default().to_lowercase();
        name.contains("webhook") || name.contains("event")
    };
    assert!(
        !names.as_array().expect("names").iter().any(about),
        "{names}"
    );

    let token = WebhookSigner::new(SECRET)
        .expect("a signer")
        .token(BODY, now(), [7; 16]);
    let WebhookEvent::Archive(archive) = take(&token, BODY).expect("an event").event else {
        panic!("another event")
    };
    assert_eq!(archive.status, ArchiveStatus::Available);
    let unknown: WebhookEvent =
        serde_json::from_str(r#"{"event":"unheard of","x":1}"#).expect("no error");
    assert!(matches!(unknown, WebhookEvent::Unknown(_)));
}

pub(crate) async fn old_webhook() {
    let stage = Stage::new().await;
    let two_days_ago = now() - Duration::from_secs(2 * 24 * 3600);
    let token = WebhookSigner::new(SECRET)
        .expect("a signer")
        .token(BODY, two_days_ago, [7; 16]);
    let seen = stage
        .python("verify_webhook", json!({"token": token, "secret": SECRET}))
        .await;
    assert_eq!(seen, json!([true, true, true]));

    let error = take(&token, BODY).expect_err("refused");
    assert!(
        matches!(error, ReceiveError::Refused(WebhookError::Stale { .. })),
        "{error}"
    );
    // What is not signed is to come again, signed; a delivery that comes again has the id that it
    // had.
    let verifier = WebhookVerifier::new(SECRET).expect("a verifier");
    let unsigned =
        receive_at(&verifier, &http::HeaderMap::new(), BODY, now()).expect_err("refused");
    assert_eq!((unsigned.status(), error.status()), (503, 401));
    let token = WebhookSigner::new(SECRET)
        .expect("a signer")
        .token(BODY, now(), [7; 16]);
    assert_eq!(
        take(&token, BODY).expect("an event").claims.id,
        take(&token, BODY).expect("an event").claims.id
    );
}

fn take(token: &str, body: &[u8]) -> Result<vonage_video::webhook::VerifiedWebhook, ReceiveError> {
    let verifier = WebhookVerifier::new(SECRET).expect("a verifier");
    let header = format!("Bearer {token}").parse().expect("a header");
    let headers = http::HeaderMap::from_iter([(http::header::AUTHORIZATION, header)]);
    receive_at(&verifier, &headers, body, now())
}

pub(crate) async fn excluded_streams() {
    let stage = Stage::new().await;
    let client = stage.client();
    for ours in [false, true] {
        let (session, guest) = stage.room(&client).await;
        let stream = guest.publish(Publish::screen("screen")).expect("a stream");
        if ours {
            let mute = MuteAll::new(&session.id).excluded_stream_ids([stream.clone()]);
            client.send(mute).await.expect("muted");
        } else {
            let seen = stage
                .python(
                    "mute_all",
                    json!({"session": session.id, "excluded": stream}),
                )
                .await;
            assert_eq!(seen["error"], Value::Null, "{seen}");
        }
        // What is excluded must not be muted.
        assert_eq!(guest.is_muted(&stream), !ours);
    }
}

pub(crate) async fn dead_link() {
    let stage = Stage::new().await;
    let client = stage.client();
    let (session, _guest) = stage.room(&client).await;
    let archive = client
        .send(StartArchive::new(&session.id))
        .await
        .expect("an archive");
    stage.emulator.advance(Duration::from_secs(10)).await;
    client
        .send(StopArchive::new(&archive.id))
        .await
        .expect("stopped");
    stage.emulator.advance(Duration::from_secs(60)).await;

    let seen = stage
        .node("getArchive", json!({"archive": archive.id}))
        .await;
    let link = seen["value"]["url"].as_str().expect("a link").to_owned();
    let read = client
        .send(GetArchive::new(&archive.id))
        .await
        .expect("an archive");
    stage.emulator.advance(Duration::from_secs(11 * 60)).await;
    let request = http::Request::get(link)
        .body(bytes::Bytes::new())
        .expect("a request");
    let response = stage.emulator.handle(request).await.expect("a response");
    assert!(
        response.status().is_client_error(),
        "the link has died: {response:?}"
    );

    let file = stage.file("archive.mp4");
    let done = client.download(&read).to_file(&file).await.expect("a file");
    assert_eq!(std::fs::metadata(&file).expect("a file").len(), done.bytes);
    assert_eq!(done.bytes, read.size);
    assert!(done.requests > 1, "the dead link, and a fresh one");
}

pub(crate) async fn muted_session() {
    let stage = Stage::new().await;
    let client = stage.client();
    let (session, guest) = stage.room(&client).await;
    let stream = guest.publish(Publish::screen("screen")).expect("a stream");
    let seen = stage.go("muteAll", json!({"session": session.id})).await;
    assert!(!seen["error"].is_null(), "{seen}");
    assert!(!guest.is_muted(&stream));

    client
        .send(MuteAll::new(&session.id))
        .await
        .expect("everybody is muted");
    assert!(guest.is_muted(&stream));
}
