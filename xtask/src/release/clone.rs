//! The clone that is released: made from a clean tree, with the version in it; tagged at the end.

use std::{fs, path::Path, process::Command};

use crate::{
    Failure,
    release::{Release, version},
    run::{command, read, root, run},
};

/// The commit that is released. The tree must be clean.
pub(super) fn clean_commit() -> Result<String, Failure> {
    let changed = read(&mut command("git", &["status", "--porcelain"]))?;
    if !changed.is_empty() {
        return Err(format!("commit first, a release is of a commit:\n{changed}").into());
    }
    Ok(read(&mut command("git", &["rev-parse", "HEAD"]))?
        .trim()
        .to_owned())
}

/// Clones the commit and commits the version, the lockfile and the changelog there, as the caller.
pub(super) fn make(release: &Release) -> Result<(), Failure> {
    let clone = release.clone();
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    let source = root();
    read(
        Command::new("git")
            .args(["clone", "--quiet"])
            .arg(&source)
            .arg(&clone),
    )?;

    rewrite(&clone.join("Cargo.toml"), |text| {
        version::bump(text, &release.version)
    })?;
    let date = read(&mut git(&clone, &["log", "-1", "--format=%cs"]))?;
    rewrite(&clone.join("CHANGELOG.md"), |text| {
        version::changelog(text, &release.version, date.trim())
    })?;
    read(&mut release.cargo(&["update", "--workspace", "--offline", "--quiet"]))?;

    let caller = |key| read(&mut command("git", &["config", key]));
    let (name, email) = (caller("user.name")?, caller("user.email")?);
    let mut commit = git(&clone, &[]);
    commit
        .args(["-c", &format!("user.name={}", name.trim())])
        .args(["-c", &format!("user.email={}", email.trim())])
        .args(["commit", "--quiet", "--all", "--message"])
        .arg(format!("release: {}", release.version));
    read(&mut commit)?;
    Ok(())
}

fn rewrite(
    file: &Path,
    change: impl FnOnce(&str) -> Result<String, Failure>,
) -> Result<(), Failure> {
    Ok(fs::write(file, change(&fs::read_to_string(file)?)?)?)
}

/// Brings the commit home, tags it and pushes both. Without a remote the push is left to a person.
pub(super) fn tag(release: &Release) -> Result<(), Failure> {
    let home = root();
    let tag = format!("v{}", release.version);
    let clone = release.clone();
    run(git(&home, &["pull", "--ff-only", "--quiet"])
        .arg(&clone)
        .arg("HEAD"))?;
    run(&mut git(
        &home,
        &["tag", "--annotate", &tag, "--message", &tag],
    ))?;
    if read(&mut git(&home, &["remote"]))?
        .lines()
        .any(|remote| remote == "origin")
    {
        run(&mut git(
            &home,
            &["push", "--atomic", "origin", "HEAD", &tag],
        ))
    } else {
        eprintln!("         there is no remote `origin`: push {tag} and its branch yourself");
        Ok(())
    }
}

pub(super) fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments);
    git
}
