//! An emulator that was started from an installed program, to try a package with.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::failure::Failure;

/// A running emulator. It ends when this is dropped.
pub(super) struct Emulator {
    child: Child,
    variables: BTreeMap<String, String>,
}

impl Emulator {
    /// Starts one on a free port, and sees that it responds.
    pub(super) fn start(program: &Path) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.args(["emulator", "--port", "0"]);
        Self::start_with(command)
    }

    /// Starts one with a whole command, to which only flags are added.
    pub(super) fn start_with(mut command: Command) -> Result<Self, Failure> {
        let mut child = command
            .args(["--print-env=json", "--exit-with-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the emulator has no output")?;
        let mut emulator = Self {
            child,
            variables: BTreeMap::new(),
        };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        emulator.variables = serde_json::from_str(&line)
            .map_err(|error| format!("the emulator printed `{line}`: {error}"))?;
        emulator.respond()?;
        Ok(emulator)
    }

    /// Fails unless it serves.
    fn respond(&self) -> Result<(), Failure> {
        let url = self.variables.get("VONAGE_VIDEO_BASE_URL");
        let host = url.and_then(|url| url.strip_prefix("http://"));
        let host = host.ok_or("the emulator printed no URL")?;
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "GET /_emulator/clock HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        if response.starts_with("HTTP/1.1 200") {
            Ok(())
        } else {
            Err(format!("the emulator responded {response}").into())
        }
    }

    /// The variables that it printed: its URL and two pairs of credentials.
    pub(super) fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Closing its standard input ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
