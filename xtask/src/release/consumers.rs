//! Two programs of the outside, which depend on what was published: one on the auth crate alone,
//! one on the facade alone. Both run against the installed emulator.

use std::{fs, path::Path};

use super::{context::Release, emulator::Emulator};
use crate::{failure::Failure, run::run};

/// A consumer's name and what it depends on; `VERSION` is the release's.
const CONSUMERS: &[(&str, &str)] = &[
    ("auth", "vonage-video-auth = \"=VERSION\"\n"),
    (
        "facade",
        "vonage-video = \"=VERSION\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n",
    ),
];

/// Builds and runs both.
pub(super) fn run_all(release: &Release) -> Result<(), Failure> {
    let emulator = Emulator::start(&release.installed())?;
    for (name, dependencies) in CONSUMERS {
        let folder = release.home.join("consumers").join(name);
        write(release, name, dependencies, &folder)?;
        let mut consumer = release.rehearsed(&["run", "--quiet"], &folder)?;
        run(consumer.envs(emulator.variables()))?;
    }
    Ok(())
}

fn write(release: &Release, name: &str, dependencies: &str, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("src"))?;
    let dependencies = dependencies.replace("VERSION", &release.version);
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"consumer-of-{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
             [dependencies]\n{dependencies}\n[workspace]\n"
        ),
    )?;
    let source = release
        .clone()
        .join(format!("packaging/consumers/{name}.rs"));
    fs::copy(source, folder.join("src/main.rs"))?;
    Ok(())
}
