//! The program, an emulator that it runs, and what it says when it fails.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

pub(crate) fn program(arguments: &[&str]) -> Command {
    // Where the tests run elsewhere than where they were built, so does the program.
    let built = env::var_os("CARGO_BIN_EXE_vonage-video");
    let built = built.unwrap_or_else(|| env!("CARGO_BIN_EXE_vonage-video").into());
    let mut command = Command::new(built);
    command.env_clear().args(arguments);
    command
}

/// The program with the credentials of an OpenTok project, for a server that does not check them.
pub(crate) fn opentok(url: &str, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.envs([
        ("VONAGE_VIDEO_BASE_URL", url),
        ("OPENTOK_API_KEY", "123456"),
        (
            "OPENTOK_API_SECRET",
            "abcdefabcdefabcdefabcdefabcdefabcdefabcd",
        ),
    ]);
    command
}

/// An emulator that ends with the test.
pub(crate) struct Emulator {
    pub(crate) child: Child,
    pub(crate) variables: Vec<(String, String)>,
}

impl Emulator {
    pub(crate) fn start() -> Self {
        let mut child = program(&["emulator", "--quiet", "--port", "0", "--print-env"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let variables = lines
            .take(5)
            .map(|line| {
                let (name, value) = line
                    .strip_prefix("export ")
                    .unwrap()
                    .split_once('=')
                    .unwrap();
                (name.to_owned(), value.trim_matches('\'').to_owned())
            })
            .collect();
        Self { child, variables }
    }

    pub(crate) fn variable(&self, name: &str) -> &str {
        &self
            .variables
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
    }

    /// Runs the program with the variables that the emulator printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        program(arguments)
            .envs(self.variables.iter().cloned())
            .output()
            .unwrap()
    }

    pub(crate) fn call(&self, operation: &str, input: &Value) -> Value {
        let output = self.run(&["call", operation, "--input", &input.to_string()]);
        assert!(
            output.status.success(),
            "{operation}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub(crate) fn session(&self) -> String {
        self.call("create_session", &json!({}))[0]["session_id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A token for the session, as `token mint` makes it.
    pub(crate) fn token(&self, session: &str) -> String {
        text(&self.run(&["token", "mint", "--session", session]).stdout)
    }

    /// Lets a client join over the control API.
    pub(crate) fn join(&self, session: &str, token: &str) -> Value {
        let body = json!({"token": token, "publish": [{"name": "camera", "videoType": "camera"}]});
        self.control("POST", &format!("sessions/{session}/clients"), &body)
    }

    /// Calls the control API.
    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = self.variable("VONAGE_VIDEO_BASE_URL");
        let host = url.strip_prefix("http://").unwrap();
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "{method} /_emulator/{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 2"), "{response}");
        serde_json::from_str(body).unwrap_or_default()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().trim().to_owned()
}

/// What the program says on standard error when it fails: one JSON object, alone.
pub(crate) fn failure(output: &Output) -> Value {
    assert!(!output.status.success());
    assert_eq!(text(&output.stdout), "");
    let error: Value = serde_json::from_str(&text(&output.stderr)).unwrap();
    error["error"].clone()
}
