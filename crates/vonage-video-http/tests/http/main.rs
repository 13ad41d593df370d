//! The client against small servers on loopback: effects, not configuration.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod addresses;
mod by_hand;
mod calls;
mod certainty;
#[cfg(feature = "tls")]
mod certificates;
mod checklist;
mod client_tokens;
mod connections;
mod deadlines;
#[cfg(unix)]
mod descriptors;
mod downloads;
mod errors;
mod files;
mod hostile;
#[cfg(all(feature = "http2", feature = "tls"))]
mod http2;
mod identities;
#[cfg(feature = "test-util")]
mod kit;
mod layers;
mod lists;
mod memory;
mod pool;
mod prefetch;
#[cfg_attr(
    not(feature = "tls"),
    allow(dead_code, unused_imports, reason = "most of it is about TLS")
)]
mod proxies;
#[cfg_attr(
    not(feature = "tls"),
    allow(dead_code, unused_imports, reason = "most of it is about TLS")
)]
mod proxy;
mod reports;
mod results;
mod resumable;
mod retries;
mod runtimes;
mod server;
mod skew;
mod spliced;
mod targets;
#[cfg(feature = "tls")]
mod tls;
mod waits;
