//! `cargo xtask release VERSION`: every step of a release, resumable; a dry run ends before
//! anything leaves this machine.
//!
//! All of it happens in a clone below `target/`, so the working tree never changes half-way, and a
//! rehearsal runs the same lines as a release.

mod archive;
mod binary;
mod checks;
mod clone;
mod consumers;
mod context;
mod emulator;
mod image;
mod npm;
mod packages;
mod progress;
mod publish;
mod registry;
mod upload;
mod version;
mod wheel;

use std::{fs, time::Instant};

pub(crate) use self::version::next;
use self::{context::Release, progress::Progress, registry::Registry};
use crate::{failure::Failure, run::root};

const USAGE: &str = "usage: cargo xtask release VERSION [--dry-run [--all]]";

/// A step: what it does, when it runs, and the function that does it.
struct Step {
    name: &'static str,
    when: When,
    run: fn(&Release) -> Result<(), Failure>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum When {
    /// In each dry run, and so in CI.
    Always,
    /// In a release, and in a dry run with `--all`: takes minutes, or registries of other
    /// languages.
    All,
    /// Only in a release: cannot be undone.
    Release,
}

const STEPS: &[Step] = &[
    step("commit the version in a clone", When::Always, clone::make),
    step(
        "publish to a registry on loopback",
        When::Always,
        publish::rehearse,
    ),
    step("inspect the packages", When::Always, packages::inspect),
    step(
        "install the program from there",
        When::Always,
        binary::install,
    ),
    step("run outside consumers", When::Always, consumers::run_all),
    step("run all checks", When::All, checks::all),
    step(
        "check the lowest direct versions",
        When::All,
        checks::lowest_versions,
    ),
    step("check every pair of features", When::All, checks::features),
    step("check for API breaks", When::All, checks::breaks),
    step(
        "build the program and the Python wheel",
        When::All,
        wheel::build,
    ),
    step("build the archive", When::All, archive::build),
    step("build the npm packages", When::Always, npm::build),
    step("build the container image", When::All, image::build),
    step("write checksums", When::All, archive::checksums),
    step("publish the crates", When::Release, publish::release),
    step(
        "upload the wheel and the npm packages",
        When::Release,
        upload::upload,
    ),
    step("tag and push", When::Release, clone::tag),
];

const fn step(name: &'static str, when: When, run: fn(&Release) -> Result<(), Failure>) -> Step {
    Step { name, when, run }
}

/// Runs the steps that are not done yet.
pub(crate) fn release(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (version, last) = match words.as_slice() {
        [version, "--dry-run"] => (*version, When::Always),
        [version, "--dry-run", "--all"] => (*version, When::All),
        [version] if !version.starts_with('-') => (*version, When::Release),
        _ => return Err(USAGE.into()),
    };
    version::check(version)?;
    if last == When::Release {
        upload::credentials()?;
    }
    let commit = clone::clean_commit()?;
    let home = root().join("target/release-of").join(version);
    fs::create_dir_all(&home)?;
    let mut progress = Progress::open(&home, &commit, &format!("{last:?}"))?;
    let release = Release {
        version: version.to_owned(),
        is_rehearsal: last != When::Release,
        registry: Registry::prepare(&home)?,
        home,
    };

    #[expect(
        clippy::disallowed_methods,
        reason = "shown: how long the release has been going"
    )]
    let started = Instant::now();
    let chosen = |step: &&Step| match step.when {
        When::Always => true,
        When::All => last != When::Always,
        When::Release => last == When::Release,
    };
    for step in STEPS.iter().filter(chosen) {
        let seconds = started.elapsed().as_secs();
        if progress.is_done(step.name) {
            eprintln!("[{seconds:4} s] {}: done before", step.name);
            continue;
        }
        eprintln!("[{seconds:4} s] {}", step.name);
        (step.run)(&release).map_err(|failure| {
            format!(
                "{}: {failure}\nrun the same command to resume here",
                step.name
            )
        })?;
        progress.done(step.name)?;
    }
    progress.close()?;
    let seconds = started.elapsed().as_secs();
    if last == When::Release {
        eprintln!("[{seconds:4} s] released {version}");
    } else {
        eprintln!("[{seconds:4} s] rehearsed {version}: nothing left this machine");
    }
    Ok(())
}
