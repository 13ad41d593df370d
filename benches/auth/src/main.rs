//! Mints tokens with this crate, with a hand-written limit and with its peers, side by side, and
//! prints a table.
//!
//! Each contender runs in a process of its own (jsonwebtoken's choice of backend is global to a
//! process), for a short while a round. The rounds are interleaved, and what counts is the median
//! over the rounds of a contender's time divided by the limit's of the same round: the machine's
//! moods hit both.

mod allocations;
mod builds;
mod groups;
mod inputs;
mod limit;
mod mint;
mod official;
mod ours;
mod peers;
mod rounds;
mod sample;
mod table;

use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match text.as_slice() {
        ["--builds"] => builds::print(),
        ["--one", group, contender, millis, threads] => {
            rounds::one(group, contender, millis, threads)
        }
        rest => match options(rest) {
            Some((rounds, span)) => table::print(&rounds::all(rounds, span), rounds),
            None => {
                eprintln!("usage: auth-bench [--rounds N] [--millis N] | --builds");
                return ExitCode::from(2);
            }
        },
    }
    ExitCode::SUCCESS
}

fn options(mut rest: &[&str]) -> Option<(usize, Duration)> {
    let (mut rounds, mut millis) = (9, 100);
    loop {
        match rest {
            [] => return Some((rounds, Duration::from_millis(millis))),
            ["--rounds", value, after @ ..] => {
                (rounds, rest) = (value.parse().ok().filter(|rounds| *rounds > 0)?, after)
            }
            ["--millis", value, after @ ..] => (millis, rest) = (value.parse().ok()?, after),
            _ => return None,
        }
    }
}
