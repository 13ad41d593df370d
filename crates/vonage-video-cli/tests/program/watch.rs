//! `watch` without a terminal: a line for each event, from each source, until something is reached.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStderr, ChildStdout, Stdio},
};

use serde_json::{Value, json};

use crate::kit::{Emulator, program, text};

struct Watched {
    child: Child,
    lines: BufReader<ChildStdout>,
    notes: BufReader<ChildStderr>,
}

impl Watched {
    fn start(emulator: &Emulator, arguments: &[&str]) -> Self {
        let mut child = program(&[&["watch"], arguments].concat())
            .envs(emulator.variables.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            lines: BufReader::new(child.stdout.take().unwrap()),
            notes: BufReader::new(child.stderr.take().unwrap()),
            child,
        }
    }

    /// The next line that holds a text.
    fn until(&mut self, wanted: &str) -> String {
        let mut line = String::new();
        while !line.contains(wanted) {
            line.clear();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "{wanted} does not come"
            );
        }
        line
    }

    fn note(&mut self) -> String {
        let mut line = String::new();
        self.notes.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn join(emulator: &Emulator, session: &str, name: &str) -> Value {
    let body = json!({"role": "moderator", "publish": [{"name": name, "videoType": "camera"}]});
    emulator.control("POST", &format!("sessions/{session}/clients"), &body)
}

#[test]
fn a_pipe_gets_a_line_an_event_until_the_archive_is_there() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let mut watched = Watched::start(&emulator, &[&session, "--until", "archive:available"]);
    assert!(watched.note().contains("0 clients · 0 streams · live"));
    let ada = join(&emulator, &session, "Ada\u{1b}[31m");
    assert!(
        watched
            .until("joined")
            .ends_with("  + Ada\\u{1b}[31m joined\n")
    );
    watched.until("publishes camera");
    let id = ada["connectionId"].as_str().unwrap();
    let signal = json!({"type": "chat", "data": "hello"});
    emulator.control(
        "POST",
        &format!("sessions/{session}/clients/{id}/signal"),
        &signal,
    );
    watched.until("signal chat: hello");
    let archive = emulator.call("start_archive", &json!({"sessionId": session}));
    watched.until("started");
    emulator.call("stop_archive", &json!({"archiveId": archive["id"]}));
    watched.until("available");
    assert_eq!(watched.child.wait().unwrap().code(), Some(0));
}

#[test]
fn changes_are_learned_from_webhooks_where_they_are_received() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let mut watched = Watched::start(&emulator, &[&session, "--webhooks", "0"]);
    let url = watched.note();
    let url = url.split_whitespace().last().unwrap();
    assert!(watched.note().contains("by webhooks"));
    emulator.control("POST", "webhooks", &json!({"url": url}));
    join(&emulator, &session, "Ada");
    // The API does not say whose a stream is, so that a client has no name but its id.
    watched.until("+ Ada publishes camera");
}

#[test]
fn a_watch_has_its_time_and_says_what_is_wrong() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let over = emulator.run(&["watch", &session, "--timeout", "300ms"]);
    assert_eq!(over.status.code(), Some(9), "{}", text(&over.stderr));
    let wrong = emulator.run(&["watch", &session, "--until", "archive"]);
    assert_eq!(wrong.status.code(), Some(2));
    let nowhere = emulator.run(&["watch", "1_nowhere"]);
    assert_eq!(nowhere.status.code(), Some(3), "{}", text(&nowhere.stderr));
}
