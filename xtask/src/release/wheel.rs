//! The Python wheel, which carries the program: built for old systems too, installed into a fresh
//! environment, and started.

use std::{fs, path::Path, process::Command};

use super::{binary, context::Release, emulator::Emulator};
use crate::{
    failure::Failure,
    files,
    run::{read, run},
    suites::{self, Source},
};

/// The builder and the linker, whose old C library makes the wheel run on systems of 2014.
const TOOLS: &[&str] = &[
    "maturin==1.16.0",
    "ziglang==0.17.1",
    "cargo-zigbuild==0.24.1",
    "twine==7.0.0",
];

pub(super) fn build(release: &Release) -> Result<(), Failure> {
    let tools = release.home.join("wheel-tools");
    if !tools.join("installed").exists() {
        environment(&tools, TOOLS)?;
        fs::write(tools.join("installed"), "")?;
    }
    let made = release.home.join("wheel");
    files::remove(&made)?;
    let folder = release.clone().join("packaging/python");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut maturin = Command::new(tools.join("bin/maturin"));
    maturin
        .args([
            "build",
            "--quiet",
            "--profile",
            "dist",
            "--locked",
            "--all-features",
        ])
        .args(["--zig", "--compatibility", "manylinux2014"])
        // The archive has one; maturin's would name the builder's folders.
        .args(["--sbom-include", "none", "--out"])
        .arg(&made)
        .current_dir(&folder)
        .env("PATH", format!("{}:{path}", tools.join("bin").display()))
        .env("RUSTFLAGS", binary::remapped(release))
        .env("CARGO_TARGET_DIR", release.home.join("wheel-target"));
    run(&mut maturin)?;
    let wheel = fs::read_dir(&made)?
        .next()
        .ok_or("maturin made no wheel")??
        .path();
    run(Command::new(tools.join("bin/twine"))
        .arg("check")
        .arg(&wheel))?;

    let fresh = release.home.join("wheel-fresh");
    files::remove(&fresh)?;
    environment(&fresh, &[&wheel.to_string_lossy()])?;
    let program = fresh.join("bin/vonage-video");
    binary::hides_its_builder(release, &program)?;
    drop(Emulator::start(&program)?);
    suites::PYTHON.run(
        &release.home.join("suites/python"),
        &Source::Packages(std::slice::from_ref(&wheel)),
    )?;
    let name = wheel.file_name().unwrap_or_default();
    fs::copy(&wheel, release.dist()?.join(name))?;
    Ok(())
}

/// A new Python environment with packages in it.
fn environment(folder: &Path, packages: &[&str]) -> Result<(), Failure> {
    read(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"])
        .args(packages);
    read(&mut pip)?;
    Ok(())
}
