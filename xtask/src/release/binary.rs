//! The program: installed from the registry as a user would, and built for an image; and what holds
//! for every build of it.

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

/// Builds it static, for where there is nothing but the program, and returns its path.
pub(super) fn build_static(release: &Release) -> Result<PathBuf, Failure> {
    let mut build = release.cargo(&["build", "--quiet", "--profile", "dist", "--locked"]);
    build
        .args(["--package", PACKAGE, "--all-features", "--target", TARGET])
        .env(
            "RUSTFLAGS",
            format!("-C target-feature=+crt-static {}", remapped(release)),
        );
    run(&mut build)?;
    let built = release.home.join("target").join(TARGET);
    let program = built.join("dist/vonage-video");
    says_its_version(release, &program)?;
    hides_its_builder(release, &program)?;
    Ok(program)
}

/// Flags of rustc that name the builder's folders by other names.
pub(super) fn remapped(release: &Release) -> String {
    let remap =
        |(from, to): (PathBuf, &str)| format!("--remap-path-prefix={}={to}", from.display());
    hidden_paths(release).map(remap).join(" ")
}

/// Fails when a program holds a path of the machine that built it.
pub(super) fn hides_its_builder(release: &Release, program: &Path) -> Result<(), Failure> {
    let bytes = fs::read(program)?;
    for (path, _) in hidden_paths(release) {
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

/// The builder's folders, of the sources and of the dependencies' sources, and what they are called
/// in what is shipped.
pub(super) fn hidden_paths(release: &Release) -> [(PathBuf, &'static str); 2] {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    [
        (release.clone(), "/src"),
        (home.unwrap_or_default(), "/cargo"),
    ]
}

/// Fails unless a program is the one of this release.
pub(super) fn says_its_version(release: &Release, program: &Path) -> Result<(), Failure> {
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
