//! Runs the contenders in turn, each in its own process, and gathers what they measured.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    contenders::{LIMIT, LIVEKIT, OURS_OPENTOK, OURS_VONAGE, REQWEST},
    groups::{By, CONTENDERS, GROUPS, Group},
    machine,
    official::Official,
    root,
    server::{MANNERS, Manner},
};

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

/// How long calls took at a fixed rate.
#[derive(Clone, Copy, Debug)]
pub struct Paced {
    pub p50_us: f64,
    pub p99_us: f64,
    pub p999_us: f64,
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
    certificate: PathBuf,
    ports: Vec<String>,
}

impl Server {
    pub fn start() -> Self {
        let name = format!("http-bench-{}.pem", std::process::id());
        let certificate = std::env::temp_dir().join(name);
        let mut command = machine::pinned(0, &this_program());
        let mut child = command
            .arg("serve")
            .arg(&certificate)
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts");
        let mut ports = String::new();
        BufReader::new(child.stdout.take().expect("it is piped"))
            .read_line(&mut ports)
            .expect("its ports");
        let ports: Vec<String> = ports.split_whitespace().map(str::to_owned).collect();
        assert_eq!(ports.len(), MANNERS.len(), "the server did not start");
        Self {
            child,
            certificate,
            ports,
        }
    }

    pub fn base(&self, manner: Manner) -> String {
        let index = MANNERS.iter().position(|other| *other == manner);
        let port = &self.ports[index.expect("it has all")];
        match manner {
            Manner::Plain | Manner::Distant => format!("http://127.0.0.1:{port}"),
            Manner::Tls | Manner::TlsOnce => format!("https://localhost:{port}"),
        }
    }

    /// This program as a client of the server, on the second core.
    pub fn client(&self) -> Command {
        let mut command = machine::pinned(1, &this_program());
        command.env(root::VARIABLE, &self.certificate);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.certificate);
    }
}

/// For each group and contender, a sample a round.
pub fn load(server: &Server, official: &Official, effort: Effort) -> Vec<Vec<Figures<Sample>>> {
    let mut found: Vec<_> = GROUPS
        .iter()
        .map(|group| vec![Figures::new(); group.contenders.len()])
        .collect();
    for round in 0..effort.rounds {
        eprintln!("round {} of {}", round + 1, effort.rounds);
        for (group, found) in GROUPS.iter().zip(&mut found) {
            for ((_, by), found) in group.contenders.iter().zip(found) {
                found.push(sample(server, official, *by, group, effort, round));
            }
        }
    }
    found
}

fn sample(
    server: &Server,
    official: &Official,
    by: By,
    group: &Group,
    effort: Effort,
    round: usize,
) -> Option<Sample> {
    let (what, concurrency) = group.workload.arguments();
    let millis = effort.span.as_millis().to_string();
    let base = server.base(group.manner);
    let mut command = match by {
        By::Rust(name) => {
            let mut command = server.client();
            command.args(["load", name, what, &concurrency, &millis, &base]);
            command
        }
        By::Sdk(_, _) if round % effort.official_each != 0 => return None,
        By::Sdk(runtime, sdk) => {
            official.command(runtime, &[sdk, what, &concurrency, &millis, &base])?
        }
    };
    let figures = numbers(&output(&mut command)?);
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

/// For each contender, its latencies at a fixed rate, a sample a round.
pub fn paced(
    server: &Server,
    contenders: &[(&str, By)],
    rate: u64,
    effort: Effort,
) -> Vec<Figures<Paced>> {
    let mut found = vec![Figures::new(); contenders.len()];
    for _ in 0..effort.rounds {
        for ((_, by), found) in contenders.iter().zip(&mut found) {
            let By::Rust(name) = by else { continue };
            let mut command = server.client();
            command
                .args(["paced", name, &rate.to_string()])
                // A thousandth of the calls at the lower rate must be more than one.
                .arg((effort.span.as_millis() * 10).to_string())
                .arg(server.base(Manner::Plain));
            let figures = output(&mut command).map(|text| numbers(&text));
            found.push(match figures.as_deref() {
                Some(&[_, p50_us, p99_us, p999_us]) => Some(Paced {
                    p50_us,
                    p99_us,
                    p999_us,
                }),
                _ => None,
            });
        }
    }
    found
}

pub fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect()
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
                // This contender does not have this measurement.
                By::Rust(LIVEKIT) => None,
                By::Rust(name) => Some(machine::pinned(1, &beside(name))).map(|mut command| {
                    command.arg(server.base(Manner::Plain));
                    command
                }),
                By::Sdk(_, _) if round % official_each != 0 => None,
                By::Sdk(runtime, sdk) => official.command(
                    *runtime,
                    &[sdk, "cold", "1", "0", &server.base(Manner::Plain)],
                ),
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
pub fn timed(
    program: impl Fn() -> Command,
    arguments: &[&str],
    rounds: usize,
) -> Vec<(String, Vec<f64>)> {
    let mut found: Vec<(String, Vec<f64>)> = Vec::new();
    for _ in 0..rounds {
        let text = output(program().args(arguments)).unwrap_or_default();
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

pub fn output(command: &mut Command) -> Option<String> {
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

pub fn this_program() -> String {
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
