//! Servers that want to hurt.

use std::time::{Duration, Instant};

use vonage_video_core::{
    ErrorKind, Sent,
    models::{BroadcastOutputs, RtmpTarget},
    operations::{DeleteArchive, GetArchive, ListArchives, StartArchive, StartBroadcast},
};

use crate::server::{SESSION, Server, Step, archive, respond, respond_with};

#[tokio::test]
async fn headers_without_end_are_not_read_without_end() {
    let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
    while head.len() < 4 << 20 {
        head.extend_from_slice(
            b"x-padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
        );
    }
    let one = [b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'a'; 4 << 20]].concat();
    for bytes in [head, one] {
        let server = Server::start(move |_, _| vec![Step::Send(bytes.clone()), Step::Hang]).await;
        let error = server
            .client()
            .send(StartArchive::new(SESSION))
            .await
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
        assert_eq!(error.sent(), Sent::Maybe);
        assert!(error.elapsed() < Duration::from_secs(5), "{error:?}");
    }
}

#[tokio::test]
async fn a_response_that_is_too_large_is_not_kept() {
    let server = Server::start(|_, _| respond(200, &format!("[{}]", "1,".repeat(100_000)))).await;
    let client = server.builder().max_response_bytes(10_000).build().unwrap();
    let error = client.send(ListArchives::new()).await.unwrap_err();
    let ErrorKind::Decode(decode) = error.kind() else {
        panic!("{error:?}")
    };
    assert!(
        decode.reason.contains("larger than 10000 bytes"),
        "{decode}"
    );
    assert_eq!(
        (error.sent(), server.seen().len()),
        (Sent::Yes, 1),
        "it took effect"
    );
    assert!(error.body().len() <= 10_000);

    // At the limit it is read, one above it is not.
    let body = archive("a1", "started");
    for (limit, fits) in [(body.len(), true), (body.len() - 1, false)] {
        let body = body.clone();
        let server = Server::start(move |_, _| respond(200, &body)).await;
        let client = server.builder().max_response_bytes(limit).build().unwrap();
        assert_eq!(client.send(GetArchive::new("a1")).await.is_ok(), fits);
    }
}

#[tokio::test]
async fn a_body_without_end_ends_at_the_limit() {
    let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x10000)).into_bytes();
    for status in ["200 OK", "400 Bad Request"] {
        let chunk = chunk.clone();
        let server = Server::start(move |_, _| {
            let head = format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n");
            let mut steps = vec![Step::Send(head.into_bytes())];
            steps.extend(std::iter::repeat_n(Step::Send(chunk.clone()), 2_000));
            steps
        })
        .await;
        #[expect(clippy::disallowed_methods, reason = "a test that measures")]
        let start = Instant::now();
        let error = server
            .client()
            .send(GetArchive::new("a1"))
            .attempts(1)
            .await
            .unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(error.sent(), Sent::Yes);
        assert!(error.body().len() <= 16 << 20);
        // Of a refusal, what there is is kept.
        assert_eq!(error.api_error().is_some(), status.starts_with("400"));
    }
}

#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    for encoding in ["gzip", "br", "deflate, gzip"] {
        let server = Server::start(move |_, _| {
            respond_with(200, &[("content-encoding", encoding)], b"\x1f\x8b\x08bomb")
        })
        .await;
        let error = server
            .client()
            .send(GetArchive::new("a1"))
            .await
            .unwrap_err();
        let ErrorKind::Decode(decode) = error.kind() else {
            panic!("{error:?}")
        };
        assert!(
            decode.reason.contains(&format!("compressed ({encoding})")),
            "{decode}"
        );
        assert!(!server.seen()[0].headers.contains_key("accept-encoding"));
    }
    let server = Server::start(|_, _| {
        respond_with(
            200,
            &[("content-encoding", "identity")],
            archive("a1", "started").as_bytes(),
        )
    })
    .await;
    server.client().send(GetArchive::new("a1")).await.unwrap();
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let elsewhere = Server::start(|_, _| respond(200, &archive("stolen", "started"))).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/v2/x", elsewhere.url);
        let server =
            Server::start(move |_, _| respond_with(status, &[("location", &location)], b"")).await;
        let error = server
            .client()
            .send(GetArchive::new("a1"))
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.to_string().contains("never followed"), "{error}");
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn nonsense_is_an_error_and_no_panic() {
    let deep = "[".repeat(10 << 20);
    for bytes in [
        b"\0\0\0\0\r\n\r\n".to_vec(),
        b"HTTP/9.9 abc\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\xff\xfe\xfd\xfc".to_vec(),
        b"HTTP/1.1 999 \xff\r\ncontent-length: 0\r\n\r\n".to_vec(),
        b"HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n".to_vec(),
        b"HTTP/1.1 403 No\r\nretry-after: \xff\r\ndate: \xff\r\nx-request-id: \xff\r\ncontent-length: 0\r\n\r\n".to_vec(),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{deep}", deep.len()).into_bytes(),
        format!("HTTP/1.1 500 No\r\ncontent-length: {}\r\n\r\n{deep}", deep.len()).into_bytes(),
    ] {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let server = Server::start(move |_, _| vec![Step::Send(bytes.clone()), Step::Close]).await;
        let outcome = server.client().send(GetArchive::new("a1")).attempts(2).timeout(Duration::from_secs(10)).await;
        let error = outcome.expect_err(&shown);
        assert!(!error.is_timeout(), "{shown}: {error:?}");
        let _ = format!("{error} {error:?}");
    }
}

#[tokio::test]
async fn many_informational_answers_do_not_last() {
    let server = Server::start(|_, _| {
        let mut steps = vec![Step::Send(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000))];
        steps.extend(respond(200, &archive("a1", "started")));
        steps
    })
    .await;
    let outcome = server
        .client()
        .send(GetArchive::new("a1"))
        .timeout(Duration::from_secs(5))
        .await;
    assert_eq!(outcome.unwrap().id.as_str(), "a1");
}

#[tokio::test]
async fn what_a_server_repeats_of_the_request_is_not_shown() {
    const KEY: &str = "live_stream \"key\" 4711";
    let server = Server::start(|seen, _| {
        let echo = seen
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}; "));
        let message = format!("cannot read {}{}", echo.collect::<String>(), seen.json());
        let body = serde_json::json!({ "message": message }).to_string();
        respond(400, &body)
    })
    .await;
    let outputs = BroadcastOutputs::new().rtmp([RtmpTarget::new("rtmp://h/app", KEY)]);
    let call = StartBroadcast::new(SESSION, outputs);
    let error = server.client().send(call).await.unwrap_err();
    let api = error.api_error().unwrap();
    assert!(api.message.starts_with("cannot read "), "{error}");
    for shown in [format!("{error} {error:?}"), api.message.clone()] {
        assert!(!shown.contains("eyJ") && !shown.contains("4711"), "{shown}");
    }
    assert!(!error.body().is_empty());
}

#[tokio::test]
async fn a_page_instead_of_a_response_is_an_error() {
    for (kind, body) in [
        ("text/html", "Please sign in"),
        ("application/json", "<!DOCTYPE html><title>Sign in</title>"),
    ] {
        let server = Server::start(move |_, _| {
            respond_with(200, &[("content-type", kind)], body.as_bytes())
        })
        .await;
        let client = server.client();
        let errors = [
            client.send(ListArchives::new()).await.unwrap_err(),
            client.send(DeleteArchive::new("a1")).await.unwrap_err(),
        ];
        for error in errors {
            assert!(error.to_string().contains("found an HTML page"), "{error}");
        }
    }
}
