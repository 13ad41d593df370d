//! A child process: asks for a while, at some concurrency, and prints what that took.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use nix::sys::resource::{UsageWho, getrusage};
use tokio::task::LocalSet;

use crate::{
    contenders::{Contender, LIMIT, Limit, OURS_OPENTOK, OURS_VONAGE, Ours, REQWEST, Reqwest},
    facts,
    histogram::Histogram,
    rounds::Workload,
};

pub async fn run(contender: &str, workload: Workload, span: Duration, base: &str) {
    match contender {
        LIMIT => measure(Limit::new(base), workload, span).await,
        OURS_VONAGE => measure(Ours::vonage(base), workload, span).await,
        OURS_OPENTOK => measure(Ours::opentok(base), workload, span).await,
        REQWEST => measure(Reqwest::new(base), workload, span).await,
        other => panic!("there is no contender {other}"),
    }
}

async fn measure(contender: impl Contender, workload: Workload, span: Duration) {
    // Opens the connections and warms caches up.
    ask(&contender, workload, span / 5).await;
    let (cpu, started) = (cpu_time(), Instant::now());
    let latencies = ask(&contender, workload, span).await;
    let (elapsed, cpu) = (started.elapsed(), cpu_time() - cpu);
    println!(
        "{} {} {} {} {} {}",
        latencies.total(),
        elapsed.as_secs_f64() * 1e6,
        cpu.as_secs_f64() * 1e6,
        latencies.quantile(0.5) / 1e3,
        latencies.quantile(0.99) / 1e3,
        facts::memory_kb("VmHWM"),
    );
}

async fn ask(contender: &impl Contender, workload: Workload, span: Duration) -> Histogram {
    let latencies = Rc::new(RefCell::new(Histogram::default()));
    let until = Instant::now() + span;
    let tasks = LocalSet::new();
    for _ in 0..workload.concurrency {
        let (contender, latencies) = (contender.clone(), Rc::clone(&latencies));
        tasks.spawn_local(async move {
            let mut started = Instant::now();
            while started < until {
                if workload.list {
                    assert_eq!(contender.list().await, crate::archives::LISTED);
                } else {
                    assert!(contender.one().await > 0);
                }
                let ended = Instant::now();
                latencies
                    .borrow_mut()
                    .add((ended - started).as_nanos() as u64);
                started = ended;
            }
        });
    }
    tasks.await;
    latencies.take()
}

/// User's and system's time of this process so far.
fn cpu_time() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("it is there");
    [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1_000))
        .sum()
}
