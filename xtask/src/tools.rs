//! Tools that the checks need, installed at pinned versions when they are missing.

use std::path::PathBuf;

use crate::{
    failure::Failure,
    run::{cargo, command, read, root, run},
};

/// Makes sure that a cargo tool is there in this very version.
pub(crate) fn install(name: &str, version: &str) -> Result<(), Failure> {
    let subcommand = name.strip_prefix("cargo-").unwrap_or(name);
    let installed = read(&mut cargo(&[subcommand, "--version"])).unwrap_or_default();
    if installed.split_whitespace().any(|word| word == version) {
        return Ok(());
    }
    run(&mut cargo(&[
        "install",
        "--locked",
        &format!("{name}@{version}"),
    ]))
}

/// Says that something is left out, and why.
///
/// # Errors
///
/// The checks run in CI, where nothing may be.
pub(crate) fn skip(why: &str) -> Result<(), Failure> {
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        return Err(why.into());
    }
    println!("skipped: {why}");
    Ok(())
}

/// A Python environment with one tool, in the build folder; `None` where there is no Python.
///
/// # Errors
///
/// There is no Python though the checks run in CI, or the tool cannot be installed.
pub(crate) fn python_tool(package: &str, version: &str) -> Result<Option<PathBuf>, Failure> {
    if read(&mut command("python3", &["--version"])).is_err() {
        return skip(&format!("{package} needs python3")).map(|()| None);
    }
    let home = root()
        .join("target/tools")
        .join(format!("{package}-{version}"));
    let python = home.join("bin/python");
    if !home.join("installed").exists() {
        run(&mut command(
            "python3",
            &["-m", "venv", &home.to_string_lossy()],
        ))?;
        let pinned = format!("{package}=={version}");
        run(&mut command(
            &python.to_string_lossy(),
            &[
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                &pinned,
            ],
        ))?;
        std::fs::write(home.join("installed"), "")?;
    }
    Ok(Some(python))
}
