//! Requests that no operation describes.

use http::Method;
use serde_json::json;
use vonage_video_core::{ErrorKind, Sent};

use crate::server::{Server, Step, respond};

#[tokio::test]
async fn they_are_signed_encoded_and_answered_like_others() {
    let server = Server::start(|_, _| respond(200, r#"{"made":"up"}"#)).await;
    let response = server
        .client()
        .request(Method::POST, "archive/a b/über")
        .query("x y", "1&2=3")
        .query("n", 5)
        .json(&json!({"k": [1, 2]}))
        .header("x-trial", "yes")
        .await
        .unwrap();
    assert_eq!(response.value, json!({"made": "up"}));
    let seen = &server.seen()[0];
    assert_eq!(
        seen.target,
        "/v2/project/123456/archive/a%20b/%C3%BCber?x%20y=1%262%3D3&n=5"
    );
    assert_eq!(seen.json(), json!({"k": [1, 2]}));
    assert_eq!(seen.headers["x-trial"], "yes");
    assert!(seen.headers.contains_key("x-opentok-auth"));

    server
        .client()
        .request(Method::GET, "/session/create")
        .await
        .unwrap();
    assert_eq!(server.seen()[1].target, "/session/create");
}

#[tokio::test]
async fn they_are_retried_as_their_method_allows() {
    for (method, requests) in [
        (Method::GET, 3),
        (Method::PUT, 3),
        (Method::DELETE, 3),
        (Method::POST, 1),
        (Method::PATCH, 1),
    ] {
        let server = Server::start(|_, _| vec![Step::Reset]).await;
        let error = server
            .client()
            .request(method.clone(), "x")
            .await
            .unwrap_err();
        assert_eq!(error.sent(), Sent::Maybe);
        assert_eq!(server.seen().len(), requests, "{method}");
        assert_eq!(error.operation(), Some("request"));
    }
}

#[tokio::test]
async fn an_empty_response_is_null_and_another_is_an_error_that_keeps_it() {
    let server = Server::start(|_, number| respond(200, ["", "<html>"][number])).await;
    let response = server.client().request(Method::GET, "x").await.unwrap();
    assert!(response.value.is_null());
    let error = server.client().request(Method::GET, "x").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode(_)));
    assert_eq!(&error.body()[..], b"<html>");
}

#[tokio::test]
async fn no_path_leads_out_of_its_place() {
    let server = Server::start(|_, _| respond(200, "")).await;
    for path in [
        "",
        "..",
        "../456/archive",
        "a/../b",
        "./a",
        "a//b",
        "/",
        "//evil.example/x",
        "a?b=c",
        "a#b",
    ] {
        let error = server
            .client()
            .request(Method::GET, path)
            .await
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{path}");
    }
    server
        .client()
        .request(Method::GET, "a/%2e%2e/http:")
        .await
        .unwrap();
    assert_eq!(
        server.seen()[0].target,
        "/v2/project/123456/a/%252e%252e/http%3A"
    );
}
