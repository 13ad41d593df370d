//! Mints tokens with this crate, with a hand-written limit and with its peers, side by side, and prints a table.
//!
//! Each contender runs in a process of its own (jsonwebtoken's choice of backend is global to a process), for a short while a
//! round. The rounds are interleaved, and what counts is the median over the rounds of a contender's time divided by the limit's
//! of the same round: the machine's moods hit both.

mod allocations;
mod builds;
mod inputs;
mod limit;
mod official;
mod ours;
mod peers;
mod rounds;
mod table;

use std::process::ExitCode;
use std::time::Duration;

/// What a contender does once: mint a token, and return its length so that nothing is optimised away.
pub type Mint = Box<dyn Fn() -> usize + Send + Sync>;

/// A kind of token, and who mints it. The first is the limit that the others are measured by.
pub struct Group {
    pub title: &'static str,
    pub contenders: &'static [(&'static str, fn() -> Mint)],
    /// Scripts of the official SDKs: the name, and what they are asked for.
    pub official: &'static [(&'static str, official::Runtime, &'static str)],
}

use official::Runtime::{Node, Python};

pub const GROUPS: &[Group] = &[
    Group {
        title: "T1 client token (HMAC-SHA1)",
        contenders: &[
            ("limit: ring, one buffer", limit::t1),
            ("**vonage-video-auth**", ours::t1),
        ],
        official: &[
            ("npm opentok", Node, "opentok-t1"),
            ("PyPI opentok", Python, "opentok-t1"),
        ],
    },
    Group {
        title: "HS256 client token",
        contenders: &[
            ("limit: ring, one buffer", limit::hs256),
            ("**vonage-video-auth**", ours::hs256),
            ("jsonwebtoken, rust_crypto", peers::hs256_rust_crypto),
            ("jsonwebtoken, aws_lc_rs", peers::hs256_aws_lc),
            ("livekit-token (its own, shorter claims)", peers::livekit),
        ],
        official: &[
            ("npm opentok", Node, "opentok-jwt"),
            ("PyPI opentok", Python, "opentok-jwt"),
        ],
    },
    Group {
        title: "RS256 client token, 2048 bits",
        contenders: &[
            ("limit: ring, one buffer", limit::rs256),
            ("**vonage-video-auth**", ours::rs256),
            (
                "**vonage-video-auth**, signing with aws-lc-rs",
                ours::rs256_aws_lc,
            ),
            ("jsonwebtoken, rust_crypto", peers::rs256_rust_crypto),
            ("jsonwebtoken, aws_lc_rs", peers::rs256_aws_lc),
        ],
        official: &[
            ("npm @vonage/video", Node, "vonage"),
            ("PyPI vonage-video", Python, "vonage"),
        ],
    },
    Group {
        title: "REST token from the cache",
        contenders: &[
            ("limit: a lock, the clock, a clone", limit::cached),
            ("**vonage-video-auth**", ours::cached),
        ],
        official: &[],
    },
];

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
