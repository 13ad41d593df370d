//! A built program of the workspace, as its reader runs it.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        OnceLock,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use vonage_video_emulator::Emulator;

/// A program that says nothing for so long hangs.
const TIMEOUT: Duration = Duration::from_secs(120);

/// What a developer's environment may hold, and a program must not see.
const OTHERS: [&str; 6] = [
    "VONAGE_APPLICATION_ID",
    "VONAGE_PRIVATE_KEY",
    "VONAGE_PRIVATE_KEY_PATH",
    "OPENTOK_API_KEY",
    "OPENTOK_API_SECRET",
    "VONAGE_VIDEO_BASE_URL",
];

/// A program, and what it prints. It is killed when this is dropped.
pub struct Program {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

/// The folder of the programs, which the first use builds.
fn built() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let build = Command::new(cargo)
            .args(["build", "--quiet", "--workspace", "--bins", "--tests"])
            .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."))
            .status();
        assert!(build.unwrap().success());
        let own = env::current_exe().unwrap();
        own.parent().unwrap().parent().unwrap().to_owned()
    })
}

impl Program {
    /// Starts a program with the variables of an emulator.
    pub fn start(name: &str, arguments: &[&str], emulator: &Emulator) -> Self {
        Self::start_with(name, arguments, emulator, &[])
    }

    /// Starts a program with more variables, or others.
    pub fn start_with(
        name: &str,
        arguments: &[&str],
        emulator: &Emulator,
        variables: &[(&str, &str)],
    ) -> Self {
        let mut command = Command::new(built().join(name));
        command.args(arguments);
        for name in OTHERS {
            command.env_remove(name);
        }
        let mut child = command
            .envs(emulator.variables())
            .env("LISTEN", "127.0.0.1:0")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            lines,
        }
    }

    /// The next line that contains a text.
    pub fn line_with(&self, text: &str) -> String {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(TIMEOUT) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => before.push(line),
                Err(error) => panic!("{error} before {text:?}: {before:#?}"),
            }
        }
    }

    /// The address that it says it listens on.
    pub fn address(&self) -> String {
        let line = self.line_with("listening on ");
        let (_, url) = line.split_once("http://").unwrap();
        url.to_owned()
    }

    /// Types a line.
    pub fn type_line(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Waits for its successful end, and returns what it printed since.
    pub fn end(mut self) -> String {
        self.input = None;
        let rest: Vec<String> = self.lines.iter().collect();
        let rest = rest.join("\n");
        assert!(self.child.wait().unwrap().success(), "{rest}");
        rest
    }

    /// Waits for its failure.
    pub fn fail(mut self) {
        self.input = None;
        assert!(!self.child.wait().unwrap().success());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request, and returns the status and the body of the response.
pub fn request(address: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}
