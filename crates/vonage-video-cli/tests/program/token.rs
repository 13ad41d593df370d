//! `token`: made, and explained.

use serde_json::Value;

use crate::kit::{Emulator, failure, program, text};

#[test]
fn a_token_is_explained_with_and_without_its_key() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = emulator.token(&session);
    let with_key = text(&emulator.run(&["token", "inspect", &token]).stdout);
    assert!(
        with_key.contains("publisher") && with_key.contains("valid"),
        "{with_key}"
    );
    let without = program(&["token", "inspect", &token]).output().unwrap();
    assert!(
        without.status.success() && text(&without.stdout).contains(&session),
        "{}",
        text(&without.stdout)
    );

    let too_long = failure(&emulator.run(&[
        "--json",
        "token",
        "mint",
        "--session",
        &session,
        "--ttl",
        "31d",
    ]));
    assert!(
        too_long["message"].as_str().unwrap().contains("30 days"),
        "{too_long}"
    );
    let t1 = failure(&emulator.run(&[
        "--json",
        "token",
        "mint",
        "--session",
        &session,
        "--format",
        "t1",
    ]));
    assert_eq!(t1["kind"], "credentials");
}

#[test]
fn a_token_that_will_be_refused_is_explained_and_fails() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = emulator.token(&session);
    let forged = token.replace('.', "x.");
    for bad in [forged.as_str(), "no token at all", ""] {
        let output = emulator.run(&["--json", "token", "inspect", bad]);
        assert!(!output.status.success() && !output.stdout.is_empty());
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["error"]["kind"], "check", "{error}");
    }
}
