//! What was measured on, in general words. A file that each benchmark includes, since each is a
//! workspace of its own.

use std::{fs, thread::available_parallelism, time::SystemTime};

/// The date and the machine.
pub fn facts(now: SystemTime) -> String {
    let date = httpdate::fmt_http_date(now);
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

pub fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// A line of what the system knows of this process, such as `VmRSS`, in kB.
pub fn memory_kb(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let figure = status
        .lines()
        .find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    figure
        .and_then(|figure| figure.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
