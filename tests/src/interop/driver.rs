//! Runs a driver as a process of its own and reads what it reports.

use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde::Deserialize;
use serde_json::Value;

/// No driver takes nearly as long, even on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(180);

/// One step of a driver.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// The id of the operation, and after a slash what is special.
    pub step: String,
    /// Whether it went as it should.
    pub ok: bool,
    /// Why not.
    pub detail: String,
}

impl Step {
    /// The id of the operation.
    pub fn operation(&self) -> &str {
        self.step.split('/').next().unwrap_or_default()
    }
}

/// What a driver reports.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// All its steps, each of which went as it should.
    pub steps: Vec<Step>,
    /// The session that it used, the connections in it, and more.
    pub room: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Step(Step),
    Room { room: Value },
}

/// Runs a driver that reports steps.
///
/// # Panics
///
/// A step failed, or the driver did.
pub fn report(command: &mut Command) -> Report {
    let (output, success) = run(command, b"");
    let (mut steps, mut room, mut noise) = (Vec::new(), Value::Null, Vec::new());
    for line in output.lines() {
        match serde_json::from_str(line) {
            Ok(Line::Step(step)) => steps.push(step),
            Ok(Line::Room { room: found }) => room = found,
            Err(_) => noise.push(line),
        }
    }
    let failed: Vec<String> = steps
        .iter()
        .filter(|step| !step.ok)
        .map(|step| format!("{}:\n{}", step.step, step.detail))
        .collect();
    assert!(
        success && failed.is_empty(),
        "{} of {} steps failed in {command:?}\n{}\n{}",
        failed.len(),
        steps.len(),
        failed.join("\n"),
        noise.join("\n")
    );
    Report { steps, room }
}

/// Runs a driver that reads one JSON value and writes one.
///
/// # Panics
///
/// The driver failed, or what it wrote is not JSON.
pub fn exchange(command: &mut Command, input: &Value) -> Value {
    let (output, success) = run(command, input.to_string().as_bytes());
    assert!(success, "{command:?} failed:\n{output}");
    let last = output.lines().last().unwrap_or_default();
    serde_json::from_str(last)
        .unwrap_or_else(|error| panic!("{command:?} wrote no JSON ({error}):\n{output}"))
}

/// Runs a command to its end and returns all that it wrote, and whether it succeeded. One that does
/// not end is killed.
///
/// # Panics
///
/// It cannot be run.
pub fn run(command: &mut Command, input: &[u8]) -> (String, bool) {
    try_run(command, input, LIMIT).unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"))
}

/// As [`run`], with another limit.
pub(super) fn try_run(
    command: &mut Command,
    input: &[u8],
    limit: Duration,
) -> io::Result<(String, bool)> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    let mut stdin = child.stdin.take().expect("piped");
    let (mut stdout, mut stderr) = (
        child.stdout.take().expect("piped"),
        child.stderr.take().expect("piped"),
    );
    let errors = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = stderr.read_to_end(&mut text);
        text
    });
    let (sender, ended) = mpsc::channel();
    let output = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = stdout.read_to_end(&mut text);
        let _ = sender.send(());
        text
    });
    // A child that ends early closes its input: what it wrote tells why.
    let _ = stdin.write_all(input);
    drop(stdin);
    let in_time = ended.recv_timeout(limit).is_ok();
    if !in_time {
        kill(&mut child);
    }
    let success = child.wait().is_ok_and(|status| status.success()) && in_time;
    let mut text = errors.join().unwrap_or_default();
    text.extend(output.join().unwrap_or_default());
    if !in_time {
        text.extend(format!("\nkilled after {limit:?}").into_bytes());
    }
    Ok((String::from_utf8_lossy(&text).into_owned(), success))
}

/// Kills a child and its children, which hold its output open.
fn kill(child: &mut Child) {
    let group = format!("-{}", child.id());
    let killed = Command::new("kill").args(["-KILL", "--", &group]).status();
    if !killed.is_ok_and(|status| status.success()) {
        let _ = child.kill();
    }
}
