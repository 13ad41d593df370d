//! The crate through its public API: what it signs, what it accepts, and why it refuses the rest.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod client_tokens;
mod common;
mod credentials;
mod defaults_table;
mod inspection;
mod keys;
mod odd_tokens;
mod policies;
mod properties;
mod recorded_tokens;
mod redaction;
mod rest_tokens;
mod session_ids;
mod signers;
mod verification;
mod webhooks;
