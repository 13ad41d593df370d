//! A long soak: `cargo xtask soak [ROUNDS] [--seconds SECONDS] [--seed SEED]`.
//!
//! One run of 100 rounds, of three minutes at most. With `--seconds` one run follows another for so
//! long, an hour for `--seconds 3600`, each with the next seed.

use std::{process::ExitCode, time::Duration};

use vonage_video_tests::soak::{Settings, soak};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((rounds, seconds, seed)) = read(&arguments) else {
        eprintln!("soak [ROUNDS] [--seconds SECONDS] [--seed SEED], all of them whole numbers");
        return ExitCode::FAILURE;
    };
    let report = soak(Settings {
        rounds: rounds.unwrap_or(100),
        workers: 16,
        seed: seed.unwrap_or(1),
        limit: Duration::from_secs(seconds.unwrap_or(180)),
        again: seconds.is_some(),
    })
    .await;
    println!("{report}");
    let wrong = report.faults();
    for wrong in &wrong {
        println!("{wrong}");
    }
    ExitCode::from(u8::from(!wrong.is_empty()))
}

type Numbers = (Option<u64>, Option<u64>, Option<u64>);

/// The rounds, the seconds and the seed, as far as they are given.
fn read(arguments: &[String]) -> Option<Numbers> {
    let (mut rounds, mut seconds, mut seed) = (None, None, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seconds" => seconds = Some(rest.next()?.parse().ok()?),
            "--seed" => seed = Some(rest.next()?.parse().ok()?),
            number => rounds = Some(number.parse().ok()?),
        }
    }
    Some((rounds, seconds, seed))
}
