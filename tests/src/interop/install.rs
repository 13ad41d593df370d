//! Installs what the tests need of other languages, once for each version of its lock file.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// What is installed for the tests from another language's registry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kit {
    /// The official Node SDKs: `opentok` and `@vonage/video`.
    Node,
    /// The official Python SDKs: `opentok` and `vonage-video`.
    Python,
    /// A tool that makes requests from an OpenAPI document.
    Schemathesis,
    /// A headless browser. It is for Linux on x86-64.
    Chromium,
}

/// A kit that is there.
#[derive(Clone, Debug)]
pub struct Installed {
    kit: Kit,
    home: PathBuf,
}

impl Kit {
    /// Installs it, unless it is there. `None` where its language is not on this machine, which is said on standard error.
    ///
    /// # Panics
    ///
    /// It cannot be installed, or its language is missing and `CI` is `true`.
    pub fn get(self) -> Option<Installed> {
        static KITS: [OnceLock<Option<Installed>>; 4] = [const { OnceLock::new() }; 4];
        KITS[self as usize].get_or_init(|| install(self)).clone()
    }

    /// The folder of its lock file and its drivers.
    fn sources(self) -> PathBuf {
        let name = format!("{self:?}").to_lowercase();
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("interop")
            .join(name)
    }

    fn home(self) -> PathBuf {
        let name = format!("{self:?}").to_lowercase();
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../target/interop")
            .join(name)
    }
}

impl Installed {
    /// A command that runs a driver of `tests/interop`.
    pub fn driver(&self, file: &str) -> Command {
        let mut command = self.interpreter();
        command.arg(self.kit.sources().join(file));
        command
    }

    /// A command that runs a program which is given as its text.
    pub fn script(&self, text: &str) -> Command {
        let mut command = self.interpreter();
        let option = match self.kit {
            Kit::Node | Kit::Chromium => "-e",
            Kit::Python | Kit::Schemathesis => "-c",
        };
        command.args([option, text]);
        command
    }

    fn interpreter(&self) -> Command {
        let mut command = match self.kit {
            Kit::Node | Kit::Chromium => Command::new("node"),
            Kit::Python | Kit::Schemathesis => self.program("python"),
        };
        command
            .env("NODE_PATH", self.home.join("node_modules"))
            .env("KIT", &self.home)
            .env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A command that runs a program of a Python kit.
    pub fn program(&self, name: &str) -> Command {
        Command::new(self.home.join("bin").join(name))
    }
}

fn install(kit: Kit) -> Option<Installed> {
    let (program, lock) = match kit {
        Kit::Node | Kit::Chromium => ("npm", "package-lock.json"),
        Kit::Python | Kit::Schemathesis => ("python3", "requirements.txt"),
    };
    let here = kit != Kit::Chromium || cfg!(all(target_os = "linux", target_arch = "x86_64"));
    let Some(version) = version(program).filter(|_| here) else {
        let ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !ci,
            "{kit:?} needs `{program}` and a system that it is made for"
        );
        // Past the test harness, which keeps what is printed to itself.
        let _ = writeln!(
            io::stderr(),
            "skipped: the tests with {kit:?}, as `{program}` is not here, or it is not for this system"
        );
        return None;
    };

    let (sources, home) = (kit.sources(), kit.home());
    let installed = Installed {
        kit,
        home: home.clone(),
    };
    let stamp = home.join("installed");
    let wanted = format!("{version}\n{}", read(&sources.join(lock)));
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Some(installed);
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
        done(Command::new("npm").args(arguments).current_dir(&home));
        if kit == Kit::Chromium {
            let unpacked = home.join("unpacked");
            fs::create_dir_all(&unpacked)
                .unwrap_or_else(|error| panic!("cannot make {}: {error}", unpacked.display()));
            done(installed.driver("unpack.js").env("TMPDIR", unpacked));
        }
    } else {
        done(Command::new("python3").args(["-m", "venv"]).arg(&home));
        let options =
            "-m pip install --quiet --disable-pip-version-check --require-hashes --no-deps";
        let mut pip = installed.program("python");
        done(
            pip.args(options.split(' '))
                .arg("-r")
                .arg(sources.join(lock)),
        );
    }
    fs::write(&stamp, wanted)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", stamp.display()));
    Some(installed)
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
        "not installed: {command:?} failed with {status}. Are the package registries reachable?\n{}",
        String::from_utf8_lossy(&output)
    );
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
