//! What a 2xx response means: a value, an empty list, or an error that says what came instead.

use std::fmt::Debug;

use vonage_video_core::{
    Operation, Output,
    operations::{
        CreateSession, DeleteArchive, ListArchives, ListBroadcasts, ListCallbacks, ListConnections,
        ListProjects, ListRenders, ListStreams, MuteAll, StartArchive, StopArchive,
    },
    shared::refuse_page,
};

fn shown<O: Operation>(body: &str) -> String
where
    O::Output: Debug,
{
    match O::decode_output(body.as_bytes()) {
        Ok(output) => format!("{output:?}"),
        Err(error) => format!("error: {error}"),
    }
}

/// What every operation that lists makes of a body.
fn lists(body: &str) -> Vec<String> {
    vec![
        shown::<ListArchives>(body),
        shown::<ListBroadcasts>(body),
        shown::<ListRenders>(body),
        shown::<ListStreams>(body),
        shown::<ListConnections>(body),
    ]
}

#[test]
fn an_absent_list_is_an_empty_list() {
    for body in [
        "",
        " \n",
        "\u{feff}",
        "null",
        "{}",
        " { } ",
        "\u{feff}{}",
        r#"{"items":null}"#,
        r#"{"count":0}"#,
        r#"{"count":0,"items":[]}"#,
        r#"{"items":{}}"#,
        r#"{"count":null,"items":[null],"more":1}"#,
        r#"{"code":200,"message":"OK"}"#,
    ] {
        for shown in lists(body) {
            let is_empty = shown.contains("count: 0") && !shown.contains("error");
            assert!(is_empty, "{body}: {shown}");
        }
    }
    for body in ["", "null", "[]", "{}", "[null]", "\u{feff}[]"] {
        assert_eq!(shown::<ListProjects>(body), "[]", "{body}");
        assert_eq!(shown::<ListCallbacks>(body), "[]", "{body}");
    }
}

#[test]
fn what_another_server_says_is_not_an_empty_list() {
    for (body, expected) in [
        (
            r#"{"message":"Welcome"}"#,
            "found an object with nothing of that, in {message: ",
        ),
        (
            r#"{"errors":[{"message":"boom"}]}"#,
            "in {errors: [1 items]}",
        ),
        (
            r#"{"status":"ok","data":[]}"#,
            r#"in {data: [0 items], status: "ok"}"#,
        ),
        (r#"{"code":500,"message":"x"}"#, "nothing of that"),
        (r#"{"code":200,"message":"OK","data":1}"#, "nothing of that"),
        ("[]", "found a list"),
        (r#"[{"id":"a"}]"#, "found a list"),
        ("true", "invalid type: boolean `true`"),
        ("12", "invalid type: integer `12`"),
        (r#""text""#, r#"invalid type: string "…""#),
        (
            "<!DOCTYPE html><html><head><title>Sign in to\u{202e} the network</title>",
            r#"an HTML page with the title "Sign in to\u{202e} the network""#,
        ),
        (" <HTML><body>x", "found an HTML page"),
        ("<!-- a --> <!-- b --><html>", "found an HTML page"),
        ("<xml/>", "expected value at line 1 column 1"),
        ("OK", "expected value at line 1 column 1"),
    ] {
        for shown in lists(body) {
            let says = shown.starts_with("error: ") && shown.contains(expected);
            assert!(says, "{body}: {shown}");
        }
    }
    for body in [r#"{"message":null}"#, r#"{"message":"x"}"#, "1", "<html>"] {
        assert!(shown::<ListProjects>(body).starts_with("error"), "{body}");
    }
}

#[test]
fn a_page_is_not_success_even_where_no_body_is_expected() {
    for body in [
        "<html><title>Sign in</title></html>",
        "\u{feff}<!doctype HTML><p>x",
    ] {
        assert!(shown::<DeleteArchive>(body).contains("HTML page"), "{body}");
        assert!(shown::<StartArchive>(body).contains("HTML page"), "{body}");
        assert!(shown::<StopArchive>(body).contains("HTML page"), "{body}");
        assert!(shown::<MuteAll>(body).contains("HTML page"), "{body}");
    }
    for body in ["", "{}", "null", "OK", r#"{"deleted":true}"#, "<ok/>"] {
        assert_eq!(shown::<DeleteArchive>(body), "()", "{body}");
    }
}

#[test]
fn a_page_is_told_by_its_type_too() {
    for kind in [
        "text/html",
        "Text/HTML; charset=utf-8",
        "application/xhtml+xml",
    ] {
        assert!(refuse_page(kind, b"Please wait").is_err(), "{kind}");
        assert!(refuse_page(kind, b" ").is_ok(), "{kind}");
    }
    for kind in ["", "application/json", "text/plain", "text/htmlx"] {
        assert!(refuse_page(kind, b"{}").is_ok(), "{kind}");
    }
}

#[test]
fn an_empty_identifier_is_not_a_thing() {
    for (shown, path) in [
        (
            shown::<CreateSession>(r#"[{"session_id":""}]"#),
            "[0].session_id",
        ),
        (shown::<CreateSession>(r#"{"session_id":""}"#), "session_id"),
        (
            shown::<StartArchive>(r#"{"id":"","status":"started"}"#),
            "id",
        ),
        (
            shown::<ListArchives>(r#"{"items":[{"id":"a"},{"id":""}]}"#),
            "items[1].id",
        ),
        (
            shown::<ListStreams>(r#"{"items":[{"id":""}]}"#),
            "items[0].id",
        ),
        (
            shown::<ListConnections>(r#"{"items":[{"connectionId":""}]}"#),
            "items[0].connectionId",
        ),
        (shown::<ListProjects>(r#"[{"id":""}]"#), "[0].id"),
    ] {
        assert!(shown.starts_with(&format!("error: at {path}: ")), "{shown}");
        assert!(shown.contains("not empty"), "{shown}");
    }
    assert!(shown::<CreateSession>("[]").contains("the array is empty"));
    assert!(shown::<CreateSession>(r#"[{"id":"x"}]"#).contains("missing field `session_id`"));
}

#[test]
fn nothing_but_values_is_needed_of_an_output() {
    assert_eq!(<Option<serde_json::Value>>::decode(b"{}").unwrap(), None);
    assert!(serde_json::Value::decode(b"<html>").is_err());
}
