//! `cargo xtask bench http`: see the library.

use std::{
    process::{Command, ExitCode},
    time::Duration,
};

use http_bench::{
    collect, cores, decode, facts,
    groups::{By, CLOSEST, GROUPS, Workload},
    instructions,
    load::{self, Until},
    make,
    official::Official,
    paced,
    rounds::{self, Effort, Server},
    server::{self, Manner},
    table,
};
use tokio::runtime::{Builder, Runtime};

const USAGE: &str = "usage: http-bench [--quick] [--rounds N] [--millis N] [--rust-only] | --instructions [--rounds N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match text.as_slice() {
        ["serve", certificate] => runtime().block_on(server::serve(certificate.as_ref())),
        ["load", contender, what, concurrency, millis, base] => {
            let (workload, until) = (workload(what, concurrency), Until::Span(span(millis)));
            runtime().block_on(load::run(contender, workload, until, base));
        }
        ["count", contender, what, concurrency, calls, base] => {
            let until = Until::Calls(number(calls) as u64);
            runtime().block_on(load::run(
                contender,
                workload(what, concurrency),
                until,
                base,
            ));
        }
        ["paced", contender, rate, millis, base] => {
            // Sockets are looked at each time, since the caller never sleeps.
            let runtime = Builder::new_current_thread()
                .event_interval(1)
                .enable_all()
                .build();
            let rate = number(rate) as u64;
            runtime
                .expect("a runtime")
                .block_on(paced::run(contender, rate, span(millis), base));
        }
        ["collect", base] => collect::run(base),
        ["cores", millis] => cores::run(span(millis)),
        ["make", millis] => make::run(span(millis)),
        ["decode", millis] => decode::run(span(millis)),
        ["--instructions"] => instructions::run(&Server::start(), 3),
        ["--instructions", "--rounds", rounds] => {
            instructions::run(&Server::start(), number(rounds));
        }
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
    for (group, samples) in GROUPS.iter().zip(&samples) {
        table::load(group, samples);
    }
    for rate in [1_000, 10_000] {
        let found = rounds::paced(&server, CLOSEST, rate, effort);
        table::paced(rate, CLOSEST, &found);
    }
    table::cold(&rounds::cold(
        &server,
        &official,
        effort.rounds * 2 + 1,
        effort.official_each * 2,
    ));
    children(&server, effort);
    println!(
        "\nMedians of {} interleaved rounds; ratios are the medians of the ratios within each round.\n",
        effort.rounds
    );
    for (group, samples) in GROUPS.iter().zip(&samples) {
        let found: Vec<_> = group.contenders.iter().zip(samples).collect();
        let ours = |sdk: &str| {
            let is_ours = |name: &str| match sdk.contains("opentok") {
                true => name.contains("OpenTok"),
                false => name.contains("Vonage"),
            };
            found.iter().find(|((name, _), _)| is_ours(name))
        };
        for ((name, by), theirs) in &found {
            let By::Sdk(..) = by else { continue };
            let Some((_, ours)) = ours(name) else {
                continue;
            };
            let times = table::times_less(theirs, ours);
            if !times.is_nan() {
                println!("- {}: {times:.0} times less CPU than {name}", group.title);
            }
        }
    }
}

/// What child processes time by themselves.
fn children(server: &Server, effort: Effort) {
    let millis = effort.span.as_millis().to_string();
    let timed = |arguments: &[&str]| rounds::timed(|| server.client(), arguments, effort.rounds);
    table::timed(
        "making a client",
        &[
            ("limit", "limit: hyper-util"),
            ("ours", "**vonage-video**"),
            ("reqwest", "reqwest"),
            ("key", "(reading an RSA key from PEM, once)"),
        ],
        &timed(&["make", &millis]),
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
        &timed(&["decode", &millis]),
    );
    for (title, manner) in [
        ("collecting 100,000 archives", Manner::Plain),
        (
            "collecting 100,000 archives from a server that takes 10 ms a page",
            Manner::Distant,
        ),
    ] {
        table::timed(
            title,
            &[
                ("one-by-one", "without prefetching"),
                ("ahead", "with the next page fetched ahead"),
            ],
            &timed(&["collect", &server.base(manner)]),
        );
    }
    table::timed(
        "a call with a transport in memory, one client on all threads",
        &[
            ("1", "1 thread"),
            (&facts::cores().to_string(), "a thread for each core"),
        ],
        // On all cores, unlike all other children.
        &rounds::timed(
            || Command::new(rounds::this_program()),
            &["cores", &millis],
            effort.rounds,
        ),
    );
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

fn workload(what: &str, concurrency: &str) -> Workload {
    Workload {
        list: what == "list",
        concurrency: number(concurrency),
    }
}

fn span(millis: &str) -> Duration {
    Duration::from_millis(number(millis) as u64)
}

fn number(text: &str) -> usize {
    text.parse().expect("the parent passes numbers")
}
