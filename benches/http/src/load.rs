//! A child process: asks for a while, at some concurrency, and prints what that took.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

use nix::sys::resource::{UsageWho, getrusage};
use tokio::task::LocalSet;

use crate::{
    contenders::{
        Contender, LIMIT, LIMIT_TLS, LIVEKIT, Limit, LiveKit, OURS_HTTP2, OURS_OPENTOK,
        OURS_VONAGE, Ours, REQWEST, Reqwest,
    },
    facts,
    groups::Workload,
    histogram::Histogram,
};

/// When a child process stops asking.
#[derive(Clone, Copy)]
pub enum Until {
    Span(Duration),
    /// Stops after this many calls and times none of them: for counting instructions.
    Calls(u64),
}

pub async fn run(contender: &str, workload: Workload, until: Until, base: &str) {
    match contender {
        LIMIT => measure(Limit::new(base), workload, until).await,
        LIMIT_TLS => measure(Limit::tls(base), workload, until).await,
        OURS_VONAGE => measure(Ours::vonage(base), workload, until).await,
        OURS_OPENTOK => measure(Ours::opentok(base), workload, until).await,
        OURS_HTTP2 => measure(Ours::http2(base), workload, until).await,
        REQWEST => measure(Reqwest::new(base), workload, until).await,
        LIVEKIT => measure(LiveKit::new(base), workload, until).await,
        other => panic!("there is no contender {other}"),
    }
}

async fn measure(contender: impl Contender, workload: Workload, until: Until) {
    let span = match until {
        Until::Span(span) => span,
        Until::Calls(calls) => {
            let left = Rc::new(Cell::new(calls));
            let goes_on = move || left.replace(left.get().saturating_sub(1)) > 0;
            ask(&contender, workload, Rc::new(goes_on)).await;
            return;
        }
    };
    // Opens the connections and warms caches up.
    ask_for(&contender, workload, span / 5).await;
    let (cpu, started) = (cpu_time(), Instant::now());
    let latencies = ask_for(&contender, workload, span).await;
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

async fn ask_for(contender: &impl Contender, workload: Workload, span: Duration) -> Histogram {
    let until = Instant::now() + span;
    ask(contender, workload, Rc::new(move || Instant::now() < until)).await
}

/// Asks at the workload's concurrency for as long as `goes_on` says.
async fn ask(
    contender: &impl Contender,
    workload: Workload,
    goes_on: Rc<dyn Fn() -> bool>,
) -> Histogram {
    let latencies = Rc::new(RefCell::new(Histogram::default()));
    let tasks = LocalSet::new();
    for _ in 0..workload.concurrency {
        let (contender, goes_on) = (contender.clone(), Rc::clone(&goes_on));
        let latencies = Rc::clone(&latencies);
        tasks.spawn_local(async move {
            while goes_on() {
                let started = Instant::now();
                if workload.list {
                    assert_eq!(contender.list().await, crate::archives::LISTED);
                } else {
                    assert!(contender.one().await > 0);
                }
                let latency = started.elapsed().as_nanos() as u64;
                latencies.borrow_mut().add(latency);
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
