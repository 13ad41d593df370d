//! What each kind of error says and means.

use std::{error::Error as _, time::Duration};

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{ApiError, ClockSkew, DecodeError, Error, Invalid, Phase, Sent};

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
        Error::transport("waiting for the response", io()),
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
            "start_archive: the connection broke while waiting for the response",
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
