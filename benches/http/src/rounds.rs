//! Runs the contenders in turn, each in its own process, and gathers what they measured.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    contenders::{LIMIT, OURS_OPENTOK, OURS_VONAGE, REQWEST},
    machine,
    official::{Official, Runtime},
};

/// What is asked for, and by how many at a time.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    pub list: bool,
    pub concurrency: usize,
}

pub const WORKLOADS: [(&str, Workload); 4] = [
    (
        "one archive, concurrency 1",
        Workload {
            list: false,
            concurrency: 1,
        },
    ),
    (
        "one archive, concurrency 64",
        Workload {
            list: false,
            concurrency: 64,
        },
    ),
    (
        "a list of 1,000 archives, concurrency 1",
        Workload {
            list: true,
            concurrency: 1,
        },
    ),
    (
        "a list of 1,000 archives, concurrency 64",
        Workload {
            list: true,
            concurrency: 64,
        },
    ),
];

#[derive(Clone, Copy)]
pub enum By {
    Rust(&'static str),
    Sdk(Runtime, &'static str),
}

/// The first is the limit that the others are measured by.
pub const CONTENDERS: [(&str, By); 8] = [
    ("limit: hyper-util, its header made once", By::Rust(LIMIT)),
    ("**vonage-video**, Vonage (RS256)", By::Rust(OURS_VONAGE)),
    ("**vonage-video**, OpenTok (HS256)", By::Rust(OURS_OPENTOK)),
    (
        "reqwest with its default TLS, its header made once",
        By::Rust(REQWEST),
    ),
    ("npm opentok", By::Sdk(Runtime::Node, "opentok")),
    ("npm @vonage/video", By::Sdk(Runtime::Node, "vonage")),
    ("PyPI opentok", By::Sdk(Runtime::Python, "opentok")),
    ("PyPI vonage-video", By::Sdk(Runtime::Python, "vonage")),
];

/// The programs for the cold start, by contender.
const COLD: [(&str, &str); 4] = [
    (LIMIT, "cold-limit"),
    (OURS_VONAGE, "cold-ours-vonage"),
    (OURS_OPENTOK, "cold-ours"),
    (REQWEST, "cold-reqwest"),
];

/// What a contender measured in one round.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub requests: f64,
    pub wall_us: f64,
    pub cpu_us: f64,
    pub p50_us: f64,
    pub p99_us: f64,
    pub peak_kb: f64,
}

/// How long it all takes.
#[derive(Clone, Copy)]
pub struct Effort {
    pub rounds: usize,
    pub span: Duration,
    /// The official SDKs take part in each so manieth round: they are slow to start, and their
    /// differences are large.
    pub official_each: usize,
}

/// A round's figure, or none where the contender did not take part.
pub type Figures<T> = Vec<Option<T>>;

/// A server, on the first core, for as long as this is kept.
pub struct Server {
    child: Child,
    pub base: String,
}

impl Server {
    pub fn start() -> Self {
        let mut command = machine::pinned(0, &this_program());
        let mut child = command
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("it is piped"))
            .read_line(&mut port)
            .expect("a port");
        assert!(!port.is_empty(), "the server did not start");
        Self {
            child,
            base: format!("http://127.0.0.1:{}", port.trim()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// For each workload and contender, a sample a round.
pub fn load(server: &Server, official: &Official, effort: Effort) -> Vec<Vec<Figures<Sample>>> {
    let mut found = vec![vec![Figures::new(); CONTENDERS.len()]; WORKLOADS.len()];
    for round in 0..effort.rounds {
        eprintln!("round {} of {}", round + 1, effort.rounds);
        for ((_, workload), found) in WORKLOADS.iter().zip(&mut found) {
            for ((_, by), found) in CONTENDERS.iter().zip(found) {
                found.push(sample(server, official, *by, *workload, effort, round));
            }
        }
    }
    found
}

fn sample(
    server: &Server,
    official: &Official,
    by: By,
    workload: Workload,
    effort: Effort,
    round: usize,
) -> Option<Sample> {
    let (list, concurrency) = (
        if workload.list { "list" } else { "one" },
        workload.concurrency.to_string(),
    );
    let millis = effort.span.as_millis().to_string();
    let mut command = match by {
        By::Rust(name) => {
            let mut command = machine::pinned(1, &this_program());
            command.args(["load", name, list, &concurrency, &millis, &server.base]);
            command
        }
        By::Sdk(_, _) if round % effort.official_each != 0 => return None,
        By::Sdk(runtime, sdk) => {
            official.command(runtime, &[sdk, list, &concurrency, &millis, &server.base])?
        }
    };
    let text = output(&mut command)?;
    let figures: Vec<f64> = text
        .split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect();
    let [requests, wall_us, cpu_us, p50_us, p99_us, peak_kb] = figures[..] else {
        return None;
    };
    Some(Sample {
        requests,
        wall_us,
        cpu_us,
        p50_us,
        p99_us,
        peak_kb,
    })
}

/// For each contender, the milliseconds from the start of its process to its first answer, a round.
pub fn cold(
    server: &Server,
    official: &Official,
    rounds: usize,
    official_each: usize,
) -> Vec<Figures<f64>> {
    let mut found = vec![Figures::new(); CONTENDERS.len()];
    for round in 0..rounds {
        for ((_, by), found) in CONTENDERS.iter().zip(&mut found) {
            let command = match by {
                By::Rust(name) => Some(machine::pinned(1, &beside(name))).map(|mut command| {
                    command.arg(&server.base);
                    command
                }),
                By::Sdk(_, _) if round % official_each != 0 => None,
                By::Sdk(runtime, sdk) => {
                    official.command(*runtime, &[sdk, "cold", "1", "0", &server.base])
                }
            };
            found.push(command.and_then(|mut command| {
                let started = Instant::now();
                let answered = output(&mut command)?;
                (!answered.is_empty()).then(|| started.elapsed().as_secs_f64() * 1e3)
            }));
        }
    }
    found
}

/// For each thing that a child process times by name, its microseconds a round.
pub fn timed(what: &str, span: Duration, rounds: usize) -> Vec<(String, Vec<f64>)> {
    let mut found: Vec<(String, Vec<f64>)> = Vec::new();
    for _ in 0..rounds {
        let mut command = machine::pinned(1, &this_program());
        let text = output(command.args([what, &span.as_millis().to_string()])).unwrap_or_default();
        for (index, line) in text.lines().enumerate() {
            let Some((name, figure)) = line.split_once(' ') else {
                continue;
            };
            if index == found.len() {
                found.push((name.to_owned(), Vec::new()));
            }
            found[index].1.extend(figure.parse::<f64>());
        }
    }
    found
}

/// Builds the small programs whose cold start is measured: `cargo run` builds only the one that it
/// runs.
pub fn build_cold_programs() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut command = Command::new(cargo);
    command
        .args(["build", "--release", "--quiet", "--manifest-path"])
        .arg(manifest);
    // Not `--bins`: this program must not be replaced while it runs.
    COLD.iter().for_each(|(_, program)| {
        command.args(["--bin", program]);
    });
    let status = command.status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "the programs for the cold start cannot be built"
    );
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        eprintln!(
            "{command:?} failed: {}",
            complaint
                .lines()
                .rev()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default()
        );
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

fn this_program() -> String {
    std::env::current_exe()
        .expect("it runs")
        .to_string_lossy()
        .into_owned()
}

/// The program for the cold start of a contender, which lies beside this one.
fn beside(name: &str) -> String {
    let program = COLD
        .iter()
        .find(|(contender, _)| *contender == name)
        .map_or(name, |(_, program)| program);
    Path::new(&this_program())
        .with_file_name(program)
        .to_string_lossy()
        .into_owned()
}
