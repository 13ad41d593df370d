//! The official SDKs for Node and Python, where those are there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{archives, machine};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    Node,
    Python,
}

/// Where the SDKs are, for each language that has them here.
pub struct Official {
    node: Option<PathBuf>,
    python: Option<PathBuf>,
}

impl Official {
    /// None, for a run without them.
    pub fn none() -> Self {
        Self {
            node: None,
            python: None,
        }
    }

    /// Takes those that the interoperation tests installed, or installs the same versions. Says so
    /// when it cannot.
    pub fn prepare() -> Self {
        let found = Self {
            node: home("node", npm),
            python: home("python", pip),
        };
        for (home, name) in [(&found.node, "Node"), (&found.python, "Python")] {
            if home.is_none() {
                eprintln!("skipped: the official SDKs for {name}, which cannot be installed here");
            }
        }
        found
    }

    /// A command on the client's core that runs the script of a language with the inputs that all
    /// have in common.
    pub fn command(&self, runtime: Runtime, arguments: &[&str]) -> Option<Command> {
        let (mut command, script) = match runtime {
            Runtime::Node => {
                let mut command = machine::pinned(1, "node");
                command.env("NODE_PATH", self.node.as_ref()?.join("node_modules"));
                (command, "load.cjs")
            }
            Runtime::Python => (
                machine::pinned(1, self.python.as_ref()?.join("bin/python").to_str()?),
                "load.py",
            ),
        };
        command
            .arg(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("official")
                    .join(script),
            )
            .args(arguments)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("BENCH_API_KEY", archives::API_KEY)
            .env("BENCH_API_SECRET", archives::API_SECRET)
            .env("BENCH_APPLICATION", archives::APPLICATION)
            .env("BENCH_PRIVATE_KEY", archives::PRIVATE_KEY)
            .env("BENCH_ARCHIVE", archives::ARCHIVE);
        Some(command)
    }
}

fn home(kit: &str, install: fn(sources: &Path, home: &Path) -> bool) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let homes = [
        root.join("target/interop").join(kit),
        root.join("target/bench").join(kit),
    ];
    if let Some(home) = homes.iter().find(|home| home.join("installed").exists()) {
        return Some(home.clone());
    }
    let [_, home] = homes;
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).ok()?;
    let done = install(&root.join("tests/interop").join(kit), &home)
        && fs::write(home.join("installed"), "").is_ok();
    done.then_some(home)
}

fn npm(sources: &Path, home: &Path) -> bool {
    let copied = ["package.json", "package-lock.json", ".npmrc"]
        .iter()
        .all(|file| fs::copy(sources.join(file), home.join(file)).is_ok());
    copied
        && succeeds(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--loglevel=error"])
                .current_dir(home),
        )
}

fn pip(sources: &Path, home: &Path) -> bool {
    let options =
        "-m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r";
    succeeds(Command::new("python3").args(["-m", "venv"]).arg(home))
        && succeeds(
            Command::new(home.join("bin/python"))
                .args(options.split(' '))
                .arg(sources.join("requirements.txt")),
        )
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
