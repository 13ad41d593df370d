//! From nothing to an emulator that answers, and to nothing again.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vonage_video_emulator::Emulator;

use crate::effort::Effort;

/// Starts in a round; the first of a process, which finds cold caches, is reported by itself.
const STARTS: usize = 50;

/// One way to start: its name, the first start of all, and the medians of the rounds.
pub struct Start {
    pub name: &'static str,
    pub first: Duration,
    pub times: Vec<Duration>,
}

pub async fn measure(effort: Effort) -> Vec<Start> {
    let mut found: Vec<Start> = NAMES
        .iter()
        .map(|name| Start {
            name,
            first: Duration::ZERO,
            times: Vec::new(),
        })
        .collect();
    for round in 0..effort.rounds {
        for (way, start) in found.iter_mut().enumerate() {
            let mut times = Vec::with_capacity(STARTS);
            for _ in 0..STARTS {
                times.push(once(way).await);
            }
            if round == 0 {
                start.first = times[0];
            }
            times.sort();
            start.times.push(times[STARTS / 2]);
        }
    }
    found
}

const NAMES: [&str; 5] = [
    "in memory",
    "listening on a free port",
    "listening, to the end of its first answer",
    "listening with TLS, with a new certificate authority",
    "dropping one that listens, until nobody does",
];

async fn once(way: usize) -> Duration {
    let began = Instant::now();
    match way {
        0 => {
            let emulator = Emulator::builder().in_memory().expect("an emulator");
            let time = began.elapsed();
            drop(emulator);
            time
        }
        1 => {
            let emulator = Emulator::start().await.expect("an emulator");
            let time = began.elapsed();
            drop(emulator);
            time
        }
        2 => {
            let emulator = Emulator::start().await.expect("an emulator");
            ask(&emulator).await;
            began.elapsed()
        }
        3 => {
            let emulator = Emulator::builder()
                .tls()
                .start()
                .await
                .expect("an emulator");
            let time = began.elapsed();
            drop(emulator);
            time
        }
        _ => {
            let emulator = Emulator::start().await.expect("an emulator");
            let address = emulator.address().expect("a port");
            let began = Instant::now();
            drop(emulator);
            while TcpStream::connect(address).await.is_ok() {
                tokio::task::yield_now().await;
            }
            began.elapsed()
        }
    }
}

async fn ask(emulator: &Emulator) {
    let address = emulator.address().expect("a port");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // Other names than its own are refused, so that no web page reaches it by a name of its choice.
    let request =
        format!("GET /_emulator/clock HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    assert!(answer.starts_with(b"HTTP/1.1 200"), "an answer");
}
