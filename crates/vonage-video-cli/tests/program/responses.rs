//! What a server answers, good and bad, as `call` tells it.

use std::{
    io::{Read, Write},
    net::TcpListener,
    process::Output,
    thread,
    time::SystemTime,
};

use serde_json::{Value, json};
use vonage_video::SessionInfo;

use crate::kit::{failure, opentok, text};

/// What `call` makes of a response to a request for the streams of a session, or another operation.
fn answered(operation: &str, input: Value, head: &str, body: &[u8]) -> Output {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let response = format!(
        "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let arguments = ["call", operation, "--input", &input.to_string()];
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 16 * 1024];
            let _ = stream.read(&mut request).unwrap();
            // A client that has read enough hangs up.
            let _ = stream
                .write_all(response.as_bytes())
                .and_then(|()| stream.write_all(body));
        });
        opentok(&url, &arguments).output().unwrap()
    })
}

#[test]
fn nothing_yet_is_an_empty_list_in_the_services_own_words_only() {
    let words =
        br#"{"code": 404, "message": "Session not found", "description": "Session not found"}"#;
    let ours = SessionInfo::new("123456", SystemTime::UNIX_EPOCH, "nonce").encode();
    let session = json!({"sessionId": ours});
    let output = answered("list_streams", session.clone(), "404 Not Found", words);
    assert_eq!(text(&output.stdout), r#"{"count":0,"items":[]}"#);
    for other in [
        &b""[..],
        b"<html></html>",
        br#"{"message": "no Route matched"}"#,
    ] {
        let error = failure(&answered(
            "list_streams",
            session.clone(),
            "404 Not Found",
            other,
        ));
        assert_eq!(error["status"], 404, "{error}");
    }
}

#[test]
fn members_that_nobody_knows_yet_are_shown() {
    let archive = br#"{"id": "a", "status": "hologram", "newer": [1]}"#;
    let output = answered("get_archive", json!({"archiveId": "a"}), "200 OK", archive);
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown, serde_json::from_slice::<Value>(archive).unwrap());
}

#[test]
fn a_response_that_cannot_be_read_is_told_as_done_but_unread() {
    let large = vec![b' '; 100_000_000];
    for (body, told) in [
        (&b"<html><title>Sign in</title></html>"[..], "an HTML page"),
        (b"", "the body is empty"),
        (br#"{"status": "started"}"#, "missing field `id`"),
        (&large, "larger than"),
    ] {
        let archive = json!({"archiveId": "a"});
        let error = failure(&answered("get_archive", archive, "200 OK", body));
        assert_eq!(
            (&error["kind"], &error["sent"], &error["status"]),
            (&json!("decode"), &json!("yes"), &json!(200)),
            "{error}"
        );
        assert!(error["message"].as_str().unwrap().contains(told), "{error}");
    }
}

#[test]
fn the_servers_words_are_told_whatever_their_form() {
    for (body, words) in [
        (
            &br#"{"code": 15002, "message": "no stop", "description": "more"}"#[..],
            "no stop",
        ),
        (
            br#"{"type": "https://example.com", "title": "Conflict", "detail": "no stop"}"#,
            "no stop",
        ),
        (
            b"<errorPayload><code>15002</code><message>no stop</message></errorPayload>",
            "no stop",
        ),
        (br#"{"message": "no stop"}"#, "no stop"),
        (b"<html><title>no stop</title></html>", "no stop"),
        (b"", ""),
    ] {
        let archive = json!({"archiveId": "a"});
        let error = failure(&answered("stop_archive", archive, "409 Conflict", body));
        assert_eq!(
            (&error["kind"], &error["status"], &error["reason"]),
            (&json!("api"), &json!(409), &json!("WrongState")),
            "{error}"
        );
        assert_eq!(error["serverMessage"], words, "{error}");
    }
}
