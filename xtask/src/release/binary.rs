//! The program: installed from the registry as a user would, and built as it is shipped.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::context::{PACKAGE, Release, TARGET};
use crate::{
    failure::Failure,
    run::{read, run},
};

/// `cargo install` from the registry on loopback.
pub(super) fn install(release: &Release) -> Result<(), Failure> {
    let root = release.home.join("installed");
    let mut install = release.rehearsed(
        &[
            "install",
            "--debug",
            "--quiet",
            "--locked",
            "--force",
            "--version",
        ],
        &release.home,
    )?;
    run(install
        .arg(&release.version)
        .arg(PACKAGE)
        .arg("--root")
        .arg(root))?;
    says_its_version(release, &release.installed())
}

/// Builds it static, optimized, stripped, and without a path of this machine.
pub(super) fn build(release: &Release) -> Result<(), Failure> {
    let mut build = release.cargo(&["build", "--quiet", "--profile", "dist", "--locked"]);
    build
        .args(["--package", PACKAGE, "--all-features", "--target", TARGET])
        .env(
            "RUSTFLAGS",
            format!("-C target-feature=+crt-static {}", remapped(release)),
        );
    run(&mut build)?;

    let program = release.program();
    says_its_version(release, &program)?;
    hides_its_builder(release, &program)
}

/// Flags of rustc that name the builder's folders by other names.
pub(super) fn remapped(release: &Release) -> String {
    let remap =
        |(from, to): (PathBuf, &str)| format!("--remap-path-prefix={}={to}", from.display());
    let pairs = hidden_paths(release).into_iter().zip(["/src", "/cargo"]);
    pairs.map(remap).collect::<Vec<_>>().join(" ")
}

/// Fails when a program holds a path of the machine that built it.
pub(super) fn hides_its_builder(release: &Release, program: &Path) -> Result<(), Failure> {
    let bytes = fs::read(program)?;
    for path in hidden_paths(release) {
        let path = path.to_string_lossy().into_owned();
        if bytes
            .windows(path.len())
            .any(|part| part == path.as_bytes())
        {
            return Err(format!("{} holds the path {path}", program.display()).into());
        }
    }
    Ok(())
}

/// The builder's folders: of the sources, and of the dependencies' sources.
fn hidden_paths(release: &Release) -> [PathBuf; 2] {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    [release.clone(), home.unwrap_or_default()]
}

fn says_its_version(release: &Release, program: &PathBuf) -> Result<(), Failure> {
    let said = read(Command::new(program).arg("--version"))?;
    let wanted = format!("vonage-video {}", release.version);
    if said.trim() == wanted {
        Ok(())
    } else {
        Err(format!(
            "{} says it is `{}`, not `{wanted}`",
            program.display(),
            said.trim()
        )
        .into())
    }
}
