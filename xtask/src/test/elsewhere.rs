//! The built test binaries as they run on machines that are less kind than a developer's.
//!
//! As a plain user; in a folder with blanks that only has what is under version control; with 1024
//! open files; without `HOME`, IPv6 and a way out; with a proxy that leads nowhere, foreign
//! credentials, another time zone and another locale; and several at once, as on a loaded machine.

use std::{
    env,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
};

use super::{
    binaries::{self, Binary},
    part::{self, Part},
};
use crate::{
    failure::Failure,
    run::{command, read, root, run},
};

/// The user `nobody` of most systems.
const NOBODY: &str = "65534";

/// Runs a command on a network of its own, on which there is nothing but the loopback interface.
const UNSHARED: [&str; 6] = [
    "unshare",
    "--net",
    "sh",
    "-c",
    "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && ip link set lo up && exec \"$@\"",
    "sh",
];

/// What the environment of a company's machine may hold. Every name is one that something reads.
const SURROUNDINGS: &[(&str, &str)] = &[
    ("HTTP_PROXY", "http://127.0.0.1:9"),
    ("HTTPS_PROXY", "http://127.0.0.1:9"),
    ("ALL_PROXY", "socks5://127.0.0.1:9"),
    ("http_proxy", "http://127.0.0.1:9"),
    ("https_proxy", "http://127.0.0.1:9"),
    ("all_proxy", "socks5://127.0.0.1:9"),
    ("TZ", "Pacific/Chatham"),
    ("LANG", "tr_TR.ISO-8859-9"),
    ("LC_ALL", "tr_TR.ISO-8859-9"),
    ("VONAGE_APPLICATION_ID", "not-an-application"),
    ("VONAGE_PRIVATE_KEY", "not a key"),
    ("VONAGE_PRIVATE_KEY_PATH", "/no/such/key"),
    ("OPENTOK_API_KEY", "0"),
    ("OPENTOK_API_SECRET", "not a secret"),
    ("VONAGE_VIDEO_BASE_URL", "http://127.0.0.1:9"),
    ("RUST_LOG", "trace"),
    ("DEBUG", "*"),
    ("NODE_OPTIONS", "--throw-deprecation"),
    ("PYTHONWARNINGS", "error"),
    // What is not installed by now is not: there is no way to a registry.
    ("TEST_INSTALL", "never"),
];

/// Runs all test binaries elsewhere, and those that run other programs once more as this user,
/// whose programs may lie where nobody else may look.
pub(super) fn parts() -> Result<Vec<Part>, Failure> {
    let (build, binaries) = binaries::build();
    let other = Elsewhere::furnish(&binaries)?;
    let mut parts = vec![build];
    println!("elsewhere: {}", other.describe());
    // The tests of this program run compilers, which only the one who builds has.
    let (_, binaries): (Vec<_>, Vec<_>) = binaries
        .into_iter()
        .partition(|binary| binary.name == "xtask");
    parts.extend(at_once(&binaries, |binary| {
        let mut command = other.command(binary);
        part::run_quietly(&format!("elsewhere: {}", binary.name), &mut command)
    }));
    if other.user.is_some() {
        let with_programs: Vec<_> = binaries
            .iter()
            .filter(|binary| binary.name.starts_with("tests"))
            .collect();
        parts.extend(at_once(&with_programs, |binary| {
            let mut command = other.wrapped(None, &binary.command(&binary.file, &binary.package));
            part::run_quietly(&format!("as this user: {}", binary.name), &mut command)
        }));
    }
    Ok(parts)
}

/// Runs twice as many at once as there are processors, so that none has one for itself.
fn at_once<B: Sync>(binaries: &[B], run: impl Fn(&B) -> Part + Sync) -> Vec<Part> {
    let (next, done) = (Mutex::new(0..binaries.len()), Mutex::new(Vec::new()));
    let workers = 2 * thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, binary)) =
                        index.and_then(|index| Some((index, binaries.get(index)?)))
                    else {
                        return;
                    };
                    let part = run(binary);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((index, part));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, part)| part).collect()
}

/// Another place, and how to run things there. The place is gone when this is dropped.
struct Elsewhere {
    place: PathBuf,
    /// Whose processes they are, unless this program's.
    user: Option<&'static str>,
    /// Whether there is a network of its own, with a loopback interface and without IPv6.
    network: bool,
}

