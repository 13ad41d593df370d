//! A client and the runtimes that it is used from: none, one after the other, several at once.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::OnceLock,
    thread,
    time::Duration,
};

use vonage_video_core::operations::StartArchive;
use vonage_video_http::Client;

use crate::{
    pool::bytes,
    server::{SESSION, builder},
};

#[test]
fn a_client_serves_one_runtime_after_the_other() {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        loop {
            let (mut stream, _) = listener.accept().unwrap();
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {
                    stream.write_all(&bytes("a1")).unwrap();
                }
            });
        }
    });
    let client = CLIENT.get_or_init(|| builder(&url).build().unwrap());
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let once = move || client.send(StartArchive::new(SESSION)).attempts(1);
    for _ in 0..20 {
        runtime().block_on(once().into_future()).unwrap();
    }
    // A runtime that lives on but does nothing must not be waited for.
    let idle = runtime();
    idle.block_on(client.send(StartArchive::new(SESSION)).into_future())
        .unwrap();
    let other = runtime();
    let soon = once().timeout(Duration::from_secs(2));
    other.block_on(soon.into_future()).unwrap();
    // And two at a time.
    let threads: Vec<_> = (0..4)
        .map(|_| {
            thread::spawn(move || {
                for _ in 0..50 {
                    runtime().block_on(once().into_future()).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn a_client_is_made_without_a_runtime() {
    for _ in 0..1_000 {
        builder("https://api.example.com").build().unwrap();
    }
}
