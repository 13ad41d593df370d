//! Where on the machine a process runs.

use std::process::Command;

use crate::facts::cores;

/// A command that runs on one core, where there is more than one and a way to say so.
///
/// glibc gives large blocks back to the system and takes them again for the next answer, or does
/// not: by an accident of sizes, which costs up to half of the time of a long list and differs from
/// run to run. Here it keeps them, for all contenders.
pub fn pinned(core: usize, program: &str) -> Command {
    let mut command = Command::new(program);
    if cores() > 1 && Command::new("taskset").arg("--version").output().is_ok() {
        command = Command::new("taskset");
        command.args(["--cpu-list", &core.to_string(), program]);
    }
    let most = (1 << 30).to_string();
    command.env("MALLOC_TRIM_THRESHOLD_", &most);
    command.env("MALLOC_MMAP_THRESHOLD_", &most);
    command
}
