//! An emulator that was started from an installed program, to try a package with.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::Failure;

/// A running emulator. It ends when this is dropped.
pub(super) struct Emulator {
    child: Child,
    variables: Vec<(String, String)>,
}

impl Emulator {
    /// Starts one and reads the variables that point an SDK at it.
    pub(super) fn start(program: &Path) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.arg("emulator");
        Self::start_with(command)
    }

    /// Starts one with a command to which only flags are added.
    pub(super) fn start_with(mut command: Command) -> Result<Self, Failure> {
        command.args([
            "--listen",
            "127.0.0.1:0",
            "--print-env",
            "--exit-with-stdin",
        ]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the emulator has no output")?;
        let mut emulator = Self {
            child,
            variables: Vec::new(),
        };
        for line in BufReader::new(stdout).lines() {
            emulator.variables.extend(variable(&line?));
            if emulator.variables.len() == VARIABLES {
                return Ok(emulator);
            }
        }
        Err(format!("the emulator printed {:?} and ended", emulator.variables).into())
    }

    /// The variables that it printed.
    pub(super) fn variables(&self) -> Vec<(String, String)> {
        self.variables.clone()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Closing its standard input ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// How many variables the emulator prints: the base URL and two pairs of credentials.
const VARIABLES: usize = 5;

/// The name and value of a line `export NAME='VALUE'`.
fn variable(line: &str) -> Option<(String, String)> {
    let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
    let unquoted = ['\'', '"']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    Some((
        name.to_owned(),
        unquoted.unwrap_or(value).replace("'\\''", "'"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_read_with_and_without_quotes() {
        let pair = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(variable("export A=b=c"), pair("A", "b=c"));
        assert_eq!(variable("export A='it'\\''s'"), pair("A", "it's"));
        assert_eq!(variable("export A=\"b\""), pair("A", "b"));
        assert_eq!(variable("http://127.0.0.1:1"), None);
    }
}
