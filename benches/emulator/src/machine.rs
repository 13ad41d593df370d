//! The machine, in general words, and what this process holds.

use std::{fs, thread::available_parallelism};

/// The memory that this process holds, in kB.
pub fn memory_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The date and what was measured on.
pub fn facts() -> String {
    let date = httpdate::fmt_http_date(crate::world::now());
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
        available_parallelism().map_or(1, usize::from),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}
