//! How each language installs what its suite needs, and runs it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    failure::Failure,
    files,
    run::{read, root, run},
};

/// What the pages install beside the emulator.
const FROM_PYPI: &[&str] = &["pytest==9.2.0", "opentok==3.15.0"];
const FROM_NPM: &[&str] = &["opentok@2.23.2", "jest@30.5.2"];
/// Names the program to the shell that starts it.
const BINARY: &str = "VONAGE_VIDEO_BINARY";

/// Where a suite has the emulator from.
pub(crate) enum Source<'a> {
    /// This checkout, with a program that was built of it.
    Checkout(&'a Path),
    /// Package files, installed as a user would: a wheel, or the npm packages.
    Packages(&'a [PathBuf]),
}

pub(super) fn python(home: &Path, source: &Source<'_>) -> Result<(), Failure> {
    let bin = home.join("venv/bin");
    once(home, &FROM_PYPI.join(" "), || {
        read(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(home.join("venv")),
        )?;
        pip(&bin, FROM_PYPI)
    })?;
    let mut pytest = Command::new(bin.join("python"));
    pytest
        .args(["-m", "pytest", "--quiet"])
        .current_dir(home)
        .env_remove(BINARY);
    match source {
        Source::Checkout(program) => {
            pytest
                .env(BINARY, program)
                .env("PYTHONPATH", root().join("packaging/python/src"))
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env("PYTEST_PLUGINS", "vonage_video_emulator.pytest_plugin");
        }
        Source::Packages(packages) => pip(&bin, packages)?,
    }
    run(&mut pytest)
}

fn pip(bin: &Path, packages: &[impl AsRef<std::ffi::OsStr>]) -> Result<(), Failure> {
    let mut pip = Command::new(bin.join("python"));
    pip.args(["-m", "pip", "install", "--quiet"])
        .args(["--disable-pip-version-check", "--force-reinstall"])
        .args(packages);
    run(&mut pip)
}

pub(super) fn node(home: &Path, source: &Source<'_>) -> Result<(), Failure> {
    once(home, &FROM_NPM.join(" "), || {
        fs::write(home.join("package.json"), "{\"private\": true}\n")?;
        npm(home, FROM_NPM)
    })?;
    let modules = home.join("node_modules");
    let program = match source {
        Source::Checkout(program) => {
            files::copy(
                &root().join("packaging/npm"),
                &modules.join("vonage-video-emulator"),
            )?;
            Some(program)
        }
        Source::Packages(packages) => {
            npm(home, packages)?;
            None
        }
    };
    let mut suites = [
        Command::new("node"),
        Command::new(modules.join(".bin/jest")),
    ];
    suites[0].arg("--test").current_dir(home.join("node-test"));
    suites[1].arg("--ci").current_dir(home.join("jest"));
    for suite in &mut suites {
        suite.env_remove(BINARY);
        suite.envs(program.map(|program| (BINARY, program)));
        run(suite)?;
    }
    Ok(())
}

fn npm(home: &Path, packages: &[impl AsRef<std::ffi::OsStr>]) -> Result<(), Failure> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--loglevel=error"])
        .args(["--no-audit", "--no-fund", "--prefer-offline"])
        .args(packages)
        .current_dir(home);
    run(&mut npm)
}

pub(super) fn java(home: &Path, source: &Source<'_>) -> Result<(), Failure> {
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--quiet", "test"]);
    run(on_path(maven.current_dir(home), source))
}

pub(super) fn ruby(home: &Path, source: &Source<'_>) -> Result<(), Failure> {
    run(on_path(Command::new("rspec").current_dir(home), source))
}

/// For languages without a package: the program is named, or on the path.
fn on_path<'a>(command: &'a mut Command, source: &Source<'_>) -> &'a mut Command {
    match source {
        Source::Checkout(program) => command.env(BINARY, program),
        Source::Packages(_) => command,
    }
}

/// Does what has not been done in this folder for these very words.
fn once(
    home: &Path,
    words: &str,
    install: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == words) {
        return Ok(());
    }
    install()?;
    Ok(fs::write(stamp, words)?)
}
