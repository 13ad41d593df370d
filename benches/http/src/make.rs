//! A child process: how long it takes to make a client.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use vonage_video::Client;

use crate::contenders::{Limit, vonage_credentials};

/// What is made, and the microseconds that each takes, each by one line.
pub fn run(span: Duration) {
    let credentials = vonage_credentials();
    time(span, "limit", Limit::pool);
    time(span, "ours", || {
        Client::new(credentials.clone()).expect("a client")
    });
    time(span, "key", vonage_credentials);
    time(span, "reqwest", reqwest::Client::new);
}

fn time<T>(span: Duration, name: &str, make: impl Fn() -> T) {
    // The first pays for what the process does once.
    black_box(make());
    let started = Instant::now();
    let mut made = 0;
    while started.elapsed() < span {
        black_box(make());
        made += 1;
    }
    println!(
        "{name} {}",
        started.elapsed().as_secs_f64() * 1e6 / f64::from(made)
    );
}
