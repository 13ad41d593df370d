//! The machine, in general words; and where on it a process runs.

use std::{fs, process::Command, thread::available_parallelism, time::SystemTime};

/// The most memory that this process has held, in kB.
pub fn peak_memory_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// A command that runs on one core, where there is more than one and a way to say so.
///
/// glibc gives large blocks back to the system and takes them again for the next answer, or does not: by an accident of sizes, which costs up to half of
/// the time of a long list and differs from run to run. So it is told to keep them, whoever asks.
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

/// The date and what was measured on.
pub fn facts() -> String {
    let date = httpdate::fmt_http_date(SystemTime::now());
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown", |(_, model)| model.trim());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    format!(
        "{}; {} cores, {model}; {} {}; load average {load}",
        date.get(5..16).unwrap_or(&date),
        cores(),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}
