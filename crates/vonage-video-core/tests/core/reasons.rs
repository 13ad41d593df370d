//! The condition behind an error response, by its status, code and message.

use bytes::Bytes;
use http::StatusCode;
use vonage_video_core::{
    ApiError, Error, Operation, Reason,
    operations::{GetStream, ListStreams},
};

fn read(status: u16, body: &'static str) -> ApiError {
    ApiError::read(
        StatusCode::from_u16(status).unwrap(),
        Bytes::from_static(body.as_bytes()),
    )
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
    assert_eq!(Error::connect("host", "refused").reason(), None);
    assert_eq!(Reason::RateLimited.as_str(), "RateLimited");
    assert_eq!(Reason::Other.as_str(), "Other");
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
