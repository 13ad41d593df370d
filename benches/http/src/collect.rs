//! A child process: how long it takes to collect all archives.

use std::time::Instant;

use tokio::runtime::Builder;
use vonage_video::{Client, operations::ListArchives};

use crate::{archives, contenders::opentok_credentials};

/// Who collects, and the microseconds that it took, each by one line.
pub fn run(base: &str) {
    for (name, prefetch) in [("one-by-one", false), ("ahead", true)] {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let client = Client::builder(opentok_credentials())
            .base_url(base)
            .build()
            .expect("a client");
        let started = Instant::now();
        let collected = runtime.block_on(async move {
            let pages = client.pages(ListArchives::new()).page_size(1_000);
            pages
                .prefetch(prefetch)
                .collect()
                .await
                .expect("all of them")
                .len()
        });
        assert_eq!(collected, archives::ALL);
        println!("{name} {}", started.elapsed().as_secs_f64() * 1e6);
    }
}
