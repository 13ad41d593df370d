//! A release under way: what is released, and where everything that it makes lies.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::registry::Registry;
use crate::{failure::Failure, run::cargo};

/// The package of the program.
pub(super) const PACKAGE: &str = "vonage-video-cli";
/// The only platform that is built today. Another needs its standard library, or its machine.
pub(super) const TARGET: &str = "x86_64-unknown-linux-gnu";

/// A release under way.
pub(super) struct Release {
    pub(super) version: String,
    /// Whether it ends before anything leaves this machine.
    pub(super) is_rehearsal: bool,
    /// Everything that a release makes lies here, by version.
    pub(super) home: PathBuf,
    /// The registry on loopback, which every release is rehearsed against.
    pub(super) registry: Registry,
}

impl Release {
    /// The clone that is released.
    pub(super) fn clone(&self) -> PathBuf {
        self.home.join("workspace")
    }

    /// What is uploaded, but for the crates.
    pub(super) fn dist(&self) -> Result<PathBuf, Failure> {
        let dist = self.home.join("dist");
        fs::create_dir_all(&dist)?;
        Ok(dist)
    }

    /// The program as the rehearsal installed it.
    pub(super) fn installed(&self) -> PathBuf {
        self.home.join("installed/bin/vonage-video")
    }

    /// The program in every package: for Linux with any C library of 2014 or later.
    pub(super) fn program(&self) -> PathBuf {
        self.home.join("program/vonage-video")
    }

    /// The list of its components, in the format of CycloneDX.
    pub(super) fn components(&self) -> PathBuf {
        self.home.join("program/components.cdx.json")
    }

    /// `cargo` with the rehearsal's registry in place of crates.io, and a home of its own.
    pub(super) fn rehearsed(&self, arguments: &[&str], folder: &Path) -> Result<Command, Failure> {
        let mut command = cargo(arguments);
        command
            .current_dir(folder)
            .env("CARGO_HOME", self.registry.cargo_home(&self.clone())?)
            .env("CARGO_TARGET_DIR", self.home.join("rehearsal-target"))
            .env_remove("CARGO_REGISTRY_TOKEN");
        Ok(command)
    }

    /// `cargo` in the clone, with a target folder of its own.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(arguments);
        command
            .current_dir(self.clone())
            .env("CARGO_TARGET_DIR", self.home.join("target"));
        command
    }
}
