//! `cargo xtask bench download`: downloads of a large file over loopback, plain and through TLS,
//! beside curl and reqwest.
//!
//! Each download is a process of its own that writes to the same folder. The rounds are
//! interleaved, and what counts is the median of a contender's figure divided by curl's of the same
//! round.

mod clients;
#[path = "../../shared/facts.rs"]
#[allow(dead_code, reason = "shared by all benchmarks")]
mod facts;
#[path = "../../shared/figures.rs"]
#[allow(dead_code, reason = "shared by all benchmarks")]
mod figures;
mod measure;
mod server;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
};

use figures::median;
use measure::Sample;

const USAGE: &str = "usage: download-bench [--rounds N] [--mib N] [--folder PATH]";

const CONTENDERS: [&str; 5] = [
    "curl",
    "curl, then sha256sum",
    "reqwest with its default TLS",
    "**vonage-video**, which computes the SHA-256",
    "**vonage-video**, four ranges at once",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| -> u64 { text.parse().expect("the parent passes numbers") };
    match text.as_slice() {
        ["serve", certificate, bytes] => {
            runtime().block_on(server::serve(Path::new(certificate), number(bytes)));
        }
        ["measure", program, rest @ ..] => {
            return match measure::run(program, rest) {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            };
        }
        ["ours", base, certificate, file, ranges] => {
            let (certificate, file) = (Path::new(certificate), Path::new(file));
            let ranges = number(ranges) as usize;
            runtime().block_on(clients::ours(base, certificate, file, ranges));
        }
        ["reqwest", link, certificate, file] => {
            let (certificate, file) = (Path::new(certificate), Path::new(file));
            runtime().block_on(clients::reqwest(link, certificate, file));
        }
        ["hash", bytes] => clients::hash(number(bytes)),
        rest => match options(rest) {
            Some((rounds, mib, folder)) => all(rounds, mib << 20, &folder),
            None => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        },
    }
    ExitCode::SUCCESS
}

/// Rounds, MiB and a folder: one in memory, where there is one, since disks differ from hour to
/// hour.
fn options(mut rest: &[&str]) -> Option<(usize, u64, PathBuf)> {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    let mut options = (5, 1024, folder);
    loop {
        rest = match rest {
            [] => return (options.0 > 0 && options.1 > 0).then_some(options),
            ["--rounds", value, after @ ..] => {
                options.0 = value.parse().ok()?;
                after
            }
            ["--mib", value, after @ ..] => {
                options.1 = value.parse().ok()?;
                after
            }
            ["--folder", value, after @ ..] => {
                options.2 = PathBuf::from(value);
                after
            }
            _ => return None,
        };
    }
}

fn all(rounds: usize, bytes: u64, folder: &Path) {
    let server = Server::start(bytes, folder);
    println!("{}", facts::facts(std::time::SystemTime::now()));
    for (title, secure) in [("over loopback", false), ("through TLS", true)] {
        let mut found = vec![Vec::new(); CONTENDERS.len()];
        for round in 0..rounds {
            eprintln!("{title}: round {} of {rounds}", round + 1);
            for (contender, found) in found.iter_mut().enumerate() {
                found.push(server.download(contender, secure));
            }
        }
        table(&format!("{} MiB {title}", bytes >> 20), bytes, &found);
    }
    println!(
        "\nThe SHA-256 alone takes {:.2} s of CPU. Medians of {rounds} interleaved rounds; ratios are the medians \
         of the ratios within each round.",
        median((0..rounds).map(|_| hash(bytes)))
    );
}

fn table(title: &str, bytes: u64, found: &[Vec<Option<Sample>>]) {
    println!(
        "\n| {title} | MB/s | MB/s / curl's | CPU | CPU / curl's | peak memory |\n|---|---:|---:|---:|---:|---:|"
    );
    let curl = &found[0];
    for (name, found) in CONTENDERS.iter().zip(found) {
        let of = |figure: fn(&Sample) -> f64| median(found.iter().flatten().map(figure));
        let ratio =
            |figure: fn(&Sample) -> f64| {
                median(found.iter().zip(curl).filter_map(|(mine, curl)| {
                    Some(figure(mine.as_ref()?) / figure(curl.as_ref()?))
                }))
            };
        println!(
            "| {name} | {:.0} | {:.2} | {:.2} s | {:.2} | {:.1} MB |",
            bytes as f64 / 1e6 / of(|sample| sample.seconds),
            1.0 / ratio(|sample| sample.seconds),
            of(|sample| sample.cpu),
            ratio(|sample| sample.cpu),
            of(|sample| sample.peak_kb) / 1e3,
        );
    }
}

fn hash(bytes: u64) -> f64 {
    let output = Command::new(this_program())
        .args(["hash", &bytes.to_string()])
        .output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    text.ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(f64::NAN)
}

/// A server in a process of its own, and the folder that is downloaded to.
struct Server {
    child: Child,
    ports: Vec<String>,
    certificate: PathBuf,
    file: PathBuf,
}

impl Server {
    fn start(bytes: u64, folder: &Path) -> Self {
        let id = std::process::id();
        let certificate = folder.join(format!("download-bench-{id}.pem"));
        let mut child = Command::new(this_program())
            .arg("serve")
            .arg(&certificate)
            .arg(bytes.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts");
        let mut ports = String::new();
        BufReader::new(child.stdout.take().expect("it is piped"))
            .read_line(&mut ports)
            .expect("its ports");
        Self {
            child,
            ports: ports.split_whitespace().map(str::to_owned).collect(),
            certificate,
            file: folder.join(format!("download-bench-{id}.mp4")),
        }
    }

    fn download(&self, contender: usize, secure: bool) -> Option<Sample> {
        let _ = std::fs::remove_file(&self.file);
        let base = match secure {
            false => format!("http://127.0.0.1:{}", self.ports[0]),
            true => format!("https://localhost:{}", self.ports[1]),
        };
        let link = format!("{base}/file");
        let (own, certificate, file) = (
            this_program(),
            self.certificate.to_str()?,
            self.file.to_str()?,
        );
        let curl = [
            "--silent",
            "--fail",
            "--http1.1",
            "--cacert",
            certificate,
            "--output",
            file,
            &link,
        ];
        match contender {
            0 => measure::of("curl", &curl),
            1 => {
                let (curl, sum) = (
                    measure::of("curl", &curl)?,
                    measure::of("sha256sum", &[file])?,
                );
                Some(Sample {
                    seconds: curl.seconds + sum.seconds,
                    cpu: curl.cpu + sum.cpu,
                    peak_kb: curl.peak_kb.max(sum.peak_kb),
                })
            }
            2 => measure::of(&own, &["reqwest", &link, certificate, file]),
            3 => measure::of(&own, &["ours", &base, certificate, file, "1"]),
            _ => measure::of(&own, &["ours", &base, certificate, file, "4"]),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.certificate);
        let _ = std::fs::remove_file(&self.file);
    }
}

fn this_program() -> String {
    std::env::current_exe()
        .expect("it runs")
        .to_string_lossy()
        .into_owned()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
