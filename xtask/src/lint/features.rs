//! Features: every feature of a crate below is reachable from the facade, every feature has a row
//! in its crate's documentation, and every combination compiles.

use std::{collections::BTreeMap, fs};

use super::layers::{Package, metadata};
use crate::{
    failure::Failure,
    run::{cargo, root, run},
};

const FACADE: &str = "vonage-video";
const BELOW: &[&str] = &[
    "vonage-video-core",
    "vonage-video-auth",
    "vonage-video-http",
];

pub(super) fn check() -> Result<(), Failure> {
    let packages = metadata()?.packages;
    let mut wrong = unreachable(&packages);
    for package in &packages {
        let read = |file| fs::read_to_string(root().join("crates").join(&package.name).join(file));
        // A crate that is not published has no README below `crates`.
        if let Ok(readme) = read("README.md") {
            let front = read("src/lib.rs").unwrap_or_default();
            wrong.extend(undocumented(package, &format!("{front}\n{readme}")));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    for combination in combinations(&packages, FACADE) {
        run(&mut cargo(&[
            "check",
            "--quiet",
            "--package",
            FACADE,
            "--no-default-features",
            "--features",
            &combination,
        ]))?;
    }
    Ok(())
}

fn unreachable(packages: &[Package]) -> Vec<String> {
    let features = |name: &str| {
        packages
            .iter()
            .find(|package| package.name == name)
            .map(|package| &package.features)
    };
    let empty = BTreeMap::new();
    let enabled: Vec<&String> = features(FACADE)
        .unwrap_or(&empty)
        .values()
        .flatten()
        .collect();
    let facade = packages.iter().find(|package| package.name == FACADE);
    let mut unreachable = Vec::new();
    for below in BELOW {
        let all = features(below).unwrap_or(&empty);
        // What the facade takes by default is on for everybody.
        let by_default = facade
            .into_iter()
            .flat_map(|facade| &facade.dependencies)
            .any(|dependency| dependency.name == *below && dependency.uses_default_features);
        let defaults = all.get("default").filter(|_| by_default);
        for feature in all.keys().filter(|feature| *feature != "default") {
            let ways = [format!("{below}/{feature}"), format!("{below}?/{feature}")];
            let reached = enabled.iter().any(|enabled| ways.contains(enabled))
                || defaults.is_some_and(|defaults| defaults.contains(feature));
            if !reached {
                unreachable.push(format!(
                    "feature `{feature}` of {below} cannot be reached from {FACADE}"
                ));
            }
        }
    }
    unreachable
}

/// The features without a row of their own in a table of the crate's documentation.
fn undocumented(package: &Package, documentation: &str) -> Vec<String> {
    let features = package.features.keys().filter(|name| *name != "default");
    let has_row = |name: &String| {
        let row = format!("| `{name}` |");
        let mut lines = documentation.lines();
        lines.any(|line| line.trim_start_matches("//! ").starts_with(&row))
    };
    let name = &package.name;
    features
        .filter(|feature| !has_row(feature))
        .map(|feature| {
            format!("feature `{feature}` of {name} has no row in a table of its documentation")
        })
        .collect()
}

/// Each feature alone, none, and every pair: what breaks a combination of three has not been seen
/// to pass all pairs.
fn combinations(packages: &[Package], name: &str) -> Vec<String> {
    let package = packages.iter().find(|package| package.name == name);
    let features: Vec<&str> = package
        .map(|package| {
            package
                .features
                .keys()
                .map(String::as_str)
                .filter(|name| *name != "default")
                .collect()
        })
        .unwrap_or_default();
    let mut combinations = vec![String::new()];
    for (index, first) in features.iter().enumerate() {
        combinations.push((*first).to_owned());
        combinations.extend(
            features
                .iter()
                .skip(index + 1)
                .map(|second| format!("{first},{second}")),
        );
    }
    combinations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, features: &[(&str, &[&str])]) -> Package {
        let features = features.iter().map(|(name, enables)| {
            (
                (*name).to_owned(),
                enables
                    .iter()
                    .map(|enabled| (*enabled).to_owned())
                    .collect(),
            )
        });
        Package {
            name: name.to_owned(),
            dependencies: Vec::new(),
            features: features.collect(),
            rust_version: None,
        }
    }

    #[test]
    fn a_feature_that_the_facade_does_not_forward_is_named() {
        let http = package(
            "vonage-video-http",
            &[("default", &["tls"]), ("tls", &[]), ("proxy", &[])],
        );
        let facade = package(FACADE, &[("tls", &["vonage-video-http/tls"])]);
        assert_eq!(
            unreachable(&[http, facade]),
            ["feature `proxy` of vonage-video-http cannot be reached from vonage-video"]
        );
    }

    #[test]
    fn a_feature_that_the_documentation_does_not_list_is_named() {
        let core = package("core", &[("default", &[]), ("jiff", &[]), ("std", &[])]);
        let rows = "//! | `jiff` | conversions |\nThe feature `std`, in passing.\n";
        assert_eq!(
            undocumented(&core, rows),
            ["feature `std` of core has no row in a table of its documentation"]
        );
    }

    #[test]
    fn combinations_are_none_each_and_every_pair() {
        let facade = package(
            FACADE,
            &[("a", &[]), ("b", &[]), ("c", &[]), ("default", &["a"])],
        );
        assert_eq!(
            combinations(&[facade], FACADE),
            ["", "a", "a,b", "a,c", "b", "b,c", "c"]
        );
    }
}
