//! Runs the contenders in turn, each in its own process, and gathers what they measured.

use std::hint::black_box;
use std::process::Command;
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use crate::{
    allocations,
    groups::GROUPS,
    mint::Mint,
    official,
    sample::{Sample, Samples},
};

pub fn all(rounds: usize, span: Duration) -> Samples {
    let ready = official::prepare();
    let mut samples: Samples = GROUPS
        .iter()
        .map(|group| {
            let names = group
                .contenders
                .iter()
                .map(|(name, _)| *name)
                .chain(group.official.iter().map(|(name, ..)| *name));
            names.map(|name| (name.to_owned(), Vec::new())).collect()
        })
        .collect();
    for round in 0..rounds {
        eprintln!("round {} of {rounds}", round + 1);
        for (group_index, group) in GROUPS.iter().enumerate() {
            let (own, foreign) = samples[group_index].split_at_mut(group.contenders.len());
            for (contender_index, (_, found)) in own.iter_mut().enumerate() {
                found.push(child(group_index, contender_index, span));
            }
            for ((_, runtime, task), (_, found)) in group.official.iter().zip(foreign) {
                let mut sample = ready.run(*runtime, task, span);
                let limit = own.first().and_then(|(_, found)| *found.last()?);
                if let (Some(sample), Some(limit)) = (&mut sample, limit) {
                    sample.ratio = sample.nanoseconds / limit.nanoseconds;
                }
                found.push(sample);
            }
        }
    }
    samples
}

fn child(group: usize, contender: usize, span: Duration) -> Option<Sample> {
    let run = |threads: usize| {
        let program = std::env::current_exe().ok()?;
        let arguments = [
            group.to_string(),
            contender.to_string(),
            span.as_millis().to_string(),
            threads.to_string(),
        ];
        let output = Command::new(program)
            .arg("--one")
            .args(arguments)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let numbers: Vec<f64> = text
            .split_whitespace()
            .map_while(|number| number.parse().ok())
            .collect();
        <[f64; 3]>::try_from(numbers).ok()
    };
    let [nanoseconds, allocations, ratio] = run(1)?;
    let [all_cores, ..] = run(available_parallelism().map_or(1, usize::from))?;
    Some(Sample {
        nanoseconds,
        all_cores,
        allocations,
        ratio,
    })
}

/// The body of a child process.
pub fn one(group: &str, contender: &str, millis: &str, threads: &str) {
    let number = |text: &str| text.parse::<usize>().expect("the parent passes numbers");
    let (_, make) = GROUPS[number(group)].contenders[number(contender)];
    let span = Duration::from_millis(number(millis) as u64);
    let (limit, mint) = (GROUPS[number(group)].contenders[0].1(), make());
    let [nanoseconds, allocations, ratio] = match number(threads) {
        1 => measure(&mint, &limit, span),
        threads => [on_all_cores(&mint, threads, span), 0.0, 0.0],
    };
    println!("{nanoseconds} {allocations} {ratio}");
}

/// How many tokens take about a millisecond.
fn batch(mint: &Mint) -> u64 {
    let started = Instant::now();
    let mut minted = 0;
    while started.elapsed() < Duration::from_millis(10) {
        black_box(mint());
        minted += 1;
    }
    (minted / 10).max(1)
}

fn measure(mint: &Mint, limit: &Mint, span: Duration) -> [f64; 3] {
    let (batch, limit_batch) = (batch(mint), batch(limit));
    let (mut spent, mut allocations, mut minted) = (0, 0, 0);
    let (mut limit_spent, mut limit_minted) = (0, 0);
    let started = Instant::now();
    while started.elapsed() < span {
        let counted = allocations::count();
        spent += processor_time_of(mint, batch);
        allocations += allocations::count() - counted;
        minted += batch;
        limit_spent += processor_time_of(limit, limit_batch);
        limit_minted += limit_batch;
    }
    let each = spent as f64 / minted as f64;
    [
        each,
        allocations as f64 / minted as f64,
        each / (limit_spent as f64 / limit_minted as f64),
    ]
}

fn processor_time_of(mint: &Mint, batch: u64) -> i64 {
    let started = processor_time();
    for _ in 0..batch {
        black_box(mint());
    }
    processor_time() - started
}

/// Time on the wall divided by the number of tokens.
fn on_all_cores(mint: &Mint, threads: usize, span: Duration) -> f64 {
    let batch = batch(mint);
    scope(|scope| {
        let started = Instant::now();
        let threads: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| minted_within(mint, batch, span)))
            .collect();
        let minted: u64 = threads
            .into_iter()
            .map(|thread| thread.join().expect("minting does not panic"))
            .sum();
        started.elapsed().as_nanos() as f64 / minted as f64
    })
}

/// Nanoseconds that this process had a processor: what others do meanwhile on a busy machine does
/// not count.
fn processor_time() -> i64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a timespec that lives until the call returns.
    let answer = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    assert_eq!(answer, 0, "the clock of the process is always there");
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

fn minted_within(mint: &Mint, batch: u64, span: Duration) -> u64 {
    let started = Instant::now();
    let mut minted = 0;
    while started.elapsed() < span {
        for _ in 0..batch {
            black_box(mint());
        }
        minted += batch;
    }
    minted
}
