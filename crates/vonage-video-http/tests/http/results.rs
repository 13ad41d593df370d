//! What counts as a success, and as an empty list.

use vonage_video_auth::SessionInfo;
use vonage_video_core::{
    ErrorKind, Sent,
    operations::{
        CreateSession, DeleteArchive, ListArchives, ListConnections, ListStreams, SignalSession,
        StartArchive,
    },
};

use crate::{
    memory::{Memory, canned, canned_with},
    server::{APPLICATION_ID, SESSION, opentok, vonage},
};

/// What the service says of a session that nobody has joined.
const NO_STREAMS: &str =
    r#"{"code":404,"message":"Session not found","description":"Session not found"}"#;

fn session_of(owner: &str) -> String {
    SessionInfo::new(owner, std::time::UNIX_EPOCH, "0.1").encode()
}

#[tokio::test]
async fn a_session_of_the_own_project_without_streams_is_an_empty_list() {
    for (credentials, session) in [
        (opentok(), SESSION.to_owned()),
        (opentok(), session_of("123456")),
        (vonage(), session_of(APPLICATION_ID)),
    ] {
        let server = Memory::new(vec![canned(404, NO_STREAMS)]);
        let client = server.builder_for(credentials).build().unwrap();
        let streams = client
            .send(ListStreams::new(session.as_str()))
            .await
            .unwrap();
        assert!(streams.items.is_empty());
        let response = client
            .send(ListStreams::new(session.as_str()))
            .with_response()
            .await
            .unwrap();
        assert_eq!(response.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn a_session_that_is_not_of_this_project_is_an_error_and_not_an_empty_list() {
    for session in [
        session_of("654321"),
        session_of(APPLICATION_ID),
        "not-a-session".to_owned(),
        "1_MX4xMjM0NTZ".to_owned(),
        "2".to_owned(),
    ] {
        let server = Memory::new(vec![canned(404, NO_STREAMS)]);
        let error = server
            .client()
            .send(ListStreams::new(session.as_str()))
            .await
            .unwrap_err();
        assert!(error.is_not_found(), "{session}: {error}");
    }
}

#[tokio::test]
async fn a_404_of_anybody_else_is_an_error() {
    for (kind, body) in [
        (
            "application/json",
            r#"{"message":"no Route matched with those values"}"#,
        ),
        ("application/json", r#"{"message":"Invalid project id"}"#),
        ("application/json", r#"{"code":-1,"message":"Not Found"}"#),
        ("application/json", r#"{"code":404,"message":"Not Found"}"#),
        ("text/plain", "404 page not found"),
        ("text/plain", "Session not found"),
        ("text/html", "<html><body>Session not found</body></html>"),
        ("application/json", ""),
        ("application/json", "{}"),
    ] {
        let server = Memory::new(vec![canned_with(404, ("content-type", kind), body)]);
        let error = server
            .client()
            .send(ListStreams::new(SESSION))
            .await
            .expect_err(body);
        assert!(error.is_not_found(), "{body}: {error}");
    }
    // Another list has no such response.
    let server = Memory::new(vec![canned(404, NO_STREAMS)]);
    let error = server.client().send(ListArchives::new()).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_web_page_is_never_a_success() {
    let pages = [
        (
            "text/html",
            "<!DOCTYPE html><html><title>Sign in to the network</title>",
        ),
        ("text/html; charset=utf-8", "blocked"),
        ("application/xhtml+xml", "<html xmlns='x'/>"),
        ("application/json", "\n <HTML><body>x</body></HTML>"),
        ("text/plain", "<!doctype html>"),
    ];
    for (kind, body) in pages {
        let server = Memory::new(vec![canned_with(200, ("content-type", kind), body)]);
        let client = server.client();
        let errors = [
            client.send(DeleteArchive::new("a1")).await.map(drop),
            client
                .send(SignalSession::new(SESSION, "x"))
                .await
                .map(drop),
            client.send(ListArchives::new()).await.map(drop),
            client.send(ListConnections::new(SESSION)).await.map(drop),
            client.send(StartArchive::new(SESSION)).await.map(drop),
            client.send(CreateSession::new()).await.map(drop),
            client.request(http::Method::GET, "archive").await.map(drop),
        ];
        for outcome in errors {
            let error = outcome.expect_err(body);
            assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error:?}");
            assert_eq!(error.sent(), Sent::Yes);
            assert!(error.to_string().contains("HTML page"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_empty_success_is_one_whatever_its_type_says() {
    for kind in ["text/html", "text/plain", "application/json"] {
        for status in [200, 202, 204] {
            let server = Memory::new(vec![canned_with(status, ("content-type", kind), "")]);
            let client = server.client();
            client.send(DeleteArchive::new("a1")).await.unwrap();
            client.send(SignalSession::new(SESSION, "x")).await.unwrap();
        }
    }
}
