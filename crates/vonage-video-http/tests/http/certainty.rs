//! Servers that break at every byte of a request and of a response: nothing is done twice, nothing
//! that was done is called unsent, and nothing is called done that was not. The ignored test does
//! the same with 200,000 calls.

use std::{
    collections::HashMap,
    net::Shutdown,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use vonage_video_core::{
    Sent,
    operations::{GetArchive, StartArchive},
};

use crate::server::{SESSION, archive, builder};

/// Where the next exchange breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Break {
    Nowhere,
    /// After this many bytes of the request were read.
    Request(usize),
    /// After this many bytes of the response were written, and the request took effect.
    Response(usize),
}

#[derive(Default)]
struct World {
    next: Mutex<Option<(Break, bool)>>,
    /// How often each name was acted upon.
    effects: Mutex<HashMap<String, usize>>,
    request_length: Mutex<usize>,
}

fn response() -> Vec<u8> {
    let body = archive("a1", "started");
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The length of the request at the beginning of `bytes`, once its head is there.
fn length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let body = text
        .split("content-length: ")
        .nth(1)
        .map_or(0, |rest| rest.split('\r').next().unwrap().parse().unwrap());
    Some(head + body)
}

async fn serve(mut stream: TcpStream, world: Arc<World>) {
    stream.set_nodelay(true).unwrap();
    let mut bytes = Vec::new();
    loop {
        let (at, resets) = loop {
            if !bytes.is_empty() {
                let planned = world.next.lock().unwrap().take();
                break planned.unwrap_or((Break::Nowhere, false));
            }
            let mut first = [0];
            if stream.read(&mut first).await.unwrap_or(0) == 0 {
                return;
            }
            bytes.push(first[0]);
        };
        let until = match at {
            Break::Request(bytes) => bytes,
            _ => usize::MAX,
        };
        while bytes.len() < until && length(&bytes).is_none_or(|length| bytes.len() < length) {
            let mut buffer = [0; 4096];
            let most = buffer.len().min(until - bytes.len());
            match stream.read(&mut buffer[..most]).await {
                Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
                _ => return,
            }
        }
        if bytes.len() >= until {
            return close(stream, resets);
        }
        let request = std::mem::take(&mut bytes);
        if request.starts_with(b"POST") {
            *world.request_length.lock().unwrap() = request.len();
            let text = String::from_utf8(request).unwrap();
            let name = text.split(r#""name":""#).nth(1).unwrap();
            let name = name.split('"').next().unwrap().to_owned();
            *world.effects.lock().unwrap().entry(name).or_default() += 1;
        }
        let mut response = response();
        if let Break::Response(bytes) = at {
            response.truncate(bytes);
        }
        let _ = stream.write_all(&response).await;
        if matches!(at, Break::Response(_)) {
            return close(stream, resets);
        }
    }
}

fn close(stream: TcpStream, resets: bool) {
    if resets {
        #[expect(deprecated, reason = "with no time to linger it does not block")]
        let _ = stream.set_linger(Some(Duration::ZERO));
    }
    let stream = stream.into_std().unwrap();
    if !resets {
        let _ = stream.shutdown(Shutdown::Write);
    }
}

/// What became of the calls.
#[derive(Debug, Default)]
struct Tally {
    calls: usize,
    ok: usize,
    unsent: usize,
    maybe: usize,
    /// Calls whose effect was had more than once.
    doubled: Vec<String>,
    /// Calls that succeeded without an effect.
    lost: Vec<String>,
    /// Calls that were called unsent and had an effect.
    falsely_unsent: Vec<String>,
}

impl Tally {
    fn judge(&mut self, call: &str, outcome: Option<Sent>, effects: usize) {
        self.calls += 1;
        if effects > 1 {
            self.doubled.push(call.to_owned());
        }
        match outcome {
            None => {
                self.ok += 1;
                if effects == 0 {
                    self.lost.push(call.to_owned());
                }
            }
            Some(Sent::No) => {
                self.unsent += 1;
                if effects > 0 {
                    self.falsely_unsent.push(call.to_owned());
                }
            }
            Some(_) => self.maybe += 1,
        }
    }

    fn is_right(&self) {
        assert!(self.doubled.is_empty(), "doubled: {:?}", self.doubled);
        assert!(self.lost.is_empty(), "lost: {:?}", self.lost);
        assert!(self.falsely_unsent.is_empty(), "{:?}", self.falsely_unsent);
        assert!(self.maybe > self.calls / 2, "most did break: {self:?}");
    }
}

/// Calls a server that breaks at each byte of the request and of the response in turn, with a reset
/// or in good order, on a new connection or on one that served a request; `rounds` times.
async fn prove(rounds: usize) -> Tally {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let world = Arc::new(World::default());
    let accepting = tokio::spawn({
        let world = Arc::clone(&world);
        async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&world)));
            }
        }
    });
    let retry = vonage_video_core::RetryPolicy::default().first_backoff(Duration::ZERO);
    let client = builder(&url).retry(retry).build().unwrap();
    client
        .send(StartArchive::new(SESSION).name("measure-00000"))
        .await
        .unwrap();
    let request = *world.request_length.lock().unwrap();
    assert!(request > 300, "{request}");
    let breaks: Vec<Break> = (1..request)
        .map(Break::Request)
        .chain((0..response().len()).map(Break::Response))
        .collect();
    let mut tally = Tally::default();
    for at in std::iter::repeat_n(&breaks, rounds).flatten() {
        for (resets, reused) in [(true, true), (true, false), (false, true), (false, false)] {
            let client = if reused {
                // Leaves a connection that served a request.
                client.send(GetArchive::new("a1")).await.unwrap();
                client.clone()
            } else {
                builder(&url).build().unwrap()
            };
            let name = format!("measure-{:05}", (tally.calls + 1) % 100_000);
            world.effects.lock().unwrap().remove(&name);
            *world.next.lock().unwrap() = Some((*at, resets));
            let outcome = client.send(StartArchive::new(SESSION).name(&*name)).await;
            world.next.lock().unwrap().take();
            let effects = world.effects.lock().unwrap().get(&name).copied();
            tally.judge(
                &format!("{at:?}, resets: {resets}, reused: {reused}: {outcome:?}"),
                outcome.err().map(|error| error.sent()),
                effects.unwrap_or(0),
            );
        }
    }
    assert_eq!(tally.calls, 4 * rounds * breaks.len());
    accepting.abort();
    tally
}

#[tokio::test]
async fn whatever_breaks_nothing_is_doubled_lost_or_wrongly_called_unsent() {
    prove(1).await.is_right();
}

/// `cargo test --release -p vonage-video-http --test http -- --ignored --nocapture 200_000`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes"]
#[expect(clippy::print_stdout, reason = "a long run shows how far it is")]
async fn whatever_breaks_in_200_000_calls_nothing_is_doubled_lost_or_wrongly_called_unsent() {
    let mut calls = 0;
    while calls < 200_000 {
        // Side by side, so that what one does falls between the steps of another.
        let servers: Vec<_> = (0..8).map(|_| tokio::spawn(prove(1))).collect();
        for server in servers {
            let tally = server.await.unwrap();
            tally.is_right();
            calls += tally.calls;
            println!(
                "{calls} calls: 0 doubled, 0 lost, 0 falsely unsent; of the last {}: {} succeeded, \
                 {} were unsent, {} may have been sent",
                tally.calls, tally.ok, tally.unsent, tally.maybe
            );
        }
    }
}
