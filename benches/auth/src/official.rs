//! The official SDKs for Node and Python, where those are there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::inputs;
use crate::sample::Sample;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    Node,
    Python,
}

/// The interpreters that have the SDKs installed.
pub struct Ready {
    node: Option<PathBuf>,
    python: Option<PathBuf>,
}

/// Installs the pinned SDKs beside their scripts, once. Says so when it cannot.
pub fn prepare() -> Ready {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("official");
    let node = folder.join("node_modules").is_dir()
        || succeeds(
            Command::new("npm")
                .args(["ci", "--silent"])
                .current_dir(&folder),
        );
    let venv = folder.join(".venv/bin/python");
    let python = venv.is_file()
        || (succeeds(
            Command::new("python3")
                .args(["-m", "venv", ".venv"])
                .current_dir(&folder),
        ) && succeeds(
            Command::new(&venv)
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--requirement",
                    "requirements.txt",
                ])
                .current_dir(&folder),
        ));
    if !node {
        eprintln!("skipped: the official Node SDKs (npm ci failed, or there is no Node)");
    }
    if !python {
        eprintln!("skipped: the official Python SDKs (pip failed, or there is no Python)");
    }
    Ready {
        node: node.then(|| folder.join("mint.cjs")),
        python: python.then_some(venv),
    }
}

fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

impl Ready {
    /// The script mints for `span` and prints the nanoseconds a token.
    pub fn run(&self, runtime: Runtime, task: &str, span: Duration) -> Option<Sample> {
        let mut command = match runtime {
            Runtime::Node => {
                let mut command = Command::new("node");
                command.arg(self.node.as_ref()?);
                command
            }
            Runtime::Python => {
                let mut command = Command::new(self.python.as_ref()?);
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("official/mint.py"));
                command
            }
        };
        let output = command
            .args([task, &span.as_millis().to_string()])
            .env("BENCH_API_KEY", inputs::API_KEY)
            .env("BENCH_API_SECRET", inputs::API_SECRET)
            .env("BENCH_OPENTOK_SESSION", inputs::OPENTOK_SESSION)
            .env("BENCH_APPLICATION", inputs::APPLICATION)
            .env("BENCH_PRIVATE_KEY", inputs::PRIVATE_KEY)
            .env("BENCH_VONAGE_SESSION", inputs::VONAGE_SESSION)
            .env("BENCH_DATA", inputs::DATA)
            .env("BENCH_CLASSES", inputs::CLASS_LIST)
            .output()
            .ok()?;
        if !output.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        let nanoseconds = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
        Some(Sample {
            nanoseconds,
            all_cores: f64::NAN,
            allocations: f64::NAN,
            ratio: f64::NAN,
        })
    }
}
