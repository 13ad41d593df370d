//! Rows about what a caller learns when something fails.

use serde_json::json;
use vonage_video::{
    MediaMode, Reason,
    operations::{CreateSession, ListArchives, StartArchive, StartRender, StopRender},
};
use vonage_video_emulator::{Fault, FaultAction};

use crate::stage::Stage;

pub(crate) async fn skewed_clock() {
    let stage = Stage::new().await;
    stage.emulator.skew_clock(-3 * 60 * 60);
    let seen = stage.node("list", json!({})).await;
    assert_eq!(seen["error"], "Invalid API key or secret");

    stage
        .client()
        .send(ListArchives::new())
        .await
        .expect("signed again by the server's time");
    stage.fault(Fault::status(403));
    let error = stage
        .client()
        .send(ListArchives::new())
        .await
        .expect_err("refused");
    assert!(error.to_string().contains("clock"), "{error}");
}

const WORDS: &str = "The account has no credit left";

pub(crate) async fn words_of_the_server() {
    let stage = Stage::new().await;
    let client = stage.client();
    let (session, _guest) = stage.room(&client).await;
    stage.fault(Fault::new(FaultAction::Status {
        status: 403,
        retry_after: None,
        body: Some(json!({"code": 1234, "message": WORDS}).to_string()),
        after_effect: false,
    }));
    let seen = stage
        .node("startArchive", json!({"session": session.id}))
        .await;
    assert_eq!(seen["error"], "Invalid API key or secret");

    let error = client
        .send(StartArchive::new(&session.id))
        .await
        .expect_err("refused");
    let api = error.api_error().expect("the server's words");
    assert_eq!((api.message.as_str(), api.code), (WORDS, Some(1234)));
    assert_eq!(error.operation(), Some("start_archive"));
}

pub(crate) async fn typed_error() {
    let stage = Stage::new().await;
    stage.fault(Fault::status(403).on("create_session"));
    let seen = stage.python("create_session", json!({})).await;
    assert_eq!(
        seen["error"], "RequestError",
        "there is an `AuthError` for this: {seen}"
    );

    let error = stage
        .client()
        .send(CreateSession::new())
        .await
        .expect_err("refused");
    assert!(error.is_refused_credentials(), "{error}");
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_not_found());
}

pub(crate) async fn other_success() {
    let stage = Stage::new().await;
    let client = stage.client();
    let session = stage.session(&client).await;
    let token = client.token(&session.id).sign().expect("a token");
    let no_content = Fault::new(FaultAction::Status {
        status: 204,
        retry_after: None,
        body: Some(String::new()),
        after_effect: true,
    });
    stage.fault(no_content.on("stop_render"));
    let start = StartRender::new(&session.id, &token, "https://example.com/page");
    let render = client.send(start.clone()).await.expect("a render");
    let seen = stage
        .python("stop_render", json!({"render": render.id}))
        .await;
    assert_eq!(seen["error"], "RequestError", "{seen}");

    let render = client.send(start).await.expect("a render");
    client
        .send(StopRender::new(&render.id))
        .await
        .expect("stopped");
}

pub(crate) async fn preconditions() {
    let stage = Stage::new().await;
    let client = stage.client();
    let empty = stage.session(&client).await;
    let seen = stage
        .node("startArchive", json!({"session": empty.id}))
        .await;
    let theirs = seen["error"].as_str().expect("an error").to_owned();
    let relayed = client
        .send(CreateSession::new().media_mode(MediaMode::Relayed))
        .await
        .expect("a session");
    let token = client.token(&relayed.id).sign().expect("a token");
    let _guest = stage
        .emulator
        .join(relayed.id.clone(), &token)
        .expect("a client");
    let seen = stage
        .node("startArchive", json!({"session": relayed.id}))
        .await;
    for error in [&theirs, seen["error"].as_str().expect("an error")] {
        assert!(
            error == "Session not found" || error.starts_with("Unexpected response"),
            "{error}"
        );
    }

    let error = client
        .send(StartArchive::new(&empty.id))
        .await
        .expect_err("refused");
    assert_eq!(error.reason(), Some(Reason::NoClientsConnected), "{error}");
    let error = client
        .send(StartArchive::new(&relayed.id))
        .await
        .expect_err("refused");
    assert_eq!(error.reason(), Some(Reason::SessionIsRelayed), "{error}");
    let (session, _guest) = stage.room(&client).await;
    client
        .send(StartArchive::new(&session.id))
        .await
        .expect("an archive");
    let error = client
        .send(StartArchive::new(&session.id))
        .await
        .expect_err("refused");
    assert_eq!(error.reason(), Some(Reason::AlreadyStarted), "{error}");
}
