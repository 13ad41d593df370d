//! A receiver in a process of its own.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use vonage_video::{SessionId, webhook::Presence};

use super::http;
use crate::debian::until;

/// What receivers verify with.
pub const SECRET: &str = "the signature secret of the fleet";

/// A receiver.
pub struct Receiver {
    process: Child,
    address: SocketAddr,
}

impl Receiver {
    /// Starts a program that prints its address.
    pub fn start(program: &Path, file: &Path, lease: Duration, redis: &[String]) -> Self {
        let mut command = Command::new(program);
        command
            .arg(file)
            .arg(lease.as_millis().to_string())
            .arg(SECRET)
            .args(redis);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line.trim().parse().unwrap();
        Self { process, address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Who is in a session, as this receiver knows it. After an outage it may have to find the
    /// store again.
    pub fn presence(&self, session: &SessionId) -> Option<Presence> {
        let path = format!("/presence/{session}");
        let mut response = String::new();
        until("a receiver knows who is in a session", || {
            response = http::get(self.address, &path).unwrap();
            !response.starts_with("HTTP/1.1 503")
        });
        let (_, body) = response.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {response}"))
    }

    /// Kills it with SIGKILL, and returns what its process id was.
    pub fn kill(mut self) -> u32 {
        let id = self.process.id();
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        id
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
