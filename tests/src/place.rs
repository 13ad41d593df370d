//! Where the tests find their files, and how they say that they cannot run on this machine.

use std::{
    env, fs,
    io::{self, Write},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

/// The folder of this package: where its sources lie now, which may not be where it was built.
pub fn sources() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// A folder for the files of one test; it lies in the build folder and is made if need be.
///
/// # Panics
///
/// The folder cannot be made.
pub fn temporary(name: &str) -> PathBuf {
    let folder = sources().join("../target/tmp").join(name);
    fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    // Programs with another working directory are given paths in it.
    folder
        .canonicalize()
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// A new folder for the files of a server that one test starts, apart from those of other tests and
/// processes.
pub(crate) fn temporary_of_process(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vonage-video-{name}-{}-{count}", std::process::id());
    let folder = env::temp_dir().join(name);
    fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}

/// Says on standard error that this test is skipped, past the test harness, which keeps what a test
/// prints to itself. `cargo xtask test` counts these lines.
///
/// # Panics
///
/// `CI` is `true`: nothing may be skipped there.
pub fn skip(why: &str) {
    let thread = thread::current();
    let line = format!("skipped: {}: {why}\n", thread.name().unwrap_or("a test"));
    assert!(!in_ci(), "{line}");
    let _ = io::stderr().write_all(line.as_bytes());
}

/// Whether the tests run where whatever is missing must be installed.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|ci| ci == "true")
}
