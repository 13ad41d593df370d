//! The thread of a blocking client. Alone in its process, so that every thread of that name is its
//! own.

#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    reason = "a thread ends when the system says so"
)]

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use vonage_video::{Client, blocking, operations::CreateSession};
use vonage_video_emulator::Emulator;

fn threads() -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("comm")).ok());
    names.filter(|name| name.trim() == "vv-blocking").count()
}

#[test]
fn the_thread_begins_with_the_first_call_and_ends_with_the_last_clone() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
    let video: blocking::Client = Client::builder(credentials)
        .base_url(emulator.url())
        .build()
        .unwrap()
        .into();
    assert_eq!(threads(), 0, "building begins nothing");

    let clone = video.clone();
    video.send(CreateSession::new()).run().unwrap();
    assert_eq!(threads(), 1);
    drop(video);
    clone.send(CreateSession::new()).run().unwrap();
    assert_eq!(threads(), 1, "a clone keeps it");

    drop(clone);
    let begun = Instant::now();
    while threads() > 0 {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "the thread is still there"
        );
        thread::yield_now();
    }
}
