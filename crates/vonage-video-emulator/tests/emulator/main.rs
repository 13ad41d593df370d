//! The emulator, through its public API, in memory and on sockets.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod abuse;
mod any_order;
mod archive_files;
mod archive_life;
mod authentication;
mod clients;
mod common;
mod control;
mod documented_errors;
mod events;
mod faults;
mod hls;
mod hostile;
mod inspection;
mod leniency;
mod notices;
mod page;
#[cfg(feature = "browser")]
mod pages;
mod path;
mod responses;
mod server;
mod services;
mod snapshot;
mod steering;
#[cfg(feature = "tls")]
mod tls;
mod webhooks;
mod without_credentials;