impl Elsewhere {
    /// Lays out the sources under version control, and the binaries.
    fn furnish(binaries: &[Binary]) -> Result<Self, Failure> {
        let root_user = read(&mut command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
        let user = (root_user && works(Command::new("env").args(as_user(NOBODY)).arg("true")))
            .then_some(NOBODY);
        let place = env::temp_dir().join(format!("somewhere else {}", std::process::id()));
        let other = Self {
            user,
            network: root_user && works(Command::new("env").args(UNSHARED).arg("true")),
            place,
        };
        other.lay_out(binaries)?;
        if user.is_some() {
            let owner = format!("{NOBODY}:{NOBODY}");
            // Not the binaries, which may be the very files that cargo built.
            for folder in [other.tree(), other.place.join("tmp")] {
                run(command("chown", &["-R", &owner]).arg(folder))?;
            }
        }
        let mut look = other.wrapped(other.user, Command::new("test").arg("-r").arg(other.tree()));
        if !works(&mut look) {
            return Err(format!(
                "a plain user cannot read {}: set TMPDIR to a folder that everybody can use",
                other.place.display()
            )
            .into());
        }
        Ok(other)
    }

    fn tree(&self) -> PathBuf {
        self.place.join("a clone")
    }

    fn lay_out(&self, binaries: &[Binary]) -> Result<(), Failure> {
        for folder in [self.tree(), self.place.join("tmp"), self.place.join("bin")] {
            fs::create_dir_all(folder)?;
        }
        for file in read(&mut command("git", &["ls-files"]))?.lines() {
            let (from, to) = (root().join(file), self.tree().join(file));
            // A file that was removed but not yet committed is still listed.
            if from.is_file() {
                fs::create_dir_all(to.parent().unwrap_or(&to))?;
                fs::copy(from, to)?;
            }
        }
        for file in binaries.iter().map(|binary| &binary.file) {
            link(file, &self.program(file))?;
        }
        if let Some(program) = binaries.iter().find_map(|binary| binary.program.as_ref()) {
            link(program, &self.program(program))?;
        }
        // The SDKs of other languages, where their programs can be run by everybody.
        let kits = root().join("target/interop");
        if kits.is_dir() {
            fs::create_dir_all(self.tree().join("target"))?;
            run(command("cp", &["-a"])
                .arg(kits)
                .arg(self.tree().join("target")))?;
        }
        Ok(())
    }

    fn program(&self, file: &Path) -> PathBuf {
        self.place
            .join("bin")
            .join(file.file_name().unwrap_or_default())
    }

    fn command(&self, binary: &Binary) -> Command {
        let package = binary
            .package
            .strip_prefix(root())
            .unwrap_or(&binary.package);
        let mut command = binary.command(&self.program(&binary.file), &self.tree().join(package));
        if let Some(program) = &binary.program {
            command.env("CARGO_BIN_EXE_vonage-video", self.program(program));
        }
        self.wrapped(self.user, &command)
    }

    /// A command in these surroundings.
    fn wrapped(&self, user: Option<&str>, inner: &Command) -> Command {
        let mut outer = Command::new("env");
        if self.network {
            outer.args(UNSHARED);
        }
        if let Some(user) = user {
            outer.args(as_user(user));
        }
        outer
            .args(["sh", "-c", "ulimit -n 1024 && exec \"$@\"", "sh"])
            .arg(inner.get_program())
            .args(inner.get_args())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", self.place.join("tmp"))
            .envs(SURROUNDINGS.iter().copied())
            // With another profile, what is built would be built again, without a network.
            .envs(env::vars_os().filter(|(name, _)| is_of_a_profile(name)));
        let given = inner.get_envs();
        outer.envs(given.filter_map(|(name, value)| Some((name, value?))));
        if let Some(folder) = inner.get_current_dir() {
            outer.current_dir(folder);
        }
        outer
    }

    fn describe(&self) -> String {
        format!(
            "{}, {}, in {}",
            if self.user.is_some() {
                "as a plain user"
            } else {
                "as this user"
            },
            if self.network {
                "on a network of its own without IPv6"
            } else {
                "on this machine's network, as another takes root and `ip`"
            },
            self.place.display(),
        )
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.place);
    }
}

fn is_of_a_profile(variable: &OsStr) -> bool {
    variable.as_encoded_bytes().starts_with(b"CARGO_PROFILE_")
}

fn as_user(user: &str) -> [&str; 7] {
    [
        "setpriv",
        "--reuid",
        user,
        "--regid",
        user,
        "--clear-groups",
        "--",
    ]
}

fn works(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The same file in another folder; a copy where file systems differ.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
