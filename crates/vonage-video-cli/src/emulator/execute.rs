//! `emulator -- COMMAND`: runs a command beside an emulator, which ends last.

use std::{
    io::ErrorKind,
    process::{ExitCode, ExitStatus},
    time::{Duration, Instant},
};

use tokio::process::{Child, Command};

use crate::{
    clock,
    emulator::{
        serve,
        start::{self, Start},
    },
    failure::Failure,
    output::note,
    running::{self, Running},
    send::block_on,
};

/// The emulator did not start.
const NOT_STARTED: u8 = 125;
/// The command is there and cannot be run.
const CANNOT_RUN: u8 = 126;
const NOT_FOUND: u8 = 127;
/// A second interrupt within this time kills the command.
const TWICE: Duration = Duration::from_secs(1);

pub(super) fn run(start: &Start, command: &[String]) -> Result<ExitCode, Failure> {
    block_on(async {
        // A fixed port would let two runs at a time talk to one emulator.
        let mut start = start.clone();
        start.port = start.port.or(Some(0));
        let emulator = match start::started(&start).await {
            Ok(emulator) => emulator,
            Err(failure) => {
                note(format_args!("{}", failure.to_text()));
                return Ok(ExitCode::from(NOT_STARTED));
            }
        };
        let running = Running::of(&emulator, emulator.url());
        let mut child = self::command(command);
        child
            .envs(running.variables.iter().map(|(name, value)| (name, value)))
            .env(running::VARIABLE, &running.url)
            // One that is exported must not send the command to the service.
            .env("VONAGE_VIDEO_PROFILE", "emulator");
        if let Some(file) = &start.tls {
            serve::write_authority(&emulator, file)?;
            for name in ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"] {
                child.env(name, file);
            }
        }
        if let Some(file) = &start.client {
            serve::write_client(&emulator, file)?;
        }
        // Before the command starts: a signal may come at once, and must not leave it behind.
        let signals = Signals::listen()?;
        let code = match child.spawn() {
            Ok(child) => supervise(child, signals).await?,
            Err(error) => {
                note(format_args!(
                    "error: cannot run {}: {error}",
                    command.join(" ")
                ));
                if error.kind() == ErrorKind::NotFound {
                    NOT_FOUND
                } else {
                    CANNOT_RUN
                }
            }
        };
        let exported = start::export(&emulator, &start);
        emulator.stop().await;
        exported.map(|()| ExitCode::from(code))
    })
}

fn command(words: &[String]) -> Command {
    let (program, arguments) = words
        .split_first()
        .map_or(("", words), |(first, rest)| (first, rest));
    let mut command = Command::new(program);
    command.args(arguments);
    // A group of its own, so that what the command started can be ended with it. At a terminal it
    // stays in ours, which the terminal's keys reach.
    #[cfg(unix)]
    if !at_terminal() {
        command.process_group(0);
    }
    command
}

fn at_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdin())
}

/// The signals that are passed on to the command.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn listen() -> Result<Self, Failure> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let failed = |error| Failure::Io(format!("cannot wait for signals: {error}"));
            Ok(Self {
                interrupt: signal(SignalKind::interrupt()).map_err(failed)?,
                terminate: signal(SignalKind::terminate()).map_err(failed)?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }
}

/// Waits for the command, and passes signals on.
#[cfg(unix)]
async fn supervise(mut child: Child, mut signals: Signals) -> Result<u8, Failure> {
    let group = child.id().filter(|_| !at_terminal());
    let mut before: Option<Instant> = None;
    let status = loop {
        let sent = tokio::select! {
            status = child.wait() => break status,
            _ = signals.interrupt.recv() => rustix::process::Signal::INT,
            _ = signals.terminate.recv() => rustix::process::Signal::TERM,
        };
        let now = clock::instant();
        if before.is_some_and(|before| now.duration_since(before) < TWICE) {
            kill(group, rustix::process::Signal::KILL);
            let _ = child.start_kill();
        } else if group.is_some() {
            // At a terminal the command has got the key itself.
            kill(group, sent);
        } else if sent == rustix::process::Signal::TERM {
            let _ = child.start_kill();
        }
        before = Some(now);
    };
    // What the command has left behind.
    kill(group, rustix::process::Signal::KILL);
    status
        .map(code)
        .map_err(|error| Failure::Io(format!("cannot wait for the command: {error}")))
}

#[cfg(unix)]
fn kill(group: Option<u32>, signal: rustix::process::Signal) {
    let group = group.and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?));
    if let Some(group) = group {
        // A group that is gone needs nothing.
        let _ = rustix::process::kill_process_group(group, signal);
    }
}

#[cfg(not(unix))]
async fn supervise(mut child: Child, _: Signals) -> Result<u8, Failure> {
    let status = tokio::select! {
        status = child.wait() => status,
        _ = tokio::signal::ctrl_c() => {
            let _ = child.start_kill();
            child.wait().await
        }
    };
    status
        .map(code)
        .map_err(|error| Failure::Io(format!("cannot wait for the command: {error}")))
}

/// The command's own code; 128 and the signal's number for one that a signal ended.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    status
        .code()
        .and_then(|code| u8::try_from(code & 0xff).ok())
        .unwrap_or(1)
}
