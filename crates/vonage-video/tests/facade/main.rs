//! What a program sees of the facade.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod errors;
mod globs;
#[cfg(feature = "client")]
mod migrating;
#[cfg(all(feature = "axum", feature = "test-util"))]
mod webhooks;
