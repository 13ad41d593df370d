//! Invalid requests are reported as one JSON object on standard error, before anything is sent.

use std::process::Output;

use serde_json::{Value, json};

use crate::kit::{Emulator, failure, opentok, program};

fn message(error: &Value) -> &str {
    error["message"].as_str().unwrap()
}

/// What `call` says to an operation with an input, when nobody is there to send it to.
fn refusal(operation: &str, input: &str) -> Value {
    let arguments = ["call", operation, "--input", input];
    failure(&opentok("http://127.0.0.1:1", &arguments).output().unwrap())
}

#[test]
fn the_operation_that_was_meant_is_named() {
    for (wrong, meant) in [
        ("start_archiv", "start_archive"),
        ("getArchive", "get_archive"),
        ("list_stream", "list_streams"),
        ("muteAll", "mute_all"),
    ] {
        let error = refusal(wrong, "{}");
        let hint = format!("did you mean `{meant}`?");
        assert!(message(&error).ends_with(&hint), "{error}");
    }
    let error = refusal("hologram", "{}");
    assert!(message(&error).contains("lists all"), "{error}");
}

#[test]
fn a_slip_in_the_input_is_told_with_the_place() {
    let error = refusal("start_archive", r#"{"sessionId": "s", "colour": "red"}"#);
    assert_eq!(error["kind"], "usage", "{error}");
    assert!(message(&error).contains("no member `colour`"), "{error}");
}

#[test]
fn a_broken_limit_names_its_field_and_nothing_is_sent() {
    for (operation, input, field) in [
        (
            "get_archive",
            json!({"archiveId": "../../etc"}),
            "archiveId",
        ),
        (
            "force_disconnect",
            json!({"sessionId": "s", "connectionId": "a/b"}),
            "connectionId",
        ),
        (
            "start_archive",
            json!({"sessionId": "s", "maxBitrate": 5}),
            "maxBitrate",
        ),
        (
            "set_archive_layout",
            json!({"archiveId": "a", "type": "pip", "stylesheet": "x"}),
            "stylesheet",
        ),
    ] {
        let error = refusal(operation, &input.to_string());
        assert_eq!(
            (&error["kind"], &error["field"], &error["sent"]),
            (&json!("invalid"), &json!(field), &json!("no"))
        );
    }
}

#[test]
fn a_slip_in_the_arguments_is_one_json_object_too() {
    for (arguments, told) in [
        (&["call", "get_archive", "--inptu", "{}"][..], "--input"),
        (
            &[
                "call",
                "get_archive",
                "--api-key",
                "1",
                "--api-secret",
                "2",
                "--application-id",
                "x",
                "--private-key-file",
                "y",
            ],
            "cannot be used with",
        ),
        (&["call", "get_archive", "--timeout", "5"], "5s for seconds"),
        (&["--json", "cal"], "call"),
        (&["--json", "token", "mint"], "--session"),
        (
            &[
                "--json",
                "token",
                "mint",
                "--session",
                "s",
                "--role",
                "king",
            ],
            "publisheronly",
        ),
    ] {
        let error = failure(&program(arguments).output().unwrap());
        assert_eq!(error["kind"], "usage", "{error}");
        assert!(message(&error).contains(told), "{error}");
    }
    // A request for help, or for nothing, comes from a person.
    let help = program(&["--help"]).output().unwrap();
    assert!(help.status.success() && help.stderr.is_empty());
    let nothing = program(&[]).output().unwrap();
    assert!(!nothing.status.success());
    assert!(String::from_utf8_lossy(&nothing.stderr).starts_with("The Vonage Video API"));
}

#[test]
fn an_operation_that_the_environment_lacks_is_refused_with_what_to_use_instead() {
    let emulator = Emulator::start();
    let error = failure(&emulator.run(&["call", "list_callbacks"]));
    assert_eq!(error["sent"], "no");
    assert!(message(&error).contains("Application API"), "{error}");
}

fn with_variables(variables: &[(&str, &str)]) -> Output {
    program(&["call", "list_archives", "--base-url", "http://127.0.0.1:1"])
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn credentials_that_are_missing_or_half_there_are_told_variable_by_variable() {
    let id = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    for (variables, told) in [
        (&[][..], "VONAGE_APPLICATION_ID is missing"),
        (
            &[("OPENTOK_API_KEY", "123456")],
            "OPENTOK_API_SECRET is missing",
        ),
        (&[("OPENTOK_API_KEY", "")], "OPENTOK_API_KEY is empty"),
        // Half of the one is not passed over in favour of the other.
        (
            &[
                ("VONAGE_APPLICATION_ID", id),
                ("OPENTOK_API_KEY", "123456"),
                ("OPENTOK_API_SECRET", secret),
            ],
            "VONAGE_PRIVATE_KEY is missing",
        ),
    ] {
        let error = failure(&with_variables(variables));
        assert_eq!(error["kind"], "credentials", "{error}");
        assert!(message(&error).contains(told), "{error}");
        assert!(!message(&error).contains(secret), "{error}");
    }
}

#[test]
fn a_key_that_cannot_sign_is_told_by_what_it_is() {
    let public = "../vonage-video-emulator/src/world/demo/public-key.pem";
    for (file, kind, told) in [
        (public, "credentials", "this is a public key"),
        ("/nowhere/at/all", "io", "cannot read /nowhere/at/all"),
    ] {
        let arguments = [
            "call",
            "list_archives",
            "--base-url",
            "http://127.0.0.1:1",
            "--application-id",
            "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f",
            "--private-key-file",
            file,
        ];
        let error = failure(&program(&arguments).output().unwrap());
        assert_eq!(error["kind"], kind, "{error}");
        assert!(message(&error).contains(told), "{error}");
    }
}
