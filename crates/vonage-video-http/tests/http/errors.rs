//! Every kind of error, provoked over a socket, and what it says.

use std::time::Duration;

use vonage_video_core::{
    Error, ErrorKind,
    operations::{GetArchive, StartArchive},
};
use vonage_video_http::Client;

use crate::server::{SESSION, Server, Step, builder, respond_with};

async fn start(client: Client) -> Error {
    let call = client.send(StartArchive::new(SESSION)).attempts(1);
    call.timeout(Duration::from_millis(200)).await.unwrap_err()
}

async fn with(steps: Vec<Step>) -> Error {
    start(Server::start(move |_, _| steps.clone()).await.client()).await
}

/// The error with what is new each time made the same.
fn snapshot(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!("caused by: {cause}\n"));
        source = cause.source();
    }
    let at = text.find("elapsed: ").unwrap() + "elapsed: ".len();
    let end = at + text[at..].find([',', ' ']).unwrap();
    text.replace_range(at..end, "T");
    text
}

#[tokio::test]
async fn what_each_kind_says() {
    let signing = {
        let credentials = vonage_video_auth::Credentials::with_signer(
            crate::server::APPLICATION_ID,
            |_: &[u8]| Err("the HSM is away".into()),
        )
        .unwrap();
        let client = builder("http://127.0.0.1:9").build().unwrap();
        client.with_credentials(credentials).unwrap()
    };
    let refusal = respond_with(
        409,
        &[("x-request-id", "r1")],
        br#"{"code":15008,"message":"only routed sessions","description":"d"}"#,
    );
    let ok = b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n".to_vec();
    let client = builder("http://127.0.0.1:1").build().unwrap();

    let snapshots = [
        (
            "invalid",
            client.send(GetArchive::new("a/b")).await.unwrap_err(),
        ),
        ("credentials", start(signing).await),
        ("connect", start(client).await),
        ("timeout", with(vec![Step::Hang]).await),
        ("transport", with(vec![Step::Close]).await),
        ("api", with(refusal).await),
        (
            "html",
            with(respond_with(
                502,
                &[],
                b"<html><title>Bad\ngateway</title></html>",
            ))
            .await,
        ),
        (
            "decode",
            with(vec![
                Step::Send(ok),
                Step::Send(b"{\"id\":{\"geheim\":1}} ".to_vec()),
            ])
            .await,
        ),
    ];
    let mut text = String::new();
    for (name, error) in &snapshots {
        assert_eq!(kind(error), if *name == "html" { "api" } else { name });
        text.push_str(&format!("## {name}\n{}\n", snapshot(error)));
    }
    let expected = include_str!("../fixtures/errors.txt");
    assert!(text == expected, "{text}");
}

fn kind(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Invalid(_) => "invalid",
        ErrorKind::Credentials => "credentials",
        ErrorKind::Connect => "connect",
        ErrorKind::Timeout(_) => "timeout",
        ErrorKind::Transport => "transport",
        ErrorKind::Api(_) => "api",
        ErrorKind::Decode(_) => "decode",
        _ => "?",
    }
}
