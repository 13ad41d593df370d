//! Receiving webhooks: verified, acted on once, answered rightly.
#![cfg(all(feature = "axum", feature = "test-util"))]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests"
)]

mod extractor;
mod inbox;
mod presence_store;
mod receive;
mod router;
mod sessions;
mod stores;
mod support;
mod waiting;
