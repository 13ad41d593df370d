//! The clone that is released: made from a clean tree, with the version in it; tagged at the end.

use std::{fs, path::Path, process::Command};

use super::{context::Release, version};
use crate::{
    failure::Failure,
    files,
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
    files::remove(&clone)?;
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
        if release.is_rehearsal && !version::has_changes(text) {
            eprintln!(
                "         CHANGELOG.md lists nothing that is unreleased: a release needs that"
            );
            return Ok(text.to_owned());
        }
        version::changelog(text, &release.version, date.trim())
    })?;
    read(&mut release.cargo(&["update", "--workspace", "--offline", "--quiet"]))?;
    // The examples, benchmarks and fuzz targets are workspaces of their own.
    let crates: Vec<String> = fs::read_dir(clone.join("crates"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, Failure>>()?;
    let locks = read(&mut git(&clone, &["ls-files", "*/Cargo.lock"]))?;
    for lock in locks.lines() {
        rewrite(&clone.join(lock), |text| {
            Ok(version::bump_lock(text, &crates, &release.version))
        })?;
    }

    // A rehearsal may run where nobody commits.
    let caller = |key, nobody: &str| match read(&mut command("git", &["config", key])) {
        Err(_) if release.is_rehearsal => Ok(nobody.to_owned()),
        caller => caller,
    };
    let name = caller("user.name", "rehearsal")?;
    let email = caller("user.email", "rehearsal@localhost")?;
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
        .map_err(|failure| {
            format!("{failure}\nall is published and tagged: push HEAD and {tag} yourself").into()
        })
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
