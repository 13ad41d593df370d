//! What arrives at the server, and what comes back.

use std::time::Duration;

use vonage_video_core::{
    ErrorKind, Sent,
    operations::{GetArchive, ListArchives, SignalSession, StartArchive},
};
use vonage_video_http::Client;

use crate::server::{
    API_KEY, APPLICATION_ID, SESSION, Server, archive, opentok, respond, respond_with, vonage,
};

#[tokio::test]
async fn an_operation_goes_out_signed_and_its_response_comes_back() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let archive = server
        .builder()
        .user_agent_suffix("acme/2.1")
        .build()
        .unwrap()
        .send(StartArchive::new(SESSION).name("Wöchentlich"))
        .await
        .unwrap();
    assert_eq!(archive.id.as_str(), "a1");

    let seen = &server.seen()[0];
    assert_eq!(seen.method, "POST");
    assert_eq!(seen.target, format!("/v2/project/{API_KEY}/archive"));
    assert_eq!(seen.json()["name"], "Wöchentlich");
    assert_eq!(seen.headers["content-type"], "application/json");
    assert_eq!(seen.headers["accept"], "application/json");
    assert_eq!(
        seen.headers["user-agent"],
        concat!("vonage-video-rust/", env!("CARGO_PKG_VERSION"), " acme/2.1")
    );
    assert!(seen.headers["x-opentok-auth"].starts_with("eyJ"));
    assert!(!seen.headers.contains_key("authorization"));
}

#[tokio::test]
async fn each_environment_signs_in_its_own_way() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let client = Client::builder(vonage())
        .variables(|_| None)
        .base_url(format!("{}/eu/", server.url))
        .build()
        .unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(
        seen.target,
        format!("/eu/v2/project/{APPLICATION_ID}/archive/a1")
    );
    assert!(seen.headers["authorization"].starts_with("Bearer eyJ"));
    assert!(!seen.headers.contains_key("x-opentok-auth"));
}

#[tokio::test]
async fn a_token_is_signed_once_and_the_connection_is_kept() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let client = Client::builder(vonage())
        .variables(|_| None)
        .base_url(&server.url)
        .build()
        .unwrap();
    for _ in 0..20 {
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    let seen = server.seen();
    assert!(
        seen.iter()
            .all(|s| s.headers["authorization"] == seen[0].headers["authorization"])
    );
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_base_url_may_come_from_a_variable() {
    let server = Server::start(|_, _| respond(200, r#"{"count":0,"items":[]}"#)).await;
    let url = server.url.clone();
    let client = Client::builder(opentok())
        .variables(move |name| (name == "VONAGE_VIDEO_BASE_URL").then(|| url.clone()))
        .build()
        .unwrap();
    client.send(ListArchives::new()).await.unwrap();
    assert_eq!(server.seen().len(), 1);

    let error = Client::builder(opentok())
        .variables(|name| {
            (name == "VONAGE_VIDEO_BASE_URL").then(|| "http://example.com".to_owned())
        })
        .build()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("VONAGE_VIDEO_BASE_URL: plain http"),
        "{error}"
    );
}

#[tokio::test]
async fn any_2xx_is_success_and_an_empty_list_may_be_empty() {
    for status in [200, 201, 202, 204] {
        for body in ["", "null", "{}", r#"{"items":[]}"#, r#"{"items":null}"#] {
            if status == 204 && !body.is_empty() {
                continue;
            }
            let server = Server::start(move |_, _| respond(status, body)).await;
            let page = server.client().send(ListArchives::new()).await.unwrap();
            assert!(page.items.is_empty(), "{status} {body}");
        }
    }
}

#[tokio::test]
async fn a_204_leaves_the_connection_in_step() {
    let server = Server::start(|seen, _| {
        if seen.path().ends_with("/signal") {
            vec![crate::server::Step::Send(
                b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
            )]
        } else {
            respond(200, &archive("a1", "started"))
        }
    })
    .await;
    let client = server.client();
    for _ in 0..3 {
        client
            .send(SignalSession::new(SESSION, "hi"))
            .await
            .unwrap();
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn what_the_server_says_survives() {
    let server = Server::start(|_, _| {
        respond_with(
            409,
            &[("x-request-id", "req-7")],
            br#"{"code":15002,"message":"Ung\u00fcltiger Zustand","description":"d"}"#,
        )
    })
    .await;
    let error = server
        .client()
        .send(StartArchive::new(SESSION))
        .await
        .unwrap_err();
    let api = error.api_error().unwrap();
    assert_eq!((api.status.as_u16(), api.code), (409, Some(15002)));
    assert_eq!(api.message, "Ungültiger Zustand");
    assert_eq!(api.request_id.as_deref(), Some("req-7"));
    assert_eq!(error.operation(), Some("start_archive"));
    assert_eq!((error.attempts(), error.sent()), (1, Sent::Yes));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_success_that_cannot_be_read_says_where_and_keeps_the_body() {
    let server = Server::start(|_, _| respond(200, r#"{"id":"a1","status":[]}"#)).await;
    let error = server
        .client()
        .send(StartArchive::new(SESSION))
        .await
        .unwrap_err();
    let ErrorKind::Decode(decode) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(decode.path, "status");
    assert_eq!(error.sent(), Sent::Yes);
    assert_eq!(&error.body()[..], br#"{"id":"a1","status":[]}"#);
    assert_eq!(
        server.seen().len(),
        1,
        "it took effect and is not sent again"
    );
}

#[tokio::test]
async fn what_breaks_a_limit_is_not_sent() {
    let server = Server::start(|_, _| respond(200, "{}")).await;
    let error = server
        .client()
        .send(GetArchive::new("../x"))
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error:?}");
    assert_eq!((error.attempts(), error.sent()), (0, Sent::No));
    assert_eq!(error.operation(), Some("get_archive"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_call_can_respond_with_everything() {
    let server = Server::start(|_, _| {
        respond_with(200, &[("x-y", "z")], archive("a1", "started").as_bytes())
    })
    .await;
    let call = server.client().send(GetArchive::new("a1"));
    let response = call
        .header(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        )
        .timeout(Duration::from_secs(5))
        .with_response()
        .await
        .unwrap();
    assert_eq!(response.value.id.as_str(), "a1");
    assert_eq!((response.status.as_u16(), response.attempts), (200, 1));
    assert_eq!(response.headers["x-y"], "z");
    assert!(response.body.starts_with(b"{\"id\""));
    assert!(server.seen()[0].headers["traceparent"].starts_with("00-0af"));
}

#[tokio::test]
async fn headers_that_sign_or_frame_cannot_be_replaced() {
    let server = Server::start(|_, _| respond(200, "{}")).await;
    for name in [
        "x-opentok-auth",
        "Authorization",
        "content-length",
        "bad name",
    ] {
        let error = server
            .client()
            .send(ListArchives::new())
            .header(name, "geheim")
            .await
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
        assert!(!format!("{error} {error:?}").contains("geheim"));
    }
    assert!(server.seen().is_empty());
}

#[test]
fn without_a_runtime_it_is_made_and_a_call_is_an_error_not_a_panic() {
    let client = crate::server::builder("http://127.0.0.1:9")
        .build()
        .unwrap();
    let mut call = std::pin::pin!(IntoFuture::into_future(client.send(GetArchive::new("a1"))));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = Future::poll(call.as_mut(), &mut context) else {
        panic!("it waits for a runtime that is not there");
    };
    assert!(outcome.unwrap_err().to_string().contains("tokio runtime"));
}
