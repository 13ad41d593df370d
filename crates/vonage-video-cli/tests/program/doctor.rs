//! `doctor`: against an emulator with each fault, it names that fault.

use std::process::Output;

use serde_json::{Value, json};

use crate::kit::{Emulator, program, text};

/// The findings that are not fine, as `check: text` and advice.
fn found(output: &Output) -> Vec<(String, String, String)> {
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let wrong = all.iter().filter(|finding| finding["state"] != "ok");
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    wrong
        .map(|it| (text(it, "check"), text(it, "text"), text(it, "advice")))
        .collect()
}

#[test]
fn each_fault_of_an_emulator_is_named_with_what_to_do() {
    let emulator = Emulator::start();
    let at = format!("-e={}", emulator.variable("VONAGE_VIDEO_BASE_URL"));
    let fine = emulator.run(&["doctor", "--json"]);
    assert_eq!(found(&fine), Vec::new());
    assert_eq!(fine.status.code(), Some(0));
    for (fault, check, names) in [
        (&["401"][..], "call", "401"),
        (&["403"], "call", "403"),
        (&["404"], "call", "404"),
        (&["429"], "call", "429"),
        (&["500"], "call", "500"),
        (&["503"], "call", "503"),
        (&["503", "--times", "1"], "call", "at attempt 2"),
        (&["delay=1100ms"], "call", "answered in 1"),
        (&["delay-body=1100ms"], "call", "answered in 1"),
        (&["reset"], "connect", "broke"),
        (&["lose-response"], "connect", "broke"),
        (&["truncate"], "connect", "broke"),
        (&["html"], "call", "HTML"),
        (&["foreign=404"], "call", "no Route matched"),
        (&["echo=400"], "call", "400"),
        (
            &["date=Thu, 01 Jan 2099 00:00:00 GMT"],
            "clock",
            "behind the server's",
        ),
        (&["date=never"], "clock", "cannot be read"),
    ] {
        // Not the latest one, which may be another test's.
        let add = [&["emulator", "fault", "any", &at], fault].concat();
        let added = emulator.run(&add);
        assert!(added.status.success(), "{fault:?}: {}", text(&added.stderr));
        let output = emulator.run(&["doctor", "--json"]);
        let found = found(&output);
        let named = found.iter().any(|(what, text, advice)| {
            what == check && text.contains(names) && !advice.is_empty()
        });
        assert!(named, "{fault:?}: {found:?}");
        assert_eq!(output.status.code(), Some(1), "{fault:?}");
        for (name, secret) in &emulator.variables {
            if name.contains("SECRET") || name.contains("PRIVATE") {
                assert!(!text(&output.stdout).contains(secret), "{fault:?}: {name}");
            }
        }
        emulator.control("DELETE", "faults", &Value::Null);
    }
    // Connections that are refused, while the doctor looks.
    emulator.control("POST", "faults", &json!({"do": "refuse", "times": 3}));
    let refused = found(&emulator.run(&["doctor", "--json"]));
    assert_eq!(refused[0].0, "connect", "{refused:?}");
    emulator.control("PUT", "clock", &json!({"skewSeconds": 86400}));
    let skewed = found(&emulator.run(&["doctor", "--json"]));
    assert_eq!(skewed[0].0, "clock", "{skewed:?}");
}

#[test]
fn what_is_wrong_before_anything_is_sent_is_named_too() {
    let emulator = Emulator::start();
    let url = emulator.variable("VONAGE_VIDEO_BASE_URL");
    let doctor = |variables: &[(&str, &str)]| {
        let mut doctor = program(&["doctor", "--json"]);
        doctor.envs(variables.iter().copied());
        found(&doctor.output().unwrap())
    };
    let half = doctor(&[("OPENTOK_API_KEY", "10000001")]);
    assert_eq!(half[0].0, "credentials", "{half:?}");
    let key = ("OPENTOK_API_KEY", "10000001");
    let wrong = (
        "OPENTOK_API_SECRET",
        "abcdefabcdefabcdefabcdefabcdefabcdefabcd",
    );
    let other = doctor(&[key, wrong, ("VONAGE_VIDEO_BASE_URL", url)]);
    assert!(other[0].2.contains("key or secret is wrong"), "{other:?}");
    let nobody = doctor(&[key, wrong, ("VONAGE_VIDEO_BASE_URL", "http://127.0.0.1:9")]);
    assert_eq!(nobody[0].0, "connect", "{nobody:?}");
    let nowhere = doctor(&[
        key,
        wrong,
        ("VONAGE_VIDEO_BASE_URL", "https://nowhere.invalid"),
    ]);
    assert!(
        nowhere.iter().any(|(what, ..)| what == "name"),
        "{nowhere:?}"
    );
    let not_tls = url.replace("http://", "https://");
    let not_tls = doctor(&[key, wrong, ("VONAGE_VIDEO_BASE_URL", &not_tls)]);
    assert_eq!(not_tls[0].0, "tls", "{not_tls:?}");
}
