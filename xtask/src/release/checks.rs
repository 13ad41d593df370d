//! Checks that only a release needs.

use std::process::Command;

use super::{clone, context::Release, version};
use crate::{
    failure::Failure,
    files, lint,
    run::{read, run},
    test, tools,
};

/// Runs what runs before a change lands: a release is of a commit that passes.
pub(super) fn all(_: &Release) -> Result<(), Failure> {
    lint::lint(&[])?;
    test::test(&[])
}

/// Checks that the lowest versions that the manifests allow are enough.
pub(super) fn lowest_versions(release: &Release) -> Result<(), Failure> {
    let lowest = release.home.join("lowest-versions");
    files::remove(&lowest)?;
    read(
        Command::new("git")
            .args(["clone", "--quiet"])
            .arg(release.clone())
            .arg(&lowest),
    )?;
    let mut update = release.cargo(&["update", "--quiet", "-Zdirect-minimal-versions"]);
    // An option of cargo that is not stable; what it writes is an ordinary lockfile.
    run(update.current_dir(&lowest).env("RUSTC_BOOTSTRAP", "1"))?;
    let check = [
        "check",
        "--quiet",
        "--locked",
        "--workspace",
        "--all-features",
    ];
    run(release.cargo(&check).current_dir(&lowest))
}

/// Checks the crates with every pair of their features.
pub(super) fn features(release: &Release) -> Result<(), Failure> {
    tools::install("cargo-hack", "0.6.46")?;
    run(&mut release.cargo(&[
        "hack",
        "check",
        "--quiet",
        "--workspace",
        "--exclude",
        "vonage-video-tests",
        "--exclude",
        "xtask",
        "--feature-powerset",
        "--depth",
        "2",
    ]))
}

/// Checks that the version says what changed for users of the last one.
pub(super) fn breaks(release: &Release) -> Result<(), Failure> {
    let Some(last) = version::last()? else {
        eprintln!("         there is no earlier release to compare with");
        return Ok(());
    };
    tools::install("cargo-semver-checks", "0.51.0")?;
    let revision = format!("v{last}");
    // The clone of a release has the tags of its source.
    read(&mut clone::git(
        &release.clone(),
        &["rev-parse", "--verify", "--quiet", &revision],
    ))?;
    run(&mut release.cargo(&["semver-checks", "--workspace", "--baseline-rev", &revision]))
}
