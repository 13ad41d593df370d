//! Installs the SDKs of one language, once for each version of its lock file.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// A language with official SDKs that are driven here.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Language {
    /// `opentok` and `@vonage/video`.
    Node,
    /// `opentok` and `vonage-video`.
    Python,
}

/// The SDKs of one language, ready to be run.
#[derive(Clone, Debug)]
pub struct Sdks {
    language: Language,
    home: PathBuf,
}

impl Sdks {
    /// Installs them, unless they are there. `None` where the language is not on this machine, which is said on standard error.
    ///
    /// # Panics
    ///
    /// They cannot be installed, or the language is missing and `CI` is `true`.
    pub fn of(language: Language) -> Option<Self> {
        static NODE: OnceLock<Option<Sdks>> = OnceLock::new();
        static PYTHON: OnceLock<Option<Sdks>> = OnceLock::new();
        let once = match language {
            Language::Node => &NODE,
            Language::Python => &PYTHON,
        };
        once.get_or_init(|| install(language)).clone()
    }

    /// A command that runs a driver of `tests/interop`.
    pub fn driver(&self, file: &str) -> Command {
        let mut command = match self.language {
            Language::Node => {
                let mut command = Command::new("node");
                command.env("NODE_PATH", self.home.join("node_modules"));
                command
            }
            Language::Python => {
                let mut command = Command::new(python(&self.home));
                command.env("PYTHONDONTWRITEBYTECODE", "1");
                command
            }
        };
        command.arg(sources(self.language).join(file));
        command
    }
}

fn install(language: Language) -> Option<Sdks> {
    let (program, lock) = match language {
        Language::Node => ("npm", "package-lock.json"),
        Language::Python => ("python3", "requirements.txt"),
    };
    let Some(version) = version(program) else {
        let ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !ci,
            "`{program}` is needed to run the official {language:?} SDKs, and is not here"
        );
        // Past the test harness, which keeps what is printed to itself.
        let _ = writeln!(
            io::stderr(),
            "skipped: the official {language:?} SDKs, as `{program}` is not here"
        );
        return None;
    };

    let home = target()
        .join("interop")
        .join(format!("{language:?}").to_lowercase());
    let sources = sources(language);
    let stamp = home.join("installed");
    let wanted = format!("{version}\n{}", read(&sources.join(lock)));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Some(Sdks { language, home });
    }
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", home.display()));
    match language {
        Language::Node => {
            for file in ["package.json", "package-lock.json", ".npmrc"] {
                fs::copy(sources.join(file), home.join(file))
                    .unwrap_or_else(|error| panic!("{file}: {error}"));
            }
            done(
                Command::new("npm")
                    .args(["ci", "--ignore-scripts", "--loglevel=error"])
                    .current_dir(&home),
            );
        }
        Language::Python => {
            done(Command::new("python3").args(["-m", "venv"]).arg(&home));
            let mut pip = Command::new(python(&home));
            pip.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--no-deps",
                "-r",
            ]);
            done(pip.arg(sources.join(lock)));
        }
    }
    fs::write(&stamp, wanted)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", stamp.display()));
    Some(Sdks { language, home })
}

/// The version that a program says it has; `None` where it cannot be run.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command and keeps quiet about it unless it fails.
fn done(command: &mut Command) {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let output = [stdout, stderr].concat();
    assert!(
        status.success(),
        "the official SDKs could not be installed: {command:?} failed with {status}. Are the package registries reachable?\n{}",
        String::from_utf8_lossy(&output)
    );
}

fn python(home: &Path) -> PathBuf {
    home.join("bin/python")
}

fn sources(language: Language) -> PathBuf {
    let folder = match language {
        Language::Node => "interop/node",
        Language::Python => "interop/python",
    };
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
