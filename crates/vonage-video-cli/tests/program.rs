//! The program as a person or a script runs it, against its own emulator.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vonage-video"));
    command.env_clear().args(arguments);
    command
}

/// An emulator that ends with the test.
struct Emulator {
    child: Child,
    variables: Vec<(String, String)>,
}

impl Emulator {
    fn start() -> Self {
        let mut child = program(&["emulator", "--print-env"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let url = lines.next().unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        let variables = lines
            .take(5)
            .map(|line| {
                let (name, value) = line
                    .strip_prefix("export ")
                    .unwrap()
                    .split_once('=')
                    .unwrap();
                (name.to_owned(), value.trim_matches('"').to_owned())
            })
            .collect();
        Self { child, variables }
    }

    fn variable(&self, name: &str) -> &str {
        &self
            .variables
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
    }

    /// Runs the program with the variables that the emulator printed.
    fn run(&self, arguments: &[&str]) -> Output {
        program(arguments)
            .envs(self.variables.iter().cloned())
            .output()
            .unwrap()
    }

    fn call(&self, operation: &str, input: &Value) -> Value {
        let output = self.run(&["call", operation, "--input", &input.to_string()]);
        assert!(
            output.status.success(),
            "{operation}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn session(&self) -> String {
        self.call("create_session", &json!({}))[0]["session_id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Lets a client join over the control API.
    fn join(&self, session: &str, token: &str) -> Value {
        let host = self
            .variable("VONAGE_VIDEO_BASE_URL")
            .strip_prefix("http://")
            .unwrap();
        let body = json!({"token": token, "publish": [{"name": "camera", "videoType": "camera"}]})
            .to_string();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "POST /_emulator/sessions/{session}/clients HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 2"), "{answer}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().trim().to_owned()
}

/// What the program says on standard error when it fails: one JSON object, alone.
fn failure(output: &Output) -> Value {
    assert!(!output.status.success());
    assert_eq!(text(&output.stdout), "");
    let error: Value = serde_json::from_str(&text(&output.stderr)).unwrap();
    error["error"].clone()
}

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
        "--expires-in",
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
    let arguments = [
        "call",
        "create_session",
        "--api-key",
        emulator.variable("OPENTOK_API_KEY"),
        "--api-secret",
        emulator.variable("OPENTOK_API_SECRET"),
    ];
    let output = emulator.run(&arguments);
    let session: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        session[0]["project_id"],
        emulator.variable("OPENTOK_API_KEY")
    );
}

#[test]
fn what_cannot_be_done_is_said_before_anything_is_sent() {
    let unknown = failure(&program(&["call", "start_archiv"]).output().unwrap());
    assert!(
        unknown["message"]
            .as_str()
            .unwrap()
            .contains("start_archive"),
        "{unknown}"
    );

    let slip = failure(
        &program(&[
            "call",
            "start_archive",
            "--input",
            r#"{"sessionId":"s","colour":"red"}"#,
        ])
        .output()
        .unwrap(),
    );
    assert!(
        slip["message"]
            .as_str()
            .unwrap()
            .contains("no member `colour`"),
        "{slip}"
    );

    let nothing = failure(&program(&["call", "list_archives"]).output().unwrap());
    let message = nothing["message"].as_str().unwrap();
    for variable in [
        "VONAGE_APPLICATION_ID",
        "VONAGE_PRIVATE_KEY",
        "VONAGE_PRIVATE_KEY_PATH",
        "OPENTOK_API_KEY",
        "OPENTOK_API_SECRET",
    ] {
        assert!(message.contains(variable), "{message}");
    }

    let emulator = Emulator::start();
    let outside = failure(&emulator.run(&[
        "call",
        "get_archive",
        "--input",
        r#"{"archiveId":"../../etc"}"#,
    ]));
    assert_eq!(
        (&outside["kind"], &outside["field"], &outside["sent"]),
        (&json!("invalid"), &json!("archiveId"), &json!("no"))
    );
}

#[test]
fn a_token_is_explained_with_and_without_its_key() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = text(
        &emulator
            .run(&["token", "mint", "--session", &session])
            .stdout,
    );
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
        "token",
        "mint",
        "--session",
        &session,
        "--expires-in",
        "31d",
    ]));
    assert!(
        too_long["message"].as_str().unwrap().contains("30 days"),
        "{too_long}"
    );
    let t1 = failure(&emulator.run(&["token", "mint", "--session", &session, "--format", "t1"]));
    assert_eq!(t1["kind"], "credentials");
}

#[test]
fn the_emulator_knows_the_projects_of_a_file_speaks_tls_and_shows_how_sdks_find_it() {
    let folder = std::env::temp_dir().join(format!("vonage-video-emulator-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (list, authority) = (folder.join("projects.json"), folder.join("ca.pem"));
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    std::fs::write(
        &list,
        json!([{"apiKey": "777777", "apiSecret": secret}]).to_string(),
    )
    .unwrap();
    let arguments = [
        "emulator",
        "--projects",
        list.to_str().unwrap(),
        "--tls",
        authority.to_str().unwrap(),
        "--print-snippets",
    ];
    let mut child = program(&arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let url = lines.next().unwrap();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    assert_eq!(
        lines.next().unwrap(),
        format!("certificate authority: {}", authority.display())
    );
    assert!(
        std::fs::read_to_string(&authority)
            .unwrap()
            .contains("BEGIN CERTIFICATE")
    );
    let snippet = lines.find(|line| line.starts_with("new OpenTok(")).unwrap();
    assert!(
        snippet.contains("777777") && snippet.contains(&url) && !snippet.contains(secret),
        "{snippet}"
    );
    let _ = child.kill();
    let _ = child.wait();

    std::fs::write(&list, r#"[{"apiKey": "777777"}]"#).unwrap();
    let half = failure(
        &program(&["emulator", "--projects", list.to_str().unwrap()])
            .output()
            .unwrap(),
    );
    assert!(
        half["message"]
            .as_str()
            .unwrap()
            .contains("`apiKey` and `apiSecret`"),
        "{half}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn the_emulator_stops_cleanly_on_a_signal_and_refuses_to_be_reached_from_outside() {
    for signal in ["-INT", "-TERM"] {
        let mut emulator = Emulator::start();
        let killed = Command::new("kill")
            .args([signal, &emulator.child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(emulator.child.wait().unwrap().code(), Some(0), "{signal}");
    }
    let refused = failure(
        &program(&["emulator", "--listen", "0.0.0.0:0"])
            .output()
            .unwrap(),
    );
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("other machines"),
        "{refused}"
    );
}
