//! The oldest Rust that the crates promise to build with, tried with that very Rust.

use std::{env, path::Path, process::Command};

use super::layers::{Package, metadata};
use crate::{
    failure::Failure,
    run::{read, root, run},
    tools,
};

/// The crates that a service is built with; they inherit `rust-version` from the workspace.
const LIBRARIES: &[&str] = &[
    "vonage-video-core",
    "vonage-video-auth",
    "vonage-video-http",
    "vonage-video",
];

/// Debian's packages of a Rust that it keeps for building browsers.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "libstd-rust-web-dev"];

pub(super) fn check() -> Result<(), Failure> {
    let packages = metadata()?.packages;
    let version = promised(&packages)?;
    let Some((compiler, cargo)) = find(&version).or_else(|| install(&version)) else {
        return tools::skip(&format!("Rust {version} is not here, and Debian has none"));
    };
    let mut command = Command::new(cargo);
    command
        .current_dir(root())
        .env("RUSTC", compiler)
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["check", "--quiet", "--locked", "--all-features"])
        .args(["--target-dir", "target/minimum"]);
    for library in LIBRARIES {
        command.args(["--package", library]);
    }
    run(&mut command)
}

/// The one number that all libraries name.
fn promised(packages: &[Package]) -> Result<String, Failure> {
    let mut numbers = packages
        .iter()
        .filter(|package| LIBRARIES.contains(&package.name.as_str()))
        .map(|package| package.rust_version.clone().unwrap_or_default());
    let first = numbers.next().unwrap_or_default();
    if first.is_empty() || numbers.any(|other| other != first) {
        return Err("the libraries do not name the same `rust-version`".into());
    }
    Ok(first)
}

/// A compiler and a cargo of this version: rustup's, or Debian's.
fn find(version: &str) -> Option<(String, String)> {
    let by_rustup = |program: &str| {
        let mut command = Command::new("rustup");
        command.args(["which", "--toolchain", version, program]);
        read(&mut command).ok().map(|path| path.trim().to_owned())
    };
    let debian = || Some(("/usr/bin/rustc".to_owned(), "/usr/bin/cargo".to_owned()));
    let is_it = |(compiler, _): &(String, String)| {
        let said = read(Command::new(compiler).arg("--version")).unwrap_or_default();
        said.starts_with(&format!("rustc {version}."))
    };
    let rustup = by_rustup("rustc").zip(by_rustup("cargo"));
    rustup.filter(is_it).or_else(|| debian().filter(is_it))
}

/// Debian's, with `CI=true` and as root.
fn install(version: &str) -> Option<(String, String)> {
    let ci = env::var("CI").is_ok_and(|ci| ci == "true");
    if !ci || !Path::new("/etc/debian_version").exists() {
        return None;
    }
    read(Command::new("apt-get").args(["update", "--quiet"])).ok()?;
    let known = read(Command::new("apt-cache").args(["madison", "rustc-web"])).ok()?;
    let exact = newest(&known, version)?;
    let packages = DEBIAN.iter().map(|name| format!("{name}={exact}"));
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(packages);
    read(&mut command).ok()?;
    find(version)
}

/// The first package version of this Rust in what `apt-cache madison` lists.
fn newest(listing: &str, version: &str) -> Option<String> {
    listing
        .lines()
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim)
        .find(|found| found.starts_with(&format!("{version}.")))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_the_promised_rust_is_chosen() {
        let listing = " rustc-web | 1.96.0+dfsg1-1~deb12u2 | http://deb.example bookworm/main\n \
                       rustc-web | 1.85.0+dfsg3-1~deb12u3 | http://deb.example bookworm/main\n";
        assert_eq!(
            newest(listing, "1.85").as_deref(),
            Some("1.85.0+dfsg3-1~deb12u3")
        );
        assert_eq!(newest(listing, "1.8"), None);
    }
}
