//! The layers: which crate may know which.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    failure::Failure,
    run::{cargo, read},
};

/// Each published crate and the crates of this workspace that it may depend on.
const LAYERS: &[(&str, &[&str])] = &[
    ("vonage-video-core", &[]),
    // For the feature `core-error` alone, which is off by default: the orphan rule leaves no other
    // place for the conversion of its error into core's.
    ("vonage-video-auth", &["vonage-video-core"]),
    (
        "vonage-video-http",
        &["vonage-video-core", "vonage-video-auth"],
    ),
    (
        "vonage-video-emulator",
        &["vonage-video-core", "vonage-video-auth"],
    ),
    (
        "vonage-video",
        &[
            "vonage-video-core",
            "vonage-video-auth",
            "vonage-video-http",
        ],
    ),
    ("vonage-video-redis", &["vonage-video"]),
    (
        "vonage-video-cli",
        // The core crate for what it shares: how requests are encoded, and what is escaped.
        &["vonage-video", "vonage-video-core", "vonage-video-emulator"],
    ),
];

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) features: BTreeMap<String, Vec<String>>,
    pub(super) rust_version: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// `null` for a normal dependency.
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) uses_default_features: bool,
}

pub(super) fn metadata() -> Result<Metadata, Failure> {
    Ok(serde_json::from_str(&read(&mut cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
    ]))?)?)
}

pub(super) fn check() -> Result<(), Failure> {
    broken(&metadata()?.packages, LAYERS).map_or(Ok(()), |broken| Err(broken.into()))
}

/// What is wrong, if something is. Dev-dependencies count too, but for the examples of the facade,
/// which run against the emulator.
fn broken(packages: &[Package], layers: &[(&str, &[&str])]) -> Option<String> {
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    let mut broken = Vec::new();
    for package in packages
        .iter()
        .filter(|package| !matches!(package.name.as_str(), "xtask" | "vonage-video-tests"))
    {
        let Some((_, allowed)) = layers.iter().find(|(name, _)| *name == package.name) else {
            broken.push(format!(
                "{} has no place in the layers: give it one in xtask/src/lint/layers.rs",
                package.name
            ));
            continue;
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| ours(&dependency.name))
        {
            let example = dependency.kind.as_deref() == Some("dev")
                && (package.name.as_str(), dependency.name.as_str())
                    == ("vonage-video", "vonage-video-emulator");
            if !allowed.contains(&dependency.name.as_str()) && !example {
                broken.push(format!(
                    "{} must not know {}, which is not below it",
                    package.name, dependency.name
                ));
            }
        }
    }
    (!broken.is_empty()).then(|| broken.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependency: &str, kind: Option<&str>) -> Package {
        Package {
            name: name.to_owned(),
            dependencies: vec![Dependency {
                name: dependency.to_owned(),
                kind: kind.map(str::to_owned),
                uses_default_features: true,
            }],
            features: BTreeMap::new(),
            rust_version: None,
        }
    }

    #[test]
    fn a_crate_must_not_know_one_above_it() {
        let core = package("vonage-video-core", "vonage-video-http", None);
        let http = package("vonage-video-http", "vonage-video-core", None);
        let broken = broken(&[core, http], LAYERS).unwrap();
        assert_eq!(
            broken,
            "vonage-video-core must not know vonage-video-http, which is not below it"
        );
    }

    #[test]
    fn core_and_auth_do_not_know_each_other_not_even_in_tests() {
        let core = package("vonage-video-core", "vonage-video-auth", Some("dev"));
        let auth = package("vonage-video-auth", "ring", None);
        assert!(broken(&[core, auth], LAYERS).is_some());
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        assert!(
            broken(&[package("vonage-video-new", "serde", None)], LAYERS)
                .unwrap()
                .contains("no place")
        );
    }
}
