//! What an error says, and that it says what the server said.

use std::{error::Error as _, time::Duration};

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{
    ApiError, ClockSkew, DecodeError, Error, Invalid, Operation, Phase, Reason, Sent,
    operations::{GetArchive, GetStream, ListStreams},
};

fn read(status: u16, body: &'static str) -> ApiError {
    ApiError::read(
        StatusCode::from_u16(status).unwrap(),
        Bytes::from_static(body.as_bytes()),
    )
}

fn io() -> std::io::Error {
    std::io::Error::other("Connection refused")
}

#[test]
fn every_kind_is_one_line_and_leaves_its_cause_to_source() {
    let seconds = Duration::from_secs;
    let lines = [
        Error::invalid(Invalid::new(
            "layout.stylesheet",
            "must be set when type = custom",
            "",
        )),
        Error::invalid(Invalid::new("count", "must be at most 1000", "1001")),
        Error::credentials(io()),
        Error::connect("api.opentok.com:443", io()),
        Error::timeout(Phase::Connect, seconds(5), Sent::No),
        Error::timeout(Phase::Attempt, seconds(15), Sent::Maybe).after(2, seconds(20)),
        Error::timeout(Phase::Total, seconds(30), Sent::Maybe),
        Error::transport("waiting for the answer", io()),
        Error::api(read(
            409,
            r#"{"code":15008,"message":"only\nrouted","description":"more"}"#,
        ))
        .after(3, seconds(1)),
        Error::api(read(503, "")),
        Error::decode(
            DecodeError::whole("the body is empty"),
            StatusCode::OK,
            Bytes::new(),
        ),
    ]
    .map(|error| error.in_operation("start_archive").to_string());
    assert_eq!(
        lines,
        [
            "start_archive: layout.stylesheet: must be set when type = custom",
            "start_archive: count: must be at most 1000, got 1001",
            "start_archive: cannot sign the request",
            "start_archive: cannot connect to api.opentok.com:443",
            "start_archive: no connection within 5s",
            "start_archive: no response within 15s (after 2 attempts)",
            "start_archive: not done within 30s in all",
            "start_archive: the connection broke while waiting for the answer",
            "start_archive: 409 Conflict, code 15008: only\\nrouted (more) (after 3 attempts)",
            "start_archive: 503 Service Unavailable",
            "start_archive: the response (200 OK) cannot be read: the body is empty",
        ]
    );
    assert_eq!(
        Error::connect("host", io()).source().unwrap().to_string(),
        "Connection refused"
    );
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
fn a_chain_of_causes_says_each_thing_once() {
    let invalid = || Invalid::new("count", "must be at most 1000", "1001");
    for error in [
        Error::invalid(invalid()),
        Error::credentials(io()),
        Error::connect("api.opentok.com:443", io()),
        Error::timeout(Phase::Attempt, Duration::from_secs(1), Sent::Maybe),
        Error::transport("waiting for the response", io()),
        Error::api(read(403, r#"{"code":403,"message":"Forbidden"}"#)),
        Error::decode(
            DecodeError::whole("the body is empty"),
            StatusCode::OK,
            Bytes::new(),
        ),
    ] {
        let mut chain = vec![error.to_string()];
        let mut cause = error.source();
        while let Some(error) = cause {
            chain.push(error.to_string());
            cause = error.source();
        }
        for (index, statement) in chain.iter().enumerate() {
            let others = chain
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            for (_, other) in others {
                assert!(!other.contains(statement.as_str()), "{chain:?}");
            }
        }
    }
}

#[test]
fn a_handler_knows_what_to_respond_when_a_call_failed() {
    let seconds = Duration::from_secs(1);
    let api = |status| Error::api(read(status, ""));
    let invalid = || Error::invalid(Invalid::new("count", "must be at most 1000", "1001"));
    let mut waiting = read(503, "");
    waiting.retry_after = Some(seconds);
    for (error, status) in [
        (invalid().in_operation("list_archives"), 400),
        (invalid(), 500),
        (Error::credentials(io()), 500),
        (Error::connect("host", io()), 502),
        (Error::timeout(Phase::Total, seconds, Sent::Maybe), 504),
        (Error::timeout(Phase::Connect, seconds, Sent::No), 504),
        (Error::transport("reading", io()), 502),
        (
            Error::decode(DecodeError::whole("x"), StatusCode::OK, Bytes::new()),
            502,
        ),
        (api(400), 400),
        (api(405), 400),
        (api(422), 400),
        (api(401), 500),
        (api(403), 500),
        (api(402), 500),
        (api(302), 500),
        (api(404), 404),
        (api(409), 409),
        (api(413), 413),
        (api(429), 503),
        (api(500), 502),
        (api(503), 502),
        (Error::api(waiting), 503),
    ] {
        assert_eq!(error.suggested_status(), status, "{error}");
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

#[test]
fn a_wrong_clock_is_said_in_so_many_words() {
    let mut error = read(403, "");
    error.clock_skew = Some(ClockSkew::ahead(180));
    assert_eq!(
        error.to_string(),
        "403 Forbidden; this machine's clock is 180 s behind the server's: set it"
    );
    error.clock_skew = Some(ClockSkew::ahead(-90));
    assert_eq!(
        error.to_string(),
        "403 Forbidden; this machine's clock is 90 s ahead of the server's: set it"
    );
}

#[test]
fn a_refusal_becomes_a_reason_where_the_evidence_allows() {
    let table = [
        (
            "start_archive",
            404,
            r#"{"message":"Not found. No clients are actively connected to the OpenTok session."}"#,
            Reason::NoClientsConnected,
        ),
        (
            "signal_session",
            404,
            r#"{"message":"Not found. No clients are actively connected to the OpenTok session."}"#,
            Reason::NoClientsConnected,
        ),
        (
            "start_archive",
            409,
            r#"{"code":15008,"message":"x"}"#,
            Reason::SessionIsRelayed,
        ),
        (
            "start_archive",
            409,
            r#"{"message":"Archiving is only for routed sessions, not p2p"}"#,
            Reason::SessionIsRelayed,
        ),
        (
            "start_broadcast",
            409,
            r#"{"message":"Session is already composed for given tag with code 409"}"#,
            Reason::AlreadyStarted,
        ),
        (
            "start_captions",
            409,
            r#"{"code":60003,"message":"Audio captioning is already enabled"}"#,
            Reason::CaptionsAlreadyOn,
        ),
        (
            "stop_archive",
            409,
            r#"{"code":15002,"message":"x"}"#,
            Reason::WrongState,
        ),
        (
            "delete_archive",
            409,
            r#"{"code":15004,"message":"x"}"#,
            Reason::WrongState,
        ),
        ("start_captions", 409, "", Reason::CaptionsAlreadyOn),
        (
            "start_captions",
            409,
            r#"{"message":"Only routed sessions have captions"}"#,
            Reason::SessionIsRelayed,
        ),
        ("dial", 409, "", Reason::SessionIsRelayed),
        ("connect_websocket", 409, "", Reason::SessionIsRelayed),
        ("stop_broadcast", 409, "", Reason::WrongState),
        ("add_archive_stream", 405, "", Reason::NotInManualStreamMode),
        (
            "remove_broadcast_stream",
            400,
            r#"{"message":"The stream mode is not manual"}"#,
            Reason::NotInManualStreamMode,
        ),
        ("add_archive_stream", 400, "", Reason::Other),
        ("get_archive", 404, "", Reason::NotFound),
        ("signal_session", 413, "", Reason::TooLarge),
        ("list_archives", 429, "", Reason::RateLimited),
        (
            "list_archives",
            403,
            r#"{"code":-1,"message":"Issuer not found"}"#,
            Reason::Unauthorized,
        ),
        (
            "start_archive",
            409,
            r#"{"message":"a new kind of conflict"}"#,
            Reason::Other,
        ),
    ];
    for (operation, status, body, reason) in table {
        assert_eq!(
            Error::api(read(status, body))
                .in_operation(operation)
                .reason(),
            Some(reason),
            "{operation} {status} {body}"
        );
    }
    assert_eq!(Error::connect("host", io()).reason(), None);
    assert_eq!(Reason::RateLimited.as_str(), "RateLimited");
    assert_eq!(Reason::Other.as_str(), "Other");
}

#[test]
fn predicates() {
    let api = |status| Error::api(read(status, ""));
    assert!(api(404).is_not_found() && api(409).is_conflict() && api(429).is_rate_limited());
    assert!(
        api(401).is_refused_credentials()
            && api(403).is_refused_credentials()
            && !api(404).is_refused_credentials()
    );
    let timeout = Error::timeout(Phase::Connect, Duration::ZERO, Sent::No);
    assert!(timeout.is_timeout() && timeout.is_connect() && timeout.sent() == Sent::No);
    assert_eq!(api(404).sent(), Sent::Yes);
    assert_eq!(Error::transport("writing", io()).sent(), Sent::Maybe);
    assert_eq!(std::mem::size_of::<Error>(), 8);
}

/// A 404 is an empty list only in the service's own JSON words: nothing else may hide a wrong base
/// URL, a gateway or a wrong project.
#[test]
fn a_404_is_an_empty_list_in_the_services_own_words_only() {
    let list = ListStreams::META;
    for body in [
        r#"{"code":404,"message":"Session not found","description":"Session not found"}"#,
        r#" {"message":"session not found.","code":"404"}"#,
    ] {
        assert!(list.means_empty(&read(404, body)), "{body}");
        assert!(!list.means_empty(&read(403, body)), "{body}");
        assert!(!GetStream::META.means_empty(&read(404, body)), "{body}");
    }
    for body in [
        "",
        "{}",
        "null",
        "404 page not found",
        "Session not found",
        r#""Session not found""#,
        r#"{"message":"Session not found"}"#,
        r#"{"code":-1,"message":"Session not found"}"#,
        r#"{"code":404,"message":"Session not found on this server"}"#,
        r#"{"code":404,"message":"Not found"}"#,
        r#"{"code":-1,"message":"Not Found"}"#,
        r#"{"message":"no Route matched with those values"}"#,
        r#"{"message":"Invalid project id"}"#,
        r#"{"message":"Session does not exist"}"#,
        "<errorPayload><code>404</code><message>Session not found</message></errorPayload>",
        "<html><title>Session not found</title></html>",
        " <!DOCTYPE HTML><p>Nothing here",
    ] {
        assert!(!list.means_empty(&read(404, body)), "{body}");
    }
}

/// One absent client is not an empty session: a program that waits until somebody is there would
/// wait for a client that never returns, in a room that is full.
#[test]
fn one_absent_client_is_not_an_empty_session() {
    let reason = |operation, body| {
        let error = Error::api(read(404, body)).in_operation(operation);
        error.reason()
    };
    let gone = r#"{"message":"Not found. The client is not connected to the session."}"#;
    let nobody =
        r#"{"message":"Not found. No clients are actively connected to the OpenTok session."}"#;
    for operation in [
        "force_disconnect",
        "signal_connection",
        "play_dtmf_connection",
    ] {
        for body in [gone, nobody] {
            assert_eq!(
                reason(operation, body),
                Some(Reason::ClientNotConnected),
                "{operation} {body}"
            );
        }
        assert_eq!(reason(operation, ""), Some(Reason::NotFound), "{operation}");
    }
    for operation in [
        "start_archive",
        "start_broadcast",
        "signal_session",
        "play_dtmf_session",
    ] {
        assert_eq!(
            reason(operation, nobody),
            Some(Reason::NoClientsConnected),
            "{operation}"
        );
        let absent = r#"{"code":404,"message":"Session not found"}"#;
        assert_eq!(
            reason(operation, absent),
            Some(Reason::NotFound),
            "{operation}"
        );
    }
}

/// Without the name of the operation, as of a raw request, codes and certain statuses still tell.
#[test]
fn a_reason_is_found_without_knowing_the_operation() {
    for (status, body, reason) in [
        (
            409,
            r#"{"code":15001,"message":"HTTP 409 Conflict"}"#,
            Reason::AlreadyStarted,
        ),
        (409, r#"{"code":15008}"#, Reason::SessionIsRelayed),
        (
            409,
            r#"{"message":"Only routed sessions"}"#,
            Reason::SessionIsRelayed,
        ),
        (409, r#"{"message":"already started"}"#, Reason::Other),
        (404, "", Reason::NotFound),
        (401, "", Reason::Unauthorized),
    ] {
        assert_eq!(
            Error::api(read(status, body)).reason(),
            Some(reason),
            "{status} {body}"
        );
    }
}

/// What cannot be read is told with its place and with what stands around it, and that is never a secret.
#[test]
fn a_body_that_cannot_be_read_shows_a_piece_of_itself() {
    const SECRET: &str = "geheim";
    let long = format!(r#"{{"{SECRET}!":1,{}"id":5}}"#, r#""size":1,"#.repeat(1000));
    for (body, expected) in [
        (
            r#"{"id":"a1","status":{"geheim":1},"name":"geheim","size":7,"sessionId":"1_x"}"#,
            r#"at status: invalid type: map, expected text at line 1 column 21, in {id: "a1", name: "…" (6 bytes), sessionId: "1_x", size: 7, status: {1 members}}"#,
        ),
        (
            r#"{"id":"a1","streams":[{"streamId":"s"},{"streamId":[],"geheim key":"geheim"}]}"#,
            r#"at streams[1].streamId: invalid type: sequence, expected StreamId at line 1 column 53, in {…: "…" (6 bytes), streamId: [0 items]}"#,
        ),
        (
            r#"{"id":"a1","status":"geheim","size":"#,
            r#"at size: EOF while parsing a value at line 1 column 36, in {"xx":"xx","xxxxxx":"xxxxxx","xxxx":"#,
        ),
        (
            "<html>geheim</html>",
            "expected a response of the API, found an HTML page: a proxy, a sign-in page or another server responded; is the base URL right?",
        ),
        (
            r#""geheim""#,
            r#"invalid type: string "…", expected struct Archive at line 1 column 8, in "…" (6 bytes)"#,
        ),
        (
            r#"{"id":"a1"} geheim"#,
            r#"something follows the JSON, in {"xx":"xx"} xxxxxx"#,
        ),
    ] {
        let error = GetArchive::decode_output(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains(SECRET), "{error:?}");
    }
    for body in [long, "é".repeat(1000), format!("[{}", "\n".repeat(1000))] {
        let error = GetArchive::decode_output(body.as_bytes()).unwrap_err();
        assert!(error.excerpt.chars().count() <= 220, "{error}");
        assert!(
            !error.excerpt.contains(SECRET) && !error.excerpt.contains('\n'),
            "{error}"
        );
    }
}
