//! `call`: any operation by its name, with its input from wherever it is.

use std::{io::Write, process::Stdio};

use serde_json::{Value, json};

use crate::kit::{Emulator, failure, program, text};

#[test]
fn a_recording_from_the_command_line() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let minted = emulator.run(&[
        "token",
        "mint",
        "--session",
        &session,
        "--role",
        "moderator",
        "--ttl",
        "7d",
        "--data",
        "--name=é",
        "--layout-class",
        "full,focus",
    ]);
    let token = text(&minted.stdout);
    assert_eq!(token.lines().count(), 1, "the token alone: {token}");

    let joined = emulator.join(&session, &token);
    let streams = emulator.call("list_streams", &json!({"sessionId": session}));
    assert_eq!(streams["items"][0]["id"], joined["streams"][0]["id"]);
    assert_eq!(
        streams["items"][0]["layoutClassList"],
        json!(["full", "focus"])
    );

    let archive = emulator.call(
        "start_archive",
        &json!({"sessionId": session, "name": "from the shell"}),
    );
    assert_eq!(
        (&archive["status"], &archive["name"]),
        (&json!("started"), &json!("from the shell"))
    );
    let error = failure(&emulator.run(&[
        "call",
        "start_archive",
        "--input",
        &json!({"sessionId": session}).to_string(),
    ]));
    assert_eq!(
        (
            &error["kind"],
            &error["status"],
            &error["reason"],
            &error["sent"]
        ),
        (
            &json!("api"),
            &json!(409),
            &json!("AlreadyStarted"),
            &json!("yes")
        )
    );
    let stopped = emulator.call("stop_archive", &json!({"archiveId": archive["id"]}));
    assert_eq!(stopped["id"], archive["id"]);

    let connection = &joined["connectionId"];
    assert_eq!(
        emulator.call(
            "force_disconnect",
            &json!({"sessionId": session, "connectionId": connection})
        ),
        Value::Null
    );
}

#[test]
fn input_comes_from_the_argument_a_file_or_standard_input() {
    let emulator = Emulator::start();
    let folder = std::env::temp_dir().join(format!("vonage-video-input-{}", std::process::id()));
    std::fs::write(&folder, r#"{"archiveMode": "manual"}"#).unwrap();
    let from_file = emulator.run(&[
        "call",
        "create_session",
        "--input",
        &format!("@{}", folder.display()),
    ]);
    std::fs::remove_file(&folder).unwrap();
    assert!(from_file.status.success(), "{}", text(&from_file.stderr));

    let mut child = program(&["call", "create_session", "--input", "-"])
        .envs(emulator.variables.iter().cloned())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"{}").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());

    let missing =
        failure(&emulator.run(&["call", "create_session", "--input", "@/nowhere/at/all"]));
    assert_eq!(missing["kind"], "io");
}

#[test]
fn settings_on_the_command_line_win_over_the_environment() {
    let emulator = Emulator::start();
    let key = emulator.variable("OPENTOK_API_KEY");
    let secret = emulator.variable("OPENTOK_API_SECRET");
    let url = emulator.variable("VONAGE_VIDEO_BASE_URL");
    let flags = ["--api-key", key, "--api-secret", secret, "--base-url", url];
    let output = emulator.run(&[&["call", "create_session"], &flags[..]].concat());
    let session: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(session[0]["project_id"], key);

    // A pair is never put together from two places: the key is here, the secret in the environment.
    let error = failure(&emulator.run(&["call", "create_session", "--api-key", key]));
    assert_eq!(error["kind"], "usage", "{error}");
    assert!(
        error["message"].as_str().unwrap().contains("--api-secret"),
        "{error}"
    );
}
