//! What a command took: a child process that runs it, so that the command is its only child.

use std::{
    process::{Command, Stdio},
    time::Instant,
};

use nix::sys::resource::{UsageWho, getrusage};

/// What a download took.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub seconds: f64,
    pub cpu: f64,
    pub peak_kb: f64,
}

/// Runs a command and prints a sample.
pub fn run(program: &str, arguments: &[&str]) -> bool {
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status();
    let seconds = started.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("it is there");
    let cpu: f64 = [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
        .sum();
    println!("{seconds} {cpu} {}", usage.max_rss());
    status.is_ok_and(|status| status.success())
}

/// The sample of a command that runs in a process of its own.
pub fn of(program: &str, arguments: &[&str]) -> Option<Sample> {
    let own = std::env::current_exe().ok()?;
    let output = Command::new(own)
        .args(["measure", program])
        .args(arguments)
        .output()
        .ok()?;
    if !output.status.success() {
        eprintln!(
            "{program} {arguments:?} failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    let figures: Vec<f64> = text
        .split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect();
    let [seconds, cpu, peak_kb] = figures[..] else {
        return None;
    };
    Some(Sample {
        seconds,
        cpu,
        peak_kb,
    })
}
