//! The version and the changelog: what may be released, and how both are written.

use semver::Version;

use crate::{
    failure::Failure,
    run::{command, read},
};

/// Refuses what is not a version, and one that is not above the last tag.
pub(super) fn check(version: &str) -> Result<(), Failure> {
    let wanted = parse(version)?;
    match last()? {
        Some(last) if wanted <= last => {
            Err(format!("{version} is not above {last}, which is the last tag").into())
        }
        _ => Ok(()),
    }
}

/// A version above the last tag and the workspace's, to rehearse with.
pub(crate) fn next() -> Result<Version, Failure> {
    let mut next = parse(env!("CARGO_PKG_VERSION"))?.max(last()?.unwrap_or(Version::new(0, 0, 0)));
    next.patch += 1;
    next.pre = semver::Prerelease::EMPTY;
    Ok(next)
}

/// The highest version that has a tag.
pub(super) fn last() -> Result<Option<Version>, Failure> {
    let tags = read(&mut command("git", &["tag", "--list", "v*"]))?;
    Ok(tags
        .lines()
        .filter_map(|tag| parse(tag.strip_prefix('v')?).ok())
        .max())
}

fn parse(version: &str) -> Result<Version, Failure> {
    Version::parse(version)
        .map_err(|error| format!("`{version}` is not a semantic version: {error}").into())
}

/// The workspace's manifest with another version, in the workspace and in each member's line.
pub(super) fn bump(manifest: &str, version: &str) -> Result<String, Failure> {
    let before = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .ok_or("the workspace has no version")?;
    let (from, to) = (
        format!("version = \"{before}\""),
        format!("version = \"{version}\""),
    );
    let lines = manifest.lines().map(|line| {
        let ours = line.starts_with("version = ") || line.contains("path = \"crates/");
        if ours {
            line.replace(&from, &to)
        } else {
            line.to_owned()
        }
    });
    Ok(lines.map(|line| line + "\n").collect())
}

/// The lockfile of another workspace, with another version of the crates that it has from this one.
pub(super) fn bump_lock(lock: &str, crates: &[String], version: &str) -> String {
    let packages = lock.split("\n\n").map(|package| {
        let is = |name: &String| package.contains(&format!("\nname = \"{name}\"\n"));
        let before = package.lines().find(|line| line.starts_with("version = "));
        match before {
            Some(before) if crates.iter().any(is) && !package.contains("\nsource = ") => {
                package.replacen(before, &format!("version = \"{version}\""), 1)
            }
            _ => package.to_owned(),
        }
    });
    packages.collect::<Vec<_>>().join("\n\n")
}

const UNRELEASED: &str = "## [Unreleased]\n";

/// Whether something stands under "Unreleased".
pub(super) fn has_changes(changelog: &str) -> bool {
    let rest = changelog
        .split_once(UNRELEASED)
        .map_or("", |(_, rest)| rest);
    let notes = rest.split("\n## ").next().unwrap_or_default();
    notes.lines().any(|line| line.starts_with("- "))
}

/// The changelog with what stands under "Unreleased" moved under the version. Refused when empty.
pub(super) fn changelog(text: &str, version: &str, date: &str) -> Result<String, Failure> {
    let (head, rest) = text
        .split_once(UNRELEASED)
        .ok_or("CHANGELOG.md has no section `## [Unreleased]`")?;
    if !has_changes(text) {
        return Err("CHANGELOG.md lists nothing under `## [Unreleased]`".into());
    }
    Ok(format!(
        "{head}{UNRELEASED}\n## [{version}] - {date}\n{rest}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_moves_in_the_workspace_and_in_its_members_only() {
        let manifest = "version = \"0.1.0\"\n\
            a = { path = \"crates/a\", version = \"0.1.0\" }\n\
            foreign = { version = \"0.1.0\" }\n";
        assert_eq!(
            bump(manifest, "0.2.0").unwrap(),
            "version = \"0.2.0\"\n\
            a = { path = \"crates/a\", version = \"0.2.0\" }\n\
            foreign = { version = \"0.1.0\" }\n"
        );
    }

    #[test]
    fn the_version_moves_in_the_lockfiles_of_other_workspaces() {
        let package = |name: &str, version: &str, more: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{more}")
        };
        let lock = |ours: &str| {
            [
                "version = 4".to_owned(),
                package("a", ours, "dependencies = [\n \"b\",\n]\n")
                    .trim()
                    .to_owned(),
                package("a-fuzz", "0.1.0", "").trim().to_owned(),
                package("b", "0.1.0", "source = \"registry\"\n"),
            ]
            .join("\n\n")
        };
        let ours = ["a".to_owned(), "b".to_owned()];
        assert_eq!(bump_lock(&lock("0.1.0"), &ours, "0.2.0"), lock("0.2.0"));
    }

    #[test]
    fn unreleased_changes_become_those_of_the_version() {
        let text = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All.\n";
        assert_eq!(
            changelog(text, "0.1.0", "2026-01-02").unwrap(),
            "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n\n### Added\n\n- All.\n"
        );
    }

    #[test]
    fn a_release_without_a_change_is_refused() {
        let text = "## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n\n- All.\n";
        assert!(changelog(text, "0.2.0", "2026-01-03").is_err());
        assert!(changelog("nothing", "0.2.0", "2026-01-03").is_err());
    }

    #[test]
    fn what_is_not_a_version_is_refused() {
        for wrong in ["", "1", "v1.0.0", "1.0", "01.0.0"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
