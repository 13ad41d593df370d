//! A child process: asks at a fixed rate, whatever the answers take, and prints how long they took.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::task::LocalSet;

use crate::{
    contenders::{Contender, LIMIT, Limit, OURS_OPENTOK, OURS_VONAGE, Ours, REQWEST, Reqwest},
    histogram::Histogram,
};

pub async fn run(contender: &str, rate: u64, span: Duration, base: &str) {
    match contender {
        LIMIT => measure(Limit::new(base), rate, span).await,
        OURS_VONAGE => measure(Ours::vonage(base), rate, span).await,
        OURS_OPENTOK => measure(Ours::opentok(base), rate, span).await,
        REQWEST => measure(Reqwest::new(base), rate, span).await,
        other => panic!("there is no contender {other}"),
    }
}

async fn measure(contender: impl Contender, rate: u64, span: Duration) {
    ask(&contender, rate, span / 5).await;
    let latencies = ask(&contender, rate, span).await;
    println!(
        "{} {} {} {}",
        latencies.total(),
        latencies.quantile(0.5) / 1e3,
        latencies.quantile(0.99) / 1e3,
        latencies.quantile(0.999) / 1e3,
    );
}

/// A latency counts from when its call was due, so that a call that is begun late because an
/// earlier one took long is as slow as it is to somebody who waits.
async fn ask(contender: &impl Contender, rate: u64, span: Duration) -> Histogram {
    let latencies = Rc::new(RefCell::new(Histogram::default()));
    let (tasks, calls) = (LocalSet::new(), span.as_millis() as u64 * rate / 1_000);
    let (started, contender) = (Instant::now(), contender.clone());
    let counted = Rc::clone(&latencies);
    tasks.spawn_local(async move {
        for call in 0..calls {
            let due = started + Duration::from_nanos(call * 1_000_000_000 / rate);
            // Timers are as coarse as a millisecond.
            while Instant::now() < due {
                tokio::task::yield_now().await;
            }
            let (contender, latencies) = (contender.clone(), Rc::clone(&counted));
            tokio::task::spawn_local(async move {
                assert!(contender.one().await > 0);
                latencies.borrow_mut().add(due.elapsed().as_nanos() as u64);
            });
        }
    });
    tasks.await;
    latencies.take()
}
