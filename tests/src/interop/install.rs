//! Installs what the tests need of other languages, once for each version of its lock file.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use crate::place::{skip, sources, temporary};

/// What is installed for the tests from another language's registry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kit {
    /// The official Node SDKs: `opentok` and `@vonage/video`.
    Node,
    /// The official Python SDKs: `opentok` and `vonage-video`.
    Python,
    /// A tool that makes requests from an OpenAPI document.
    Schemathesis,
    /// The rules of accessibility by which pages are judged in a browser.
    Browser,
    /// The Go SDK of calvertyang, with its driver, which is a program.
    Go,
    /// A player of HLS for browsers: hls.js.
    Player,
}

/// A kit that is there.
#[derive(Clone, Debug)]
pub struct Installed {
    kit: Kit,
    home: PathBuf,
}

impl Kit {
    /// Installs it, unless it is there. `None` where its language is not on this machine or its
    /// registry cannot be reached, which is said on standard error; `TEST_INSTALL=never` makes the
    /// same of what is not installed.
    ///
    /// # Panics
    ///
    /// It cannot be installed, or its language is missing, and `CI` is `true`.
    pub fn get(self) -> Option<Installed> {
        static KITS: [OnceLock<Result<Installed, String>>; 6] = [const { OnceLock::new() }; 6];
        match KITS[self as usize].get_or_init(|| install(self)) {
            Ok(installed) => Some(installed.clone()),
            Err(why) => {
                skip(why);
                None
            }
        }
    }

    /// Its name in lower case, which for an SDK is that of its language.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The folder of its lock file and its drivers.
    fn sources(self) -> PathBuf {
        sources().join("interop").join(self.name())
    }

    fn home(self) -> PathBuf {
        sources().join("../target/interop").join(self.name())
    }
}

impl Installed {
    /// A command that runs a driver of `tests/interop`; the one there is, for Go.
    pub fn driver(&self, file: &str) -> Command {
        let mut command = self.interpreter();
        if self.kit != Kit::Go {
            command.arg(self.kit.sources().join(file));
        }
        command
    }

    /// Where Node finds what was installed.
    pub fn modules(&self) -> PathBuf {
        self.home.join("node_modules")
    }

    /// A command that runs a program which is given as its text, in Node or Python.
    pub fn script(&self, text: &str) -> Command {
        let mut command = self.interpreter();
        let option = match self.kit {
            Kit::Node | Kit::Browser | Kit::Player => "-e",
            Kit::Python | Kit::Schemathesis | Kit::Go => "-c",
        };
        command.args([option, text]);
        command
    }

    /// Whether its interpreter is still there, and may be run.
    fn runs(&self) -> bool {
        if self.kit == Kit::Go {
            return self.home.join("driver").is_file();
        }
        let output = self.interpreter().arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    }

    fn interpreter(&self) -> Command {
        let mut command = match self.kit {
            Kit::Node | Kit::Browser | Kit::Player => Command::new("node"),
            Kit::Go => Command::new(self.home.join("driver")),
            Kit::Python | Kit::Schemathesis => self.program("python"),
        };
        clean(&mut command).env("NODE_PATH", self.modules());
        command
    }

    /// A command that runs a program of a Python kit.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.home.join("bin").join(name));
        clean(&mut command);
        command
    }
}

/// Gives a command an environment of its own: proxies, credentials and settings of the machine are
/// not for the programs of a test.
pub(super) fn clean(command: &mut Command) -> &mut Command {
    let kept = ["PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"];
    let kept = kept
        .into_iter()
        .filter_map(|name| Some((name, env::var_os(name)?)));
    command
        .env_clear()
        .envs(kept)
        .env("HOME", temporary("home"))
        .env("LANG", "C.UTF-8")
        .env("PYTHONDONTWRITEBYTECODE", "1")
}

/// The kit, installed; or why it is not here.
fn install(kit: Kit) -> Result<Installed, String> {
    let (program, lock) = match kit {
        Kit::Go => ("go", "go.sum"),
        Kit::Node | Kit::Browser | Kit::Player => ("npm", "package-lock.json"),
        Kit::Python | Kit::Schemathesis => ("python3", "requirements.txt"),
    };
    if !is_here(
        program,
        if kit == Kit::Go {
            "version"
        } else {
            "--version"
        },
    ) {
        return Err(format!("{kit:?} needs `{program}`, which is not here"));
    }

    let (sources, home) = (kit.sources(), kit.home());
    let installed = Installed {
        kit,
        home: home.clone(),
    };
    let stamp = home.join("installed");
    let mut wanted = read(&sources.join(lock));
    if kit == Kit::Go {
        // The driver is built into one program with the SDK.
        wanted += &["main.go", "probe.go", "support.go"]
            .map(|file| read(&sources.join(file)))
            .concat();
    }
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) && installed.runs() {
        return Ok(installed);
    }
    if env::var("TEST_INSTALL").is_ok_and(|when| when == "never") {
        return Err(format!(
            "{kit:?} is not installed, and TEST_INSTALL is `never`"
        ));
    }
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", home.display()));
    if program == "npm" {
        for file in ["package.json", lock, ".npmrc"] {
            fs::copy(sources.join(file), home.join(file))
                .unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        let arguments = ["ci", "--ignore-scripts", "--loglevel=error"];
        done(Command::new("npm").args(arguments).current_dir(&home))?;
    } else if program == "go" {
        let mut build = Command::new("go");
        build.args(["build", "-mod=readonly", "-o"]);
        done(
            build
                .arg(home.join("driver"))
                .arg(".")
                .current_dir(&sources),
        )?;
    } else {
        done(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        let options =
            "-m pip install --quiet --disable-pip-version-check --require-hashes --no-deps";
        // With the environment of this process: it names registries and proxies.
        let mut pip = Command::new(home.join("bin/python"));
        done(
            pip.args(options.split(' '))
                .arg("-r")
                .arg(sources.join(lock)),
        )?;
    }
    fs::write(&stamp, wanted)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", stamp.display()));
    Ok(installed)
}

fn is_here(program: &str, question: &str) -> bool {
    let output = Command::new(program).arg(question).output();
    output.is_ok_and(|output| output.status.success())
}

/// Runs a command and keeps quiet about it unless it fails.
fn done(command: &mut Command) -> Result<(), String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!(
        "not installed: {command:?} failed with {status}. Are the package registries reachable?\n{}",
        String::from_utf8_lossy(&[stdout, stderr].concat())
    ))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
