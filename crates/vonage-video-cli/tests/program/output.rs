//! What is printed to whom: to a pipe, as JSON, as curl, and to a reader who leaves.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::kit::{Emulator, text};

const HOSTILE: &str = "x\u{1b}[31m\u{9b}31m\u{7f}\u{202e}y";

/// An emulator with an archive that has a hostile name.
fn recorded() -> (Emulator, String) {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = emulator.token(&session);
    emulator.join(&session, &token);
    let archive = emulator.call(
        "start_archive",
        &json!({"sessionId": session, "name": HOSTILE}),
    );
    let id = archive["id"].as_str().unwrap().to_owned();
    (emulator, id)
}

#[test]
fn a_pipe_gets_tabs_json_and_ids_without_anything_that_acts_on_a_terminal() {
    let (emulator, id) = recorded();
    let row = text(&emulator.run(&["archives", "list"]).stdout);
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!((cells[0], cells[2]), (id.as_str(), "started"));
    assert_eq!(cells[1], "x\\u{1b}[31m\\u{9b}31m\\u{7f}\\u{202e}y");

    let printed = text(&emulator.run(&["archives", "list", "--json"]).stdout);
    assert!(
        printed.chars().all(|c| !c.is_control() && c != '\u{202e}'),
        "{printed}"
    );
    let list: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(list[0]["name"], HOSTILE);

    assert_eq!(
        text(&emulator.run(&["archives", "list", "--ids"]).stdout),
        id
    );
    let fields = ["archives", "list", "--fields", "status,id"];
    assert_eq!(
        text(&emulator.run(&fields).stdout),
        format!("started\t{id}")
    );
}

#[test]
fn a_request_can_be_seen_without_being_sent() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let start = ["archives", "start", &session, "--name", "it's"];
    let shown = text(&emulator.run(&[&start[..], &["--dry-run"]].concat()).stdout);
    assert!(shown.starts_with("POST /v2/project/"), "{shown}");
    assert!(shown.contains("\"name\": \"it's\""), "{shown}");

    let curl = text(&emulator.run(&[&start[..], &["--curl"]].concat()).stdout);
    assert!(
        curl.contains("$(vonage-video token rest)") && curl.contains("it'\\''s"),
        "{curl}"
    );
    assert!(
        !curl.contains(emulator.variable("OPENTOK_API_SECRET")),
        "{curl}"
    );
    let list = emulator.call("list_archives", &json!({}));
    assert_eq!(list["count"], 0, "nothing was sent");
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let (emulator, _) = recorded();
    for arguments in [
        &["call"][..],
        &["archives", "list", "--json"],
        &["help", "exit-codes"],
    ] {
        let mut command = crate::kit::program(arguments);
        command.envs(emulator.variables.iter().cloned());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn failures_are_text_for_people_and_json_for_programs() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let start = ["archives", "start", session.as_str()];
    let people = text(&emulator.run(&start).stderr);
    assert!(
        people.starts_with("error: nobody is in the session\n"),
        "{people}"
    );
    assert!(
        people.contains("\n\nhint: let somebody in first"),
        "{people}"
    );
    let programs = emulator.run(&[&start[..], &["--json"]].concat());
    let error: Value = serde_json::from_slice(&programs.stderr).unwrap();
    assert_eq!(error["error"]["reason"], "NoClientsConnected");
    assert_eq!(error["error"]["exitCode"], programs.status.code().unwrap());
}
