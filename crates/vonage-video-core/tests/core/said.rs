//! What the server said in an error response, from every shape of body, and how it is shown.

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{ApiError, Error};

fn read(status: u16, body: &'static str) -> ApiError {
    ApiError::read(
        StatusCode::from_u16(status).unwrap(),
        Bytes::from_static(body.as_bytes()),
    )
}

#[test]
fn debug_shows_the_servers_words_but_no_body() {
    let error = Error::api(read(
        409,
        r#"{"code":15008,"message":"only routed","secret":"hunter2"}"#,
    ));
    let debug = format!("{error:?}");
    assert!(debug.contains("only routed"), "{debug}");
    assert!(!debug.contains("hunter2"), "{debug}");
}

#[test]
fn every_shape_of_refusal_is_read() {
    let platform = read(409, r#"{"code":15002,"message":"m","description":"d"}"#);
    assert_eq!(
        (
            platform.code,
            platform.message.as_str(),
            platform.description.as_deref()
        ),
        (Some(15002), "m", Some("d"))
    );

    let bare = read(
        409,
        r#"{"message":"Session is already composed for given tag with code 409"}"#,
    );
    assert_eq!(
        (bare.code, bare.message.as_str()),
        (
            None,
            "Session is already composed for given tag with code 409"
        )
    );

    let gateway = read(
        401,
        r#"{"type":"https://example.com","title":"Unauthorized","detail":"wrong token","instance":"abc"}"#,
    );
    assert_eq!(
        (gateway.message.as_str(), gateway.description.as_deref()),
        ("wrong token", Some("Unauthorized"))
    );
    assert_eq!(gateway.request_id.as_deref(), Some("abc"));

    let xml = read(
        403,
        "<?xml version=\"1.0\"?><errorPayload><code>-1</code><message>Issuer &lt;x&gt; &amp;amp; not found</message><description/></errorPayload>",
    );
    assert_eq!(
        (xml.code, xml.message.as_str(), xml.description),
        (Some(-1), "Issuer <x> &amp; not found", None)
    );

    let html = read(
        502,
        "<html><head><title> 502 Bad Gateway </title></head><body>…</body></html>",
    );
    assert_eq!(html.message, "502 Bad Gateway");

    let text = read(413, "too large");
    assert_eq!(text.message, "too large");
    assert_eq!(&text.body[..], b"too large");

    assert_eq!(read(500, "").message, "");
    assert_eq!(read(500, "null").message, "");
    assert_eq!(read(500, "{}").message, "");
    assert_eq!(read(500, "[]").message, "");
    assert_eq!(read(500, r#""plain""#).message, "plain");
    assert_eq!(
        read(400, r#"{"code":"15202","message":null}"#).code,
        Some(15202)
    );
}

/// What a program shows of an error response: one line per case.
#[test]
fn what_the_server_said_is_shown_from_every_shape() {
    for (status, body, expected) in [
        (
            422,
            r#"{"type":"x","title":"Unprocessable","detail":"The request is invalid","instance":"abc","invalid_parameters":[{"name":"archiveId","reason":"must be a UUID"},{"name":"count","reason":"too many"}]}"#,
            "422 Unprocessable Entity: The request is invalid (Unprocessable); archiveId: must be a UUID; count: too many [request abc]",
        ),
        (
            400,
            r#"{"invalid_parameters":{"name":"is too long"}}"#,
            "400 Bad Request: name: is too long",
        ),
        (
            400,
            r#"{"title":"Bad","detail":"d","invalid-params":[{"name":"age","reason":"r"}]}"#,
            "400 Bad Request: d (Bad); age: r",
        ),
        (
            400,
            r#"{"error":{"message":"no such layout"}}"#,
            "400 Bad Request: no such layout",
        ),
        (
            400,
            r#"{"error":{"code":15202,"message":"m","description":"d"}}"#,
            "400 Bad Request, code 15202: m (d)",
        ),
        (
            400,
            r#"{"errors":[{"message":"no such layout"}]}"#,
            "400 Bad Request: no such layout",
        ),
        (
            400,
            r#"{"errors":["first","second"]}"#,
            "400 Bad Request: first; second",
        ),
        (
            400,
            r#"{"errors":{"name":["is bad","is long"]}}"#,
            "400 Bad Request: name: is bad; is long",
        ),
        (
            400,
            r#"{"errors":"just text"}"#,
            "400 Bad Request: just text",
        ),
        (
            400,
            r#"[{"code":-1,"message":"no such layout"},{"message":"nor that"}]"#,
            "400 Bad Request, code -1: no such layout; nor that",
        ),
        (
            400,
            r#"["first","second"]"#,
            "400 Bad Request: first; second",
        ),
        (
            400,
            r#"{"message":["a must be b","c must be d"]}"#,
            "400 Bad Request: a must be b; c must be d",
        ),
        (
            401,
            r#"{"error_title":"Unauthorized","description":"JWT expired"}"#,
            "401 Unauthorized (JWT expired)",
        ),
        (
            401,
            r#"{"error":"invalid_token","error_description":"The token expired"}"#,
            "401 Unauthorized: invalid_token (The token expired)",
        ),
        (
            429,
            r#"{"fault":{"faultstring":"Rate limit","detail":{"errorcode":"x"}}}"#,
            "429 Too Many Requests: Rate limit",
        ),
        (
            502,
            "<HTML><HEAD><TITLE class=\"x\">502 Bad\nGateway &#8211; nginx</TITLE></HEAD></HTML>",
            "502 Bad Gateway: 502 Bad\\nGateway – nginx",
        ),
        (
            502,
            "<html><body><h1>Try again</h1></body></html>",
            "502 Bad Gateway: Try again",
        ),
        (502, "<p>Nothing known", "502 Bad Gateway: <p>Nothing known"),
        (
            500,
            "<Error><Code>17</Code><Message><![CDATA[a <b> c]]></Message></Error>",
            "500 Internal Server Error, code 17: a <b> c",
        ),
        (
            500,
            r#"{"unheard":"of","n":[1]}"#,
            r#"500 Internal Server Error: {"unheard":"of","n":[1]}"#,
        ),
        (500, "[1,2]", "500 Internal Server Error: [1,2]"),
        (
            500,
            "\u{feff}{\"message\":\"marked\"}",
            "500 Internal Server Error: marked",
        ),
        (500, "{}", "500 Internal Server Error"),
        // Each statement once.
        (
            403,
            r#"{"code":403,"message":"Forbidden"}"#,
            "403 Forbidden",
        ),
        (
            403,
            r#"{"code":403,"message":"Forbidden","description":"forbidden"}"#,
            "403 Forbidden",
        ),
        (
            404,
            r#"{"code":404,"message":"Gone","description":"Gone"}"#,
            "404 Not Found: Gone",
        ),
        (
            502,
            "<html><head><title>502 Bad Gateway</title></head></html>",
            "502 Bad Gateway",
        ),
        (
            409,
            r#"{"code":15001,"message":"HTTP 409 Conflict"}"#,
            "409 Conflict, code 15001",
        ),
        (
            404,
            r#"{"message":"Not found. The client is not connected to the session."}"#,
            "404 Not Found: The client is not connected to the session.",
        ),
        (
            403,
            r#"{"message":"403: Forbidden: no","description":"No"}"#,
            "403 Forbidden: no",
        ),
        (
            403,
            r#"{"message":"Forbidden words in the name"}"#,
            "403 Forbidden: Forbidden words in the name",
        ),
        (404, r#"{"message":"404s"}"#, "404 Not Found: 404s"),
        // Nothing that acts on a terminal, from any shape.
        (
            400,
            "{\"message\":\"\u{202e}a\u{9b}31m\",\"description\":\"b\u{7f}\",\"instance\":\"c\u{200b}\",\"errors\":[\"d\u{feff}\"]}",
            "400 Bad Request: \\u{202e}a\\u{9b}31m (b\\u{7f}); d\\u{feff} [request c\\u{200b}]",
        ),
        (
            400,
            "plain \u{2066}\u{1b}[2J",
            "400 Bad Request: plain \\u{2066}\\u{1b}[2J",
        ),
    ] {
        let error = read(status, body);
        assert_eq!(error.to_string(), expected, "{body}");
        let debug = format!("{error:?}");
        assert!(
            !debug.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{200b}']),
            "{debug}"
        );
    }
}

#[test]
fn a_message_comes_back_byte_for_byte() {
    let words = "  Ünïcode \u{1F3A5} \"quoted\" \\ \t ";
    let body = serde_json::json!({ "message": words }).to_string();
    let error = ApiError::read(StatusCode::CONFLICT, body.into());
    assert_eq!(error.message, words);
}

#[test]
fn a_long_text_is_cut_in_the_message_and_whole_in_the_body() {
    let text = "é".repeat(100_000);
    let error = ApiError::read(StatusCode::BAD_GATEWAY, text.clone().into());
    assert_eq!(error.message.chars().count(), 10_000);
    assert!(error.to_string().chars().count() < 400);
    assert!(format!("{error:?}").chars().count() < 800);
    assert_eq!(error.body.len(), text.len());
}
