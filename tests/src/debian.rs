//! Servers and programs from Debian: installed where they may be, and waited for.

use std::{
    net::TcpListener,
    path::Path,
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::place::{in_ci, skip};

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

/// A port that was free just now. Others may take it before it is used; nothing here does.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    listener.local_addr().expect("an address").port()
}
