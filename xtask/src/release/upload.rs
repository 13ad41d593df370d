//! Uploads to the registries of other languages, each file once.

use std::{env, fs, path::PathBuf, process::Command};

use super::{context::Release, npm};
use crate::{
    failure::Failure,
    run::{read, run},
};

/// What a release needs in the environment, and for what.
const TOKENS: &[(&str, &str)] = &[
    ("CARGO_REGISTRY_TOKEN", "the crates"),
    ("TWINE_PASSWORD", "the Python wheel"),
    ("NODE_AUTH_TOKEN", "the npm packages"),
];

/// Refuses to start a release that could not be finished.
pub(super) fn credentials() -> Result<(), Failure> {
    let missing = TOKENS
        .iter()
        .filter(|(name, _)| env::var_os(name).is_none());
    let missing: Vec<String> = missing
        .map(|(name, what)| format!("{name} ({what})"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("set {}; or rehearse with --dry-run", missing.join(", ")).into())
}

/// Uploads the wheel, then the npm packages: those of the platforms before the one that needs them.
pub(super) fn upload(release: &Release) -> Result<(), Failure> {
    let dist = release.dist()?;
    let files: Vec<PathBuf> = fs::read_dir(&dist)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Failure>>()?;
    let is = |end: &'static str| {
        move |file: &&PathBuf| file.extension().is_some_and(|extension| extension == end)
    };
    for wheel in files.iter().filter(is("whl")) {
        let twine = release.home.join("wheel-tools/bin/twine");
        run(Command::new(twine)
            .args(["upload", "--skip-existing", "--non-interactive"])
            .arg(wheel))?;
    }
    for package in npm::packages() {
        let spec = format!("{package}@{}", release.version);
        if read(Command::new("npm").args(["view", &spec, "version"])).is_ok_and(|it| !it.is_empty())
        {
            eprintln!("         {spec} is there");
            continue;
        }
        let file = dist.join(format!("{package}-{}.tgz", release.version));
        run(Command::new("npm")
            .args(["publish", "--access", "public"])
            .arg(file))?;
    }
    Ok(())
}
