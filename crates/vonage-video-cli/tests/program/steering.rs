//! What a running emulator reports, and the commands that control it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStderr, Command, Stdio},
};

use serde_json::{Value, json};

use crate::kit::{Emulator, program, text};

/// An emulator whose standard error is read.
struct Loud {
    child: Child,
    url: String,
    log: BufReader<ChildStderr>,
}

impl Loud {
    fn start(arguments: &[&str]) -> Self {
        let all = [&["emulator", "--port", "0"], arguments].concat();
        let mut child = program(&all)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut url).unwrap();
        Self {
            url: url.trim().to_owned(),
            log: BufReader::new(child.stderr.take().unwrap()),
            child,
        }
    }

    fn run(&self, arguments: &[&str]) -> String {
        let at = format!("-e={}", self.url);
        let output = program(&[arguments, &[&at]].concat()).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        text(&output.stdout)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.log.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    #[cfg(unix)]
    fn interrupt(mut self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn requests_and_webhooks_are_told_on_standard_error_as_they_happen() {
    let mut emulator = Loud::start(&["--webhook", "http://127.0.0.1:9/hooks"]);
    let session = emulator.run(&["sessions", "create"]);
    let line = emulator.line();
    assert!(line.contains("  200  create_session "), "{line}");
    emulator.run(&["emulator", "join", &session]);
    let hook = emulator.line();
    assert!(hook.contains("  hook "), "{hook}");
    assert!(hook.contains(" → 127.0.0.1:9  "), "{hook}");
    emulator.run(&["emulator", "fault", "list_streams", "503", "--times", "1"]);
    emulator.run(&["streams", "list", &session]);
    let mut lines = Vec::new();
    while !lines
        .iter()
        .any(|line: &String| line.contains("  200  list_streams"))
    {
        lines.push(emulator.line());
    }
    let faulty = lines
        .iter()
        .find(|line| line.contains("  503  list_streams"))
        .unwrap();
    assert!(faulty.ends_with("by a fault"), "{faulty}");

    let mut quiet = Loud::start(&["--quiet"]);
    quiet.run(&["sessions", "create"]);
    let _ = quiet.child.kill();
    assert_eq!(quiet.line(), "");

    let mut json = Loud::start(&["--json"]);
    json.run(&["sessions", "create"]);
    let told: Value = serde_json::from_str(&json.line()).unwrap();
    assert_eq!(told["event"], "request");
    assert_eq!(told["data"]["operation"], "create_session");
}

#[cfg(unix)]
#[test]
fn a_seeded_room_is_exported_at_the_end_and_imported_at_the_start() {
    let folder = std::env::temp_dir().join(format!("vonage-export-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("room.json");
    let file = file.to_str().unwrap();
    let emulator = Loud::start(&["--quiet", "--export", file]);
    let session = emulator.run(&["sessions", "create"]);
    emulator.run(&[
        "emulator", "join", &session, "--count", "3", "--name", "Ada",
    ]);
    let now = folder.join("now.json");
    emulator.run(&["emulator", "export", now.to_str().unwrap()]);
    let archive = emulator.run(&["archives", "start", &session, "--name", "Weekly"]);
    emulator.interrupt();

    let emulator = Loud::start(&["--quiet", "--import", file]);
    assert_eq!(emulator.run(&["archives", "list", "--ids"]), archive);
    let streams = emulator.run(&["streams", "list", &session, "--ids"]);
    assert_eq!(streams.lines().count(), 3);
    // One that runs continues from another.
    emulator.run(&["emulator", "import", now.to_str().unwrap()]);
    assert_eq!(emulator.run(&["archives", "list", "--ids"]), "");

    std::fs::write(
        file,
        r#"{"format": "vonage-video-emulator", "version": 9, "world": {}}"#,
    )
    .unwrap();
    let newer = program(&["emulator", "--port", "0", "--import", file])
        .output()
        .unwrap();
    assert_eq!(newer.status.code(), Some(2));
    assert!(
        text(&newer.stderr).contains("version 9"),
        "{}",
        text(&newer.stderr)
    );
    let nothing = ["emulator", "--port", "0", "--import", "/nowhere/at/all"];
    assert_eq!(program(&nothing).output().unwrap().status.code(), Some(1));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn clients_come_do_things_and_go_by_short_names() {
    let emulator = Emulator::start();
    let at = format!("-e={}", emulator.variable("VONAGE_VIDEO_BASE_URL"));
    let run = |arguments: &[&str]| {
        let all = [&["emulator"], arguments, &[at.as_str()]].concat();
        let output = program(&all).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        text(&output.stdout)
    };
    let session = emulator.session();
    let list = run(&["sessions"]);
    let short = list.split('\t').next().unwrap().to_owned();
    assert_eq!(short.len(), 6, "{list}");
    let ada = run(&["join", &short, "--role", "moderator", "--publish", "none"]);
    let bob = run(&["join", &session]);
    let stream = run(&[
        "publish",
        &short,
        &ada[..8],
        "--video",
        "screen",
        "--name",
        "Slides",
    ]);
    run(&["signal", &short, &ada[..8], "hello", "--type", "chat"]);
    let inbox = run(&["inbox", &short, &bob[..8]]);
    assert!(
        inbox.contains(r#""type":"chat""#) && inbox.contains("hello"),
        "{inbox}"
    );
    run(&["unpublish", &short, &ada, &stream]);
    run(&["leave", &short, &bob[..8], "--drop-off"]);
    let left = emulator.control("GET", &format!("sessions/{session}"), &Value::Null);
    assert_eq!(left["connections"].as_array().unwrap().len(), 1);
    assert_eq!(left["streams"], json!([]));
    run(&["rotate", &short, "--announce"]);
    run(&["rotate", &short]);
    assert!(run(&["pause"]).ends_with("paused"));
    let before = run(&["advance", "1s"]);
    assert!(run(&["advance", "72h"]) > before);
    assert!(run(&["resume"]).ends_with("running"));
    run(&["skew", "600"]);
    run(&["skew", "0"]);
    let requests = run(&["requests", "--operation", "create_session"]);
    assert!(requests.contains("  200  create_session"), "{requests}");
    let number = requests.split_whitespace().next().unwrap();
    let curl = run(&["requests", "--as-curl", number]);
    assert!(curl.starts_with("curl"), "{curl}");
    run(&["reset"]);
    assert_eq!(run(&["requests"]), "");
}

#[test]
fn requests_are_followed_until_the_emulator_ends() {
    let mut emulator = Emulator::start();
    let at = format!("-e={}", emulator.variable("VONAGE_VIDEO_BASE_URL"));
    emulator.session();
    let mut following = program(&["emulator", "requests", "--follow", "--refused", &at])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It is connected once the stream of events has a reader; then an error response is shown.
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let missing = json!({"archiveId": "6cac9ae5-fca7-4610-a6e6-57ea99ba122e"}).to_string();
    let refused = emulator.run(&["call", "get_archive", "--input", &missing]);
    assert!(!refused.status.success());
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("  404  get_archive"), "{line}");
    let _ = emulator.child.kill();
    let _ = emulator.child.wait();
    assert_eq!(following.wait().unwrap().code(), Some(7));
}

#[test]
fn the_flags_of_an_emulator_are_those_that_the_library_has() {
    let emulator = Loud::start(&[
        "--quiet",
        "--seed",
        "7",
        "--stand-still",
        "--respond-as",
        "OpenTok-Ruby-SDK/4.13.0",
        "--timings",
        "300ms",
        "--account-key",
        "20000000",
        "--account-secret",
        "abcdefabcdefabcdefabcdefabcdefabcdefabcd",
    ]);
    let first = emulator.run(&["emulator", "pause"]);
    assert_eq!(
        first,
        emulator.run(&["emulator", "pause"]),
        "it stands still"
    );
    let mut projects = program(&[
        "projects",
        "list",
        "--json",
        "--account",
        "--base-url",
        &emulator.url,
        "--api-key",
        "20000000",
        "--api-secret",
        "abcdefabcdefabcdefabcdefabcdefabcdefabcd",
    ]);
    let projects = projects.output().unwrap();
    assert!(projects.status.success(), "{}", text(&projects.stderr));
    let again = Loud::start(&["--quiet", "--seed", "7"]);
    let random = |emulator: &Loud| {
        emulator.run(&["emulator", "join", &emulator.run(&["sessions", "create"])])
    };
    assert_eq!(random(&emulator), random(&again), "one seed, the same ids");
}
