//! Exit codes by cause, each brought about for real.

use serde_json::json;

use crate::kit::{Emulator, opentok, program, text};

fn code(emulator: &Emulator, arguments: &[&str]) -> i32 {
    emulator.run(arguments).status.code().unwrap()
}

#[test]
fn each_cause_has_its_code() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let start = ["archives", "start", session.as_str()];
    let id = "00000000-0000-4000-8000-000000000000";
    assert_eq!(code(&emulator, &["archives", "list"]), 0);
    assert_eq!(code(&emulator, &["token", "inspect", "nonsense"]), 1);
    assert_eq!(code(&emulator, &["archives", "lst"]), 2);
    assert_eq!(
        code(
            &emulator,
            &["archives", "start", &session, "--max-bitrate", "5"]
        ),
        2
    );
    assert_eq!(code(&emulator, &["archives", "get", id]), 3);
    assert_eq!(
        program(&["archives", "list"]).status().unwrap().code(),
        Some(4)
    );

    for (fault, wanted) in [
        (json!({"do": "status", "status": 403}), 4),
        (json!({"do": "status", "status": 409}), 5),
        (json!({"do": "status", "status": 429}), 6),
        // It may have had its effect, and is not repeated.
        (json!({"do": "status", "status": 500}), 8),
        (json!({"do": "reset", "afterEffect": true}), 8),
    ] {
        emulator.control("POST", "faults", &fault);
        assert_eq!(code(&emulator, &start), wanted, "{fault}");
        emulator.control("DELETE", "faults", &json!(null));
    }
    emulator.control("POST", "faults", &json!({"do": "status", "status": 500}));
    let list = ["archives", "list", "--timeout", "2s"];
    assert_eq!(code(&emulator, &list), 7, "repeating it is safe");
}

#[test]
fn a_server_that_is_not_there_had_no_effect() {
    let output = opentok(
        "http://127.0.0.1:1",
        &["archives", "list", "--timeout", "1s"],
    )
    .output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(7), "{}", text(&output.stderr));
}

#[test]
fn a_wait_without_its_end_has_a_code_of_its_own() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = emulator.token(&session);
    emulator.join(&session, &token);
    let archive = text(&emulator.run(&["archives", "start", &session]).stdout);
    let output = emulator.run(&["archives", "wait", &archive, "--timeout", "1s"]);
    assert_eq!(output.status.code(), Some(9), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("started"),
        "{}",
        text(&output.stderr)
    );
}
