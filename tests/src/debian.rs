//! Servers and programs from Debian: installed where they may be, and waited for.

use std::{
    net::TcpListener,
    path::Path,
    process::{self, Command},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use crate::place::{in_ci, skip};

/// The first port that [`free_port`] tries.
const FIRST_PORT: u16 = 10_000;

/// Linux gives outgoing connections this port and higher ones, unless configured otherwise.
const FIRST_OUTGOING_PORT: u16 = 32_768;

/// Whether there is a program, which prints its version at `flag`. With `CI=true` its package is
/// installed when it is missing, and there must be one; elsewhere its tests say that they are
/// skipped.
///
/// # Panics
///
/// `CI` is `true`, and it cannot be installed.
pub fn installed(program: &str, flag: &str, package: &str) -> bool {
    // Tests that run at once must not install at once.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let found = || {
        let version = Command::new(program).arg(flag).output();
        version.is_ok_and(|output| output.status.success())
    };
    if found() || in_ci() && install(package) && found() {
        return true;
    }
    skip(&format!(
        "there is no {program} (apt-get install {package})"
    ));
    false
}

/// Installs a package; false where this is not Debian or we are not root.
pub(crate) fn install(package: &str) -> bool {
    let apt = |arguments: &[&str]| {
        Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output()
            .is_ok_and(|output| output.status.success())
    };
    Path::new("/etc/debian_version").exists()
        && apt(&["update", "--quiet"])
        && apt(&[
            "install",
            "--quiet",
            "--yes",
            "--no-install-recommends",
            package,
        ])
}

/// Waits for another process to get somewhere, by asking it.
///
/// # Panics
///
/// It has not got there within a minute.
#[expect(
    clippy::disallowed_methods,
    reason = "another process has no clock of ours"
)]
pub fn until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "not so within a minute: {what}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// A port that is free, below those that systems give to outgoing connections, one of which could
/// otherwise take it before the server has it. No two calls of a process return the same.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let ports = FIRST_PORT..FIRST_OUTGOING_PORT;
    // Test binaries that run at the same time begin apart.
    let begin = process::id().wrapping_mul(97);
    ports
        .clone()
        .map(|_| {
            begin.wrapping_add(NEXT.fetch_add(1, Relaxed)) % u32::from(ports.end - ports.start)
        })
        .filter_map(|offset| Some(ports.start + u16::try_from(offset).ok()?))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}
