//! The npm packages: one for each platform with the program in it, and the launcher that people
//! install. Packed, installed into a fresh project, started, and stopped forty times.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::{context::Release, emulator::Emulator};
use crate::{
    failure::Failure,
    files,
    run::{read, run},
    suites::{self, Source},
    tools::skip,
};

const NAME: &str = "vonage-video-emulator";
/// The platforms that are built. Others have their place here: `darwin-arm64`, `win32-x64` and so
/// on, each with its `os` and `cpu`.
const PLATFORMS: &[(&str, &str, &str)] = &[("linux-x64", "linux", "x64")];
/// How often a launcher that is stopped at once must leave no program behind.
const STOPS: u64 = 40;

/// Starts an emulator as a test suite does.
const STARTED: &str = "const { start } = require('vonage-video-emulator'); \
    start().then(async (it) => { await it.control('GET', 'clock'); await it.stop(); });";

/// The names, those of the platforms first.
pub(super) fn packages() -> Vec<String> {
    let platforms = PLATFORMS
        .iter()
        .map(|(platform, ..)| format!("{NAME}-{platform}"));
    platforms.chain([NAME.to_owned()]).collect()
}

pub(super) fn build(release: &Release) -> Result<(), Failure> {
    if read(Command::new("npm").arg("--version")).is_err() {
        return skip("the npm packages need Node and npm");
    }
    let folder = release.home.join("npm");
    files::remove(&folder)?;
    let program = release.program();
    let program = if program.exists() {
        program
    } else {
        release.installed()
    };
    let dist = release.dist()?;
    let mut packed = Vec::new();
    for (platform, os, cpu) in PLATFORMS {
        let package = folder.join(platform);
        write_platform(release, &package, platform, os, cpu)?;
        fs::copy(&program, package.join("bin/vonage-video"))?;
        packed.push(pack(&package, &dist)?);
    }
    let launcher = folder.join("launcher");
    write_launcher(release, &launcher)?;
    packed.push(pack(&launcher, &dist)?);

    let fresh = folder.join("fresh");
    fs::create_dir_all(&fresh)?;
    fs::write(fresh.join("package.json"), "{\"private\": true}\n")?;
    let mut install = Command::new("npm");
    install
        .args([
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--offline",
        ])
        .args(&packed);
    run(install.current_dir(&fresh))?;
    let mut launcher = Command::new(fresh.join("node_modules/.bin").join(NAME));
    launcher.args(["--port", "0"]);
    drop(Emulator::start_with(launcher)?);
    let mut script = Command::new("node");
    script.args(["--eval", STARTED]).current_dir(&fresh);
    run(&mut script)?;
    leaves_nothing_behind(&fresh)?;
    if release.program().exists() {
        // Its suite needs packages from the registry, which a quick rehearsal does without.
        suites::NODE.run(
            &release.home.join("suites/node"),
            &Source::Packages(&packed),
        )?;
    }
    Ok(())
}

fn write_platform(
    release: &Release,
    package: &Path,
    platform: &str,
    os: &str,
    cpu: &str,
) -> Result<(), Failure> {
    fs::create_dir_all(package.join("bin"))?;
    let manifest = json!({
        "name": format!("{NAME}-{platform}"), "version": release.version,
        "description": format!("The program of {NAME} for {platform}"),
        "license": "MIT OR Apache-2.0", "os": [os], "cpu": [cpu], "preferUnplugged": true,
        "files": ["bin", "LICENSE-MIT", "LICENSE-APACHE"],
    });
    let readme = format!("The program of `{NAME}` for {platform}. Install `{NAME}` instead.\n");
    fs::write(package.join("README.md"), readme)?;
    write_manifest(release, package, &manifest)
}

/// Copies the launcher and completes its manifest: the version, and what it needs of each platform.
fn write_launcher(release: &Release, package: &Path) -> Result<(), Failure> {
    let source = release.clone().join("packaging/npm");
    files::copy(&source, package)?;
    let mut manifest: Value = serde_json::from_slice(&fs::read(source.join("package.json"))?)?;
    manifest["version"] = json!(release.version);
    for (platform, ..) in PLATFORMS {
        manifest["optionalDependencies"][format!("{NAME}-{platform}")] = json!(release.version);
    }
    write_manifest(release, package, &manifest)
}

fn write_manifest(release: &Release, package: &Path, manifest: &Value) -> Result<(), Failure> {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(release.clone().join(licence), package.join(licence))?;
    }
    let text = serde_json::to_string_pretty(manifest)? + "\n";
    Ok(fs::write(package.join("package.json"), text)?)
}

fn pack(package: &Path, dist: &Path) -> Result<PathBuf, Failure> {
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", "--pack-destination"])
        .arg(dist)
        .current_dir(package);
    let name = read(&mut pack)?;
    Ok(dist.join(name.lines().last().unwrap_or_default()))
}

/// Starts the launcher and tells it to stop, at other moments each time: whether or not the program
/// was running by then, none may run afterwards.
fn leaves_nothing_behind(project: &Path) -> Result<(), Failure> {
    let launcher = project
        .join("node_modules")
        .join(NAME)
        .join("bin/emulator.js");
    for stop in 0..STOPS {
        let mut child = Command::new("node")
            .arg(&launcher)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        // From before the launcher's first line to well after the program's.
        thread::sleep(Duration::from_millis(stop * 5));
        read(Command::new("kill").args(["-TERM", &child.id().to_string()]))?;
        child.wait()?;
        if let Some(left) = running_below(project)? {
            return Err(format!("stop {stop} of the launcher left process {left} behind").into());
        }
    }
    Ok(())
}

/// A process whose program lies below a folder.
fn running_below(folder: &Path) -> Result<Option<String>, Failure> {
    let folder = folder.canonicalize()?;
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        // Others' processes, and those that have just ended, cannot be read.
        if fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe.starts_with(&folder)) {
            return Ok(Some(entry.file_name().to_string_lossy().into_owned()));
        }
    }
    Ok(None)
}
