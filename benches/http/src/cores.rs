//! A child process: calls a second of one client, from one thread and from all, with a transport in
//! memory, so that only what the client itself shares between threads is in the way.

use std::{
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use hyper::{Request, Response};
use tokio::runtime::Builder;
use vonage_video::{
    Client,
    operations::GetArchive,
    transport::{Body, Transport, TransportFuture},
};

use crate::{
    archives::{self, ARCHIVE},
    contenders::opentok_credentials,
    facts::cores,
};

/// Answers at once.
struct Memory(Bytes);

impl Transport for Memory {
    fn send(&self, _: Request<Body>) -> TransportFuture<'_> {
        let answer = Body::from(self.0.clone());
        Box::pin(async { Ok(Response::new(answer)) })
    }
}

/// How many threads, and the nanoseconds of each for a call, each by one line. Where nothing is
/// contended, that is the same for any number of threads that have a core each.
pub fn run(span: Duration) {
    let client = Client::builder(opentok_credentials())
        .base_url("http://localhost")
        .transport(Memory(archives::one().into()))
        .build()
        .expect("a client");
    for threads in [1, cores()] {
        let calls: u64 = thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|_| scope.spawn(|| calls(&client, span)))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().expect("it ended well"))
                .sum()
        });
        let nanos = span.as_nanos() as f64 * threads as f64 / calls as f64;
        println!("{threads} {}", nanos / 1e3);
    }
}

fn calls(client: &Client, span: Duration) -> u64 {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let until = Instant::now() + span;
        let mut calls = 0;
        while Instant::now() < until {
            client
                .send(GetArchive::new(ARCHIVE))
                .await
                .expect("an archive");
            calls += 1;
        }
        calls
    })
}
