//! The browser that this machine has.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use super::{driver, install::clean};
use crate::{
    debian,
    place::{in_ci, skip, sources, temporary},
};

/// The names under which a Chromium may be installed.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// How long a browser may take to show an empty page; some builds never do on some machines.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// A Chromium that has shown that it works here.
#[derive(Clone, Debug)]
pub struct Browser {
    program: PathBuf,
}

impl Browser {
    /// The program of `CHROME`, or the first that is installed and works.
    ///
    /// With `CI=true`, as root, Debian's is installed where there is none. `None` where there is
    /// none, which is said on standard error; also without Node, which its driver is written for.
    ///
    /// # Panics
    ///
    /// There is none, or no Node, and `CI` is `true`.
    pub fn get() -> Option<Self> {
        static BROWSER: OnceLock<Result<Browser, String>> = OnceLock::new();
        match BROWSER.get_or_init(find) {
            Ok(browser) => Some(browser.clone()),
            Err(why) => {
                skip(why);
                None
            }
        }
    }

    /// Its program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// A command that runs a driver of `tests/interop/browser`, with the browser's path in
    /// `BROWSER`.
    pub fn driver(&self, file: &str) -> Command {
        let mut command = Command::new("node");
        clean(&mut command)
            .arg(sources().join("interop/browser").join(file))
            .env("BROWSER", &self.program);
        command
    }

    /// Whether it shows an empty page in time.
    fn is_alive(&self) -> bool {
        let profile = temporary(&format!("browser-{}", std::process::id()));
        let mut command = Command::new(&self.program);
        clean(&mut command)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
            ])
            .args(["--disable-dev-shm-usage", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("data:text/html,<p>alive</p>")
            .env("HOME", &profile);
        let alive = driver::try_run(&mut command, b"", SIGN_OF_LIFE)
            .is_ok_and(|(page, success)| success && page.contains("<p>alive</p>"));
        let _ = std::fs::remove_dir_all(profile);
        alive
    }
}

fn find() -> Result<Browser, String> {
    if driver::try_run(Command::new("node").arg("--version"), b"", SIGN_OF_LIFE).is_err() {
        return Err("the browser's driver needs `node`".to_owned());
    }
    let mut installed = candidates();
    if installed.is_empty() && in_ci() && debian::install("chromium") {
        installed = candidates();
    }
    if installed.is_empty() {
        return Err(format!(
            "no browser: none of CHROME, {} is here",
            NAMES.join(", ")
        ));
    }
    // The first start after an installation reads everything from a cold disk.
    for browser in installed.iter().chain(&installed) {
        if browser.is_alive() {
            return Ok(browser.clone());
        }
    }
    let names: Vec<_> = installed
        .iter()
        .map(|it| it.program.display().to_string())
        .collect();
    Err(format!(
        "no browser: {} shows no page within {} s",
        names.join(", "),
        SIGN_OF_LIFE.as_secs()
    ))
}

/// What is installed; only `CHROME` where that is set.
fn candidates() -> Vec<Browser> {
    if let Some(chosen) = env::var_os("CHROME").filter(|chosen| !chosen.is_empty()) {
        return vec![Browser {
            program: chosen.into(),
        }];
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = |name: &&str| {
        env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    };
    let found = NAMES.iter().filter_map(in_path);
    found.map(|program| Browser { program }).collect()
}
