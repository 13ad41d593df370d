//! The program as people get it, and the Python wheel, which carries it: built for old systems too,
//! installed into a fresh environment, and started.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    binary::{hidden_paths, hides_its_builder, remapped, says_its_version},
    context::Release,
    emulator::Emulator,
};
use crate::{
    failure::Failure,
    files,
    run::{read, run},
    suites::{self, Source},
};

/// The builder and the linker, whose old C library makes the program run on systems of 2014.
const TOOLS: &[&str] = &[
    "maturin==1.16.0",
    "ziglang==0.17.1",
    "cargo-zigbuild==0.24.1",
    "twine==7.0.0",
    "wheel==0.45.1",
];

/// Builds the wheel; its program and its list of components go into the other packages too.
pub(super) fn build(release: &Release) -> Result<(), Failure> {
    let tools = release.home.join("wheel-tools");
    if !tools.join("installed").exists() {
        environment(&tools, TOOLS)?;
        fs::write(tools.join("installed"), "")?;
    }
    let tool = |name: &str| Command::new(tools.join("bin").join(name));
    let made = release.home.join("wheel");
    files::empty(&made)?;
    let path = std::env::var("PATH").unwrap_or_default();
    let mut maturin = tool("maturin");
    maturin
        .args(["build", "--quiet", "--profile", "dist", "--locked"])
        .args(["--all-features", "--zig", "--compatibility"])
        .args(["manylinux2014", "--out"])
        .arg(&made)
        .current_dir(release.clone().join("packaging/python"))
        .env("PATH", format!("{}:{path}", tools.join("bin").display()))
        .env("RUSTFLAGS", remapped(release))
        .env("CARGO_TARGET_DIR", release.home.join("wheel-target"));
    run(&mut maturin)?;

    let unpacked = release.home.join("wheel-unpacked");
    files::empty(&unpacked)?;
    run(tool("wheel")
        .arg("unpack")
        .arg("--dest")
        .arg(&unpacked)
        .arg(only(&made, "whl")?))?;
    let unpacked = only(&unpacked, "")?;
    let scripts = only(&unpacked, "data")?.join("scripts");
    let list = only(&only(&unpacked, "dist-info")?.join("sboms"), "json")?;
    hide_the_builder(release, &list)?;
    let program = release.program();
    fs::create_dir_all(program.parent().unwrap_or(&program))?;
    fs::copy(&list, release.components())?;
    fs::copy(scripts.join("vonage-video"), &program)?;
    hides_its_builder(release, &program)?;
    says_its_version(release, &program)?;
    files::empty(&made)?;
    run(tool("wheel")
        .arg("pack")
        .arg("--dest-dir")
        .arg(&made)
        .arg(&unpacked))?;

    let wheel = only(&made, "whl")?;
    run(tool("twine").arg("check").arg(&wheel))?;
    let fresh = release.home.join("wheel-fresh");
    files::remove(&fresh)?;
    environment(&fresh, &[&wheel.to_string_lossy()])?;
    drop(Emulator::start(&fresh.join("bin/vonage-video"))?);
    suites::PYTHON.run(
        &release.home.join("suites/python"),
        &Source::Packages(std::slice::from_ref(&wheel)),
    )?;
    let name = wheel.file_name().unwrap_or_default();
    fs::copy(&wheel, release.dist()?.join(name))?;
    Ok(())
}

/// The only thing in a folder whose name ends in this.
fn only(folder: &Path, end: &str) -> Result<PathBuf, Failure> {
    let mut found = None;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(end) && found.replace(path).is_some() {
            return Err(format!("{} has more than one *{end}", folder.display()).into());
        }
    }
    found.ok_or_else(|| format!("{} has no *{end}", folder.display()).into())
}

/// Takes the builder's folders out of a list of components.
fn hide_the_builder(release: &Release, list: &Path) -> Result<(), Failure> {
    let mut text = fs::read_to_string(list)?;
    for (path, name) in hidden_paths(release) {
        text = text.replace(&*path.to_string_lossy(), name);
    }
    Ok(fs::write(list, text)?)
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
