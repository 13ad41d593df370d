//! How many crates a user of ours downloads and builds.

use std::collections::BTreeSet;

use crate::{
    failure::Failure,
    run::{cargo, read},
};

/// A package, the most crates that its tree may have, itself included, with its default features,
/// and those that it may have in two versions, which count once.
const BUDGETS: &[(&str, usize, &[&str])] = &[
    ("vonage-video-auth", 14, &[]),
    ("vonage-video", 60, &[]),
    // ring has the one, and rand, by the cluster client of redis, the other.
    ("vonage-video-redis", 110, &["getrandom"]),
    // The macros in the tree of ratatui need another syn; ring has the one getrandom, and rand, by
    // the sockets of web pages, the other.
    ("vonage-video-cli", 160, &["getrandom", "syn"]),
];

/// The platforms that the budgets are promised for.
const TARGETS: &[&str] = &[
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

pub(super) fn check() -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for (package, budget, in_two) in BUDGETS {
        for target in TARGETS {
            let tree = tree(package, target)?;
            let names: BTreeSet<&str> = tree
                .iter()
                .filter_map(|krate| krate.split(' ').next())
                .collect();
            // The budget is for the platform of servers; others bring bindings of their own, which
            // are counted and shown.
            let counts = target.contains("linux");
            let limit = if counts {
                format!(" of {budget}")
            } else {
                String::new()
            };
            println!("{package}: {}{limit} crates on {target}", names.len());
            if counts && names.len() > *budget {
                wrong.push(format!(
                    "{package} has {} crates, more than {budget}:\n  {}",
                    names.len(),
                    tree.iter().cloned().collect::<Vec<_>>().join("\n  ")
                ));
            }
            let versions = |name: &str| {
                let of_name = |krate: &&String| krate.split(' ').next() == Some(name);
                tree.iter().filter(of_name).count()
            };
            let twice: Vec<&str> = names
                .into_iter()
                .filter(|name| versions(name) > 1 && !in_two.contains(name))
                .collect();
            if !twice.is_empty() {
                wrong.push(format!(
                    "{package} on {target} has crates in two versions: {}",
                    twice.join(", ")
                ));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// The crates in a package's tree, as `name version`.
fn tree(package: &str, target: &str) -> Result<BTreeSet<String>, Failure> {
    let listing = read(&mut cargo(&[
        "tree",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--target",
        target,
        "--format",
        "{p}",
    ]))?;
    Ok(crates(&listing))
}

fn crates(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some(format!("{} {}", words.next()?, words.next()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_counted_once_a_version() {
        let listing =
            "a v1.0.0 (/somewhere)\nb v2.0.0\nb v2.0.0 (*)\nb v1.0.0\nc v1.0.0 (proc-macro)";
        assert_eq!(
            crates(listing).into_iter().collect::<Vec<_>>(),
            ["a v1.0.0", "b v1.0.0", "b v2.0.0", "c v1.0.0"]
        );
    }
}
