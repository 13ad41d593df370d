//! `cargo xtask bench http`: see the library.

use std::{process::ExitCode, time::Duration};

use http_bench::{
    decode, facts, load, make,
    official::Official,
    rounds::{self, CONTENDERS, Effort, Server, WORKLOADS, Workload},
    server, table,
};
use tokio::runtime::{Builder, Runtime};

const USAGE: &str = "usage: http-bench [--quick] [--rounds N] [--millis N] [--rust-only]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match text.as_slice() {
        ["serve"] => runtime().block_on(server::serve()),
        ["load", contender, what, concurrency, millis, base] => {
            let workload = Workload {
                list: *what == "list",
                concurrency: number(concurrency),
            };
            runtime().block_on(load::run(contender, workload, span(millis), base));
        }
        ["make", millis] => make::run(span(millis)),
        ["decode", millis] => decode::run(span(millis)),
        rest => match options(rest) {
            Some((effort, rust_only)) => all(effort, rust_only),
            None => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        },
    }
    ExitCode::SUCCESS
}

fn options(mut rest: &[&str]) -> Option<(Effort, bool)> {
    let mut effort = Effort {
        rounds: 9,
        span: Duration::from_millis(500),
        official_each: 4,
    };
    let mut rust_only = false;
    loop {
        rest = match rest {
            [] => return (effort.rounds > 0).then_some((effort, rust_only)),
            ["--quick", after @ ..] => {
                effort = Effort {
                    rounds: 3,
                    span: Duration::from_millis(150),
                    official_each: 3,
                };
                after
            }
            ["--rounds", value, after @ ..] => {
                effort.rounds = value.parse().ok()?;
                after
            }
            ["--millis", value, after @ ..] => {
                effort.span = Duration::from_millis(value.parse().ok()?);
                after
            }
            ["--rust-only", after @ ..] => {
                rust_only = true;
                after
            }
            _ => return None,
        };
    }
}

fn all(effort: Effort, rust_only: bool) {
    rounds::build_cold_programs();
    let official = if rust_only {
        Official::none()
    } else {
        Official::prepare()
    };
    let server = Server::start();
    println!("{}", facts::facts(std::time::SystemTime::now()));
    let samples = rounds::load(&server, &official, effort);
    for ((title, _), samples) in WORKLOADS.iter().zip(&samples) {
        table::load(title, samples);
    }
    table::cold(&rounds::cold(
        &server,
        &official,
        effort.rounds * 2 + 1,
        effort.official_each * 2,
    ));
    table::timed(
        "making a client",
        &[
            ("limit", "limit: hyper-util"),
            ("ours", "**vonage-video**"),
            ("reqwest", "reqwest"),
            ("key", "(reading an RSA key from PEM, once)"),
        ],
        &rounds::timed("make", effort.span / 2, effort.rounds),
    );
    table::timed(
        "reading a list of 1,000 archives",
        &[
            (
                "limit",
                "limit: serde_json::from_slice into derived structs",
            ),
            (
                "checked",
                "UTF-8 checked once, then serde_json::from_str into the same",
            ),
            ("ours", "**vonage-video**"),
        ],
        &rounds::timed("decode", effort.span, effort.rounds),
    );
    println!(
        "\nMedians of {} interleaved rounds; ratios are the medians of the ratios within each round.",
        effort.rounds
    );
    for (workload, samples) in WORKLOADS.iter().zip(&samples) {
        let [_, vonage, opentok, _, rest @ ..] = samples.as_slice() else {
            continue;
        };
        for ((name, _), found) in CONTENDERS
            .iter()
            .skip(CONTENDERS.len() - rest.len())
            .zip(rest)
        {
            let ours = if name.contains("opentok") {
                opentok
            } else {
                vonage
            };
            let times = table::times_less(found, ours);
            if !times.is_nan() {
                println!("{}: {times:.0} times less CPU than {name}", workload.0);
            }
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

fn span(millis: &str) -> Duration {
    Duration::from_millis(number(millis) as u64)
}

fn number(text: &str) -> usize {
    text.parse().expect("the parent passes numbers")
}
