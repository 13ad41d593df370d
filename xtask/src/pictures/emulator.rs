//! A running emulator for the pictures of its page.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::failure::Failure;

/// An emulator that ends with this value.
pub(super) struct Emulator {
    child: Child,
    url: String,
}

impl Emulator {
    pub(super) fn start(program: &Path) -> Result<Self, Failure> {
        let mut child = Command::new(program)
            .args(["emulator", "--port", "0", "--quiet"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let url = line.trim().to_owned();
        let emulator = Self { child, url };
        if emulator.url.starts_with("http://") {
            Ok(emulator)
        } else {
            Err(format!("the emulator said {line:?}").into())
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
