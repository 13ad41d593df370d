//! The program at a terminal: what fits, what has colours, what keys do, and how it ends.

use std::{
    env,
    io::{Read as _, Write as _},
    num::NonZero,
    process::{Child, ExitStatus},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use pty_process::{
    Size,
    blocking::{Command, Pty},
};
use serde_json::{Value, json};

use crate::kit::Emulator;

/// How long something may take to appear.
const TIMEOUT: Duration = Duration::from_secs(30);
const HOSTILE: &str = "x\u{1b}[31m\u{9b}31m\u{7f}\u{202e}y";

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

/// A program at a terminal of its own.
struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    chunks: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that was written, as it was.
    written: String,
}

impl Terminal {
    fn start(columns: u16, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(24, columns)).unwrap();
        let built = env::var_os("CARGO_BIN_EXE_vonage-video");
        let built = built.unwrap_or_else(|| env!("CARGO_BIN_EXE_vonage-video").into());
        let command = Command::new(built).env_clear().args(arguments);
        let command = command
            .env("TERM", "xterm-256color")
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .envs(variables.iter().copied());
        let child = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let (send, chunks) = channel();
        let reader = Arc::clone(&pty);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Reading fails when the last program at the terminal has ended.
            while let Ok(read @ 1..) = (&*reader).read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            pty,
            child,
            chunks,
            screen: vt100::Parser::new(size(24), size(columns), 0),
            written: String::new(),
        }
    }

    fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until a text is on the screen.
    fn until(&mut self, text: &str) {
        while !self.contents().contains(text) {
            let Ok(chunk) = self.chunks.recv_timeout(TIMEOUT) else {
                panic!(
                    "{text:?} does not come:\n{}\n{}",
                    self.contents(),
                    self.written
                );
            };
            self.take(&chunk);
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        self.written += &String::from_utf8_lossy(chunk);
    }

    fn press(&mut self, keys: &str) {
        // It fails when the program has just ended.
        let _ = (&*self.pty).write_all(keys.as_bytes());
    }

    /// Whether something at the terminal still runs, a moment later.
    fn is_running(&mut self) -> bool {
        loop {
            match self.chunks.recv_timeout(Duration::from_millis(200)) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Waits for the program's end.
    fn end(&mut self) -> ExitStatus {
        while let Ok(chunk) = self.chunks.recv_timeout(TIMEOUT) {
            self.take(&chunk);
        }
        self.child.wait().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An emulator with two archives, and its variables.
fn recorded() -> (Emulator, String) {
    let emulator = Emulator::start();
    let session = emulator.session();
    let token = emulator.token(&session);
    emulator.join(&session, &token);
    for name in ["张伟 محمد Björk and a name that goes on and on", HOSTILE] {
        let archive = emulator.call(
            "start_archive",
            &json!({"sessionId": session, "name": name}),
        );
        emulator.call("stop_archive", &json!({"archiveId": archive["id"]}));
    }
    (emulator, session)
}

fn variables(emulator: &Emulator) -> Vec<(&str, &str)> {
    let variables = emulator.variables.iter();
    variables
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Runs a command to its end; gives its exit code, its screen and what it wrote.
fn run(columns: u16, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
    let mut terminal = Terminal::start(columns, arguments, variables);
    let code = terminal.end().code().unwrap();
    (code, terminal.contents(), terminal.written.clone())
}

#[test]
fn a_list_has_a_line_a_row_at_80_and_at_40_columns_whatever_names_are() {
    let (emulator, _) = recorded();
    for columns in [80, 40, 20] {
        let (code, screen, written) = run(columns, &["archives", "list"], &variables(&emulator));
        assert_eq!(code, 0);
        // A header, two rows, and what to do for more; wrapped only where nothing is a table.
        let rows: Vec<&str> = screen.lines().take(3).collect();
        assert!(rows[0].starts_with("ID"), "{screen}");
        assert!(rows[1..].iter().all(|row| row.len() >= 8), "{screen}");
        assert!(
            screen.lines().nth(3).unwrap().starts_with("Whole ids"),
            "{screen}"
        );
        let plain = written
            .replace("\u{1b}[38;5;2m", "")
            .replace("\u{1b}[39m", "");
        assert!(
            !plain.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7f}']),
            "{written:?}"
        );
    }
    let (_, screen, _) = run(80, &["archives", "list"], &variables(&emulator));
    assert!(
        screen.contains("stopped") || screen.contains("available"),
        "{screen}"
    );
    assert!(screen.contains("x\\u{1b}[31m"), "{screen}");
}

#[test]
fn what_a_list_shows_of_ids_names_them() {
    let (emulator, session) = recorded();
    let (_, screen, _) = run(80, &["archives", "list"], &variables(&emulator));
    let row = screen.lines().nth(1).unwrap();
    let (short, name) = (
        row.split_whitespace().next().unwrap(),
        row.split_whitespace().last(),
    );
    assert_eq!(short.len(), 8, "{screen}");
    let whole = emulator.run(&["archives", "get", short, "--ids"]);
    let whole = String::from_utf8(whole.stdout).unwrap();
    assert!(
        whole.starts_with(short) && whole.trim().len() == 36,
        "{whole}"
    );
    let name = name.unwrap();
    let token = emulator.run(&["streams", "list", name, "--json"]);
    assert!(token.status.success(), "{name} is {session}: {token:?}");
    let nothing = emulator.run(&["archives", "get", "00000000"]);
    assert_eq!(nothing.status.code(), Some(3));
    let nothing = emulator.run(&["streams", "list", "AAAAAA"]);
    assert_eq!(nothing.status.code(), Some(3));
}

#[test]
fn colours_are_at_a_terminal_only_and_can_be_switched_off() {
    let (emulator, _) = recorded();
    let own = variables(&emulator);
    let coloured = |arguments: &[&str], more: &[(&str, &str)]| {
        let all = [&own[..], more].concat();
        let (_, _, written) = run(80, arguments, &all);
        written.contains("\u{1b}[")
    };
    emulator.call("list_archives", &json!({}));
    let wrong = ["archives", "get", "6cac9ae5-fca7-4610-a6e6-57ea99ba122e"];
    assert!(coloured(&wrong, &[]), "an error");
    for off in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
        assert!(!coloured(&wrong, &[off]), "{off:?}");
        assert!(!coloured(&["archives", "list"], &[off]), "{off:?}");
    }
    assert!(!coloured(
        &[&wrong[..], &["--color", "never"]].concat(),
        &[]
    ));
    let piped = emulator.run(&wrong);
    assert!(!piped.stderr.contains(&0x1b), "{piped:?}");
}

#[test]
fn ctrl_c_ends_what_runs_and_leaves_nothing() {
    // The emulator says what there was.
    let mut emulator = Terminal::start(80, &["emulator", "--port", "0"], &[]);
    emulator.until("A command with it:");
    let banner = emulator.contents();
    assert!(banner.contains("Page  http://127.0.0.1:"), "{banner}");
    assert!(banner.contains("Ctrl-C"), "{banner}");
    assert!(
        banner.lines().all(|line| line.chars().count() <= 80),
        "{banner}"
    );
    emulator.press("\u{3}");
    assert_eq!(emulator.end().code(), Some(0));
    assert!(
        emulator.contents().contains("0 requests. Bye."),
        "{}",
        emulator.contents()
    );

    // A command gets the key itself, and its own code counts.
    let script = "trap 'exit 3' INT; echo ready; while :; do sleep 1; done";
    let mut command = Terminal::start(80, &["emulator", "--", "sh", "-c", script], &[]);
    command.until("ready");
    command.press("\u{3}");
    assert_eq!(command.end().code(), Some(3));

    // One that does not listen is killed by a second.
    let script = "trap '' INT; echo ready; while :; do sleep 1; done";
    let mut deaf = Terminal::start(80, &["emulator", "--", "sh", "-c", script], &[]);
    deaf.until("ready");
    // Two that come at the same moment are one to the program, so they go on until it has ended.
    while deaf.is_running() {
        deaf.press("\u{3}");
    }
    assert_eq!(deaf.end().code(), Some(128 + 9));
}

#[test]
fn listening_ends_by_ctrl_c_and_obeys_what_is_typed() {
    let home = env::temp_dir().join(format!("vonage-terminal-{}", std::process::id()));
    let state = [("XDG_STATE_HOME", home.to_str().unwrap())];
    let mut listening = Terminal::start(80, &["webhooks", "listen", "--port", "0"], &state);
    listening.until("q ends.");
    listening.press("7\r");
    listening.until("NUMBER shows");
    listening.press("q\r");
    assert_eq!(listening.end().code(), Some(0));
    let mut listening = Terminal::start(40, &["webhooks", "listen", "--port", "0"], &state);
    listening.until("q ends.");
    listening.press("\u{3}");
    assert_eq!(listening.end().code(), Some(0));
    let _ = std::fs::remove_dir_all(home);
}

#[test]
fn a_watched_session_is_on_the_screen_and_keys_act_on_it() {
    let emulator = Emulator::start();
    let session = emulator.session();
    let join = |name: &str| {
        let body = json!({"role": "publisher", "publish": [{"name": name, "videoType": "camera"}]});
        emulator.control("POST", &format!("sessions/{session}/clients"), &body)
    };
    join("张伟");
    for columns in [80, 40] {
        let watch = ["watch", &session];
        let mut watched = Terminal::start(columns, &watch, &variables(&emulator));
        watched.until("张伟 joined");
        assert!(
            watched.contents().contains("1 client"),
            "{}",
            watched.contents()
        );
        // What happens elsewhere is seen without a key, and by no name that acts on the terminal.
        let hostile = join(HOSTILE);
        watched.until("2 clients");
        watched.until("x\\u{1b}[31m");

        watched.press("m");
        watched.until("张伟 is muted");
        // Before something is destroyed, it asks.
        watched.press("j");
        watched.press("d");
        watched.until("Disconnect x");
        watched.press("n");
        watched.until("not done");
        watched.press("d");
        watched.until("Disconnect x");
        watched.press("y");
        watched.until("left");
        let id = hostile["connectionId"].as_str().unwrap();
        let client = emulator.control(
            "GET",
            &format!("sessions/{session}/clients/{id}"),
            &Value::Null,
        );
        assert_eq!(client["connected"], false);
        watched.press("a");
        watched.until("started");
        watched.press("a");
        watched.until("Stop recording");
        watched.press("y");
        watched.until("stopped");
        // It is found again as it was.
        watched.press(if columns == 80 { "q" } else { "\u{3}" });
        assert_eq!(watched.end().code(), Some(0));
        assert!(
            watched.written.contains("\u{1b}[?1049l"),
            "the usual screen is back"
        );
    }
}

#[test]
fn a_profile_that_asks_is_asked_for_at_a_terminal() {
    let (emulator, _) = recorded();
    let home = env::temp_dir().join(format!("vonage-asks-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let (secret, config) = (home.join("secret"), home.join("config.toml"));
    std::fs::write(&secret, emulator.variable("OPENTOK_API_SECRET")).unwrap();
    let key = emulator.variable("OPENTOK_API_KEY");
    let url = emulator.variable("VONAGE_VIDEO_BASE_URL");
    let text = format!(
        "default = \"a\"\n[profile.a]\napi_key = \"{key}\"\nsecret_file = {:?}\nbase_url = \"{url}\"\n\
         confirm = true\n",
        secret.display().to_string()
    );
    std::fs::write(&config, text).unwrap();
    let variables = [("VONAGE_VIDEO_CONFIG", config.to_str().unwrap())];
    let stop = ["archives", "stop", "6cac9ae5-fca7-4610-a6e6-57ea99ba122e"];
    let mut asked = Terminal::start(80, &stop, &variables);
    asked.until("[y/N]");
    asked.press("n\r");
    assert_eq!(asked.end().code(), Some(2));
    let mut asked = Terminal::start(80, &stop, &variables);
    asked.until("[y/N]");
    asked.press("y\r");
    assert_eq!(
        asked.end().code(),
        Some(3),
        "there is no such archive: {}",
        asked.contents()
    );
    let _ = std::fs::remove_dir_all(home);
}
