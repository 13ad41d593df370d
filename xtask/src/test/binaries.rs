//! The test binaries of the workspace, built by cargo and run one by one.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::Deserialize;

use super::{
    clock::now,
    part::{self, Outcome, Part},
};
use crate::run::cargo;

/// A built test binary.
pub(super) struct Binary {
    /// Its package and target: `vonage-video-core/values`.
    pub(super) name: String,
    pub(super) file: PathBuf,
    /// The folder of its package.
    pub(super) package: PathBuf,
    /// The program `vonage-video`, which some tests run.
    pub(super) program: Option<PathBuf>,
}

/// What cargo says about a thing that it built.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds the tests of the workspace; those that do not compile do not keep the others from it.
pub(super) fn build() -> (Part, Vec<Binary>) {
    let began = now();
    let mut command = cargo(&["test", "--workspace", "--all-features", "--no-run"]);
    command.args([
        "--no-fail-fast",
        "--message-format",
        "json-render-diagnostics",
    ]);
    let output = command.stderr(Stdio::inherit()).output();
    let (outcome, messages) = match output {
        Ok(output) if output.status.success() => (Outcome::passed(), output.stdout),
        Ok(output) => (
            Outcome::failed("not everything compiles".to_owned()),
            output.stdout,
        ),
        Err(error) => (
            Outcome::failed(format!("cannot run cargo: {error}")),
            Vec::new(),
        ),
    };
    let binaries = read(&String::from_utf8_lossy(&messages));
    (Part::new("build", outcome, began), binaries)
}

fn read(messages: &str) -> Vec<Binary> {
    let messages: Vec<Message> = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|message: &Message| message.reason == "compiler-artifact")
        .collect();
    let program = messages.iter().find_map(|message| {
        let target = message.target.as_ref()?;
        let is_program = target.kind == ["bin"] && target.name == "vonage-video";
        let built = message.executable.clone()?;
        (is_program && !message.profile.as_ref()?.test).then_some(built)
    });
    let mut binaries: Vec<Binary> = messages
        .into_iter()
        .filter(|message| message.profile.as_ref().is_some_and(|profile| profile.test))
        .filter_map(|message| {
            let package = message.manifest_path?.parent()?.to_path_buf();
            let target = message.target?;
            let folder = package.file_name()?.to_string_lossy().into_owned();
            let name = match target.kind.first().map(String::as_str) {
                Some("test") => format!("{folder}/{}", target.name),
                Some("example") => format!("{folder}/example {}", target.name),
                _ => folder,
            };
            Some(Binary {
                name,
                file: message.executable?,
                package,
                program: program.clone(),
            })
        })
        .collect();
    binaries.sort_by(|one, other| one.name.cmp(&other.name));
    binaries
}

impl Binary {
    /// Runs all its tests.
    pub(super) fn run(&self) -> Part {
        part::run(&self.name, &mut self.command(&self.file, &self.package))
    }

    /// As cargo runs it, from a file and a package folder that may have been copied.
    pub(super) fn command(&self, file: &Path, package: &Path) -> Command {
        let mut command = Command::new(file);
        command
            .current_dir(package)
            .env("CARGO_MANIFEST_DIR", package);
        if let Some(cargo) = env::var_os("CARGO") {
            command.env("CARGO", cargo);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_binaries_and_the_program_are_found_in_what_cargo_says() {
        let artifact = |name: &str, kind: &str, test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/w/crates/{name}/Cargo.toml","target":{{"name":"{name}","kind":["{kind}"]}},"profile":{{"test":{test}}},"executable":"/w/target/{name}"}}"#
            )
        };
        let messages = [
            artifact("vonage-video", "bin", false),
            artifact("limits", "test", true),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
            artifact("auth", "lib", true),
            "not JSON".to_owned(),
        ]
        .join("\n");
        let binaries = read(&messages);
        let names: Vec<_> = binaries.iter().map(|binary| binary.name.as_str()).collect();
        assert_eq!(names, ["auth", "limits/limits"]);
        assert!(binaries.iter().all(|binary| {
            binary.program.as_deref() == Some(Path::new("/w/target/vonage-video"))
        }));
    }
}
