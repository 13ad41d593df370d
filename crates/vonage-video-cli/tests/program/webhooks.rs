//! `webhooks`: deliveries that are received, passed on, repeated, made and verified.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

use serde_json::{Value, json};

use crate::kit::{Emulator, program, text};

/// A folder of the program's own, removed at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let home = std::env::temp_dir().join(format!("vonage-hooks-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join("secret.txt"), "the signature secret\n").unwrap();
        Self(home)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.env("XDG_STATE_HOME", &self.0).current_dir(&self.0);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().unwrap()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `webhooks listen` at a free port, until the test ends.
struct Listening {
    child: Child,
    url: String,
    lines: BufReader<ChildStdout>,
    _notes: BufReader<ChildStderr>,
}

impl Listening {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        let all = [&["webhooks", "listen", "--port", "0"], arguments].concat();
        let mut child = home
            .program(&all)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut notes = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        notes.read_line(&mut first).unwrap();
        let url = first.split_whitespace().nth(2).unwrap_or(&first);
        let url = url.trim_end_matches(',').to_owned();
        // The last line says how it is reached, and comes when everything is ready.
        let mut line = String::new();
        while !line.contains("sends its webhooks here") && !line.contains("must reach") {
            line.clear();
            assert!(notes.read_line(&mut line).unwrap() > 0, "{first}");
        }
        Self {
            url,
            lines: BufReader::new(child.stdout.take().unwrap()),
            _notes: notes,
            child,
        }
    }

    /// The cells of the next line.
    fn next(&mut self) -> Vec<String> {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().split('\t').map(str::to_owned).collect()
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(&mut self) {
        let id = self.child.id().to_string();
        let kill = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(kill.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A receiver that answers with these statuses, one after another, and passes on the requests.
fn application(statuses: &'static [u16]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("{}/hooks", listener.local_addr().unwrap());
    let (send, requests) = channel();
    thread::spawn(move || {
        for status in statuses {
            let (mut stream, _) = listener.accept().unwrap();
            let request = read(&mut stream);
            write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n").unwrap();
            send.send(request).unwrap();
        }
    });
    (url, requests)
}

fn read(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        request += &line;
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8(body).unwrap()
}

fn post(url: &str, authorization: &str, body: &str) -> String {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{authorization}\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response.lines().next().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn webhooks_of_an_emulator_are_received_passed_on_kept_and_sent_again() {
    let home = Home::new("emulator");
    let emulator = Emulator::start();
    let at = format!("-e={}", emulator.variable("VONAGE_VIDEO_BASE_URL"));
    let (application, requests) = application(&[204, 503, 200, 200]);
    let forward = [
        "--events",
        "archive,sessionCreated",
        "--forward",
        &application,
        &at,
    ];
    let mut listening = Listening::start(&home, &forward);
    let session = emulator.session();
    let token = emulator.token(&session);
    emulator.join(&session, &token);
    let first = listening.next();
    assert_eq!(
        (first[0].as_str(), first[2].as_str()),
        ("1", "sessionCreated")
    );
    assert_eq!(first[4], "signed");
    assert!(first[5].starts_with("204 in "), "{first:?}");
    let request = requests.recv().unwrap();
    assert!(request.starts_with("POST /hooks HTTP/1.1"), "{request}");
    assert!(request.contains("authorization: Bearer "), "{request}");

    let archive = emulator.call("start_archive", &json!({"sessionId": session}));
    let second = listening.next();
    assert_eq!(second[2], "archive started");
    assert_eq!(second[3], archive["id"]);
    assert!(second[5].starts_with("503 in "), "{second:?}");
    requests.recv().unwrap();
    let targets = emulator.control("GET", "webhooks", &Value::Null);
    assert_eq!(targets["targets"].as_array().unwrap().len(), 1);
    listening.interrupt();
    let targets = emulator.control("GET", "webhooks", &Value::Null);
    assert_eq!(targets["targets"], json!([]), "it has taken itself away");

    let kept = home.0.join("vonage-video/webhooks.jsonl");
    let written = std::fs::read_to_string(&kept).unwrap();
    assert!(!written.contains("Bearer"), "{written}");
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(&kept).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let list = text(&home.run(&["webhooks", "list"]).stdout);
    assert_eq!(list.lines().count(), 2, "{list}");

    let again = home.run(&["webhooks", "replay", "--failed"]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    assert!(text(&again.stdout).starts_with("2  archive started → 200 in "));
    let request = requests.recv().unwrap();
    assert!(
        request.contains("authorization: Bearer "),
        "signed again: {request}"
    );
    assert!(request.contains("\"status\":\"started\""), "{request}");
    let again = home.run(&["webhooks", "replay", "1"]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    requests.recv().unwrap();
    // Nothing listens there any more.
    let again = home.run(&["webhooks", "replay", "1", "--to", "http://127.0.0.1:9/"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        text(&again.stdout).contains("nothing listens at"),
        "{again:?}"
    );
    let unknown = home.run(&["webhooks", "replay", "99"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("webhooks list"));
}

#[test]
fn deliveries_of_the_emulator_are_listed_and_repeated_by_it() {
    let home = Home::new("repeat");
    let emulator = Emulator::start();
    let at = format!("-e={}", emulator.variable("VONAGE_VIDEO_BASE_URL"));
    let (application, requests) = application(&[500, 200]);
    let target = json!({"url": format!("http://{application}"), "events": ["sessionCreated"]});
    emulator.control("POST", "webhooks", &target);
    let session = emulator.session();
    emulator.join(&session, &emulator.token(&session));
    requests.recv().unwrap();
    let list = text(&home.run(&["webhooks", "list", &at]).stdout);
    assert!(
        list.starts_with("1\t") && list.contains("sessionCreated"),
        "{list}"
    );
    assert!(list.ends_with("\t500"), "{list}");
    let again = home.run(&["webhooks", "replay", "1", &at]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    assert!(text(&again.stdout).ends_with("\t200"), "{again:?}");
    requests.recv().unwrap();
    assert_eq!(
        home.run(&["webhooks", "replay", "7", &at]).status.code(),
        Some(2)
    );
}

#[test]
fn a_forged_delivery_is_shown_refused_and_not_passed_on() {
    let home = Home::new("forged");
    let secret = home.path("secret.txt");
    let mut listening = Listening::start(
        &home,
        // A program that is not there would be noticed.
        &["--secret-file", &secret, "--forward", "127.0.0.1:9"],
    );
    let unsigned = post(&listening.url, "", r#"{"event": "archive", "id": "a"}"#);
    assert!(
        unsigned.contains(" 503 "),
        "the service sends it again, signed: {unsigned}"
    );
    assert!(listening.next()[4].starts_with("BAD: "));
    let forged = post(
        &listening.url,
        "authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA\r\n",
        "{}",
    );
    assert!(forged.contains(" 401 "), "{forged}");
    let line = listening.next();
    assert!(
        line[4].starts_with("BAD: ") && line[5].starts_with("401"),
        "{line:?}"
    );

    let url = listening.url.clone();
    let name = "na\u{1b}[31mme";
    let sent = home.run(&[
        "webhooks",
        "send",
        "archive.available",
        "--to",
        &url,
        "--secret-file",
        &secret,
        "--set",
        &format!("name={name}"),
        "--set",
        "duration=3600",
        "--set",
        &format!("id={name}"),
    ]);
    // It is genuine, and the program that it is for is not there.
    assert_eq!(sent.status.code(), Some(1));
    assert!(text(&sent.stdout).contains("502"), "{sent:?}");
    let line = listening.next();
    assert_eq!(
        (line[2].as_str(), line[4].as_str()),
        ("archive available", "signed")
    );
    assert_eq!(line[3], "na\\u{1b}[31mme");
    assert_eq!(line[5], "nothing listens at 127.0.0.1:9");
    listening.interrupt();
    let listed = home.run(&["webhooks", "list", "--json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed[2]["body"]["duration"], 3600);
    assert_eq!(listed[2]["body"]["name"], name);
}

#[test]
fn every_event_that_can_be_sent_is_one_and_a_misspelled_one_is_refused() {
    let home = Home::new("send");
    let names = text(&home.run(&["webhooks", "send", "--list"]).stdout);
    assert!(names.lines().count() >= 26, "{names}");
    for name in names.lines() {
        let shown = home.run(&["webhooks", "send", name, "--dry-run"]);
        let event: Value = serde_json::from_slice(&shown.stdout).unwrap();
        if let Some((_, status)) = name.split_once('.') {
            assert_eq!(event["status"], status, "{name}");
        }
    }
    let wrong = home.run(&["webhooks", "send", "archive.availabel", "--to", "9"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("did you mean `archive.available`?"));
}

#[test]
fn what_send_signs_verify_accepts_and_explains() {
    let home = Home::new("verify");
    let (application, requests) = application(&[200]);
    let secret = home.path("secret.txt");
    let send = [
        "webhooks",
        "send",
        "streamCreated",
        "--to",
        &application,
        "--secret-file",
        &secret,
    ];
    assert!(home.run(&send).status.success());
    let request = requests.recv().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let header = head
        .lines()
        .find(|line| line.starts_with("authorization:"))
        .unwrap();
    let verify = |secret: &str, body: &str| {
        home.run(&[
            "webhooks",
            "verify",
            "--secret-file",
            secret,
            "--header",
            header,
            "--body",
            body,
        ])
    };
    let verified = verify(&secret, body);
    let shown = text(&verified.stdout);
    assert!(verified.status.success(), "{}", text(&verified.stderr));
    assert!(
        shown.contains("event\tstreamCreated") && shown.contains("signature\tvalid"),
        "{shown}"
    );
    assert!(shown.contains("signedAt\t20"), "{shown}");
    let changed = verify(&secret, &body.replace("Ada", "Eve"));
    assert_eq!(changed.status.code(), Some(1));
    std::fs::write(home.0.join("other.txt"), "another secret").unwrap();
    let other = verify(&home.path("other.txt"), body);
    assert_eq!(other.status.code(), Some(1));
    assert!(!text(&other.stderr).contains("another secret"));
}
