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
#[cfg(feature = "serde")]
mod config;
mod credentials;
mod damaged_tokens;
mod defaults_table;
mod deployments;
mod error_chains;
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
mod strictness;
mod verification;
mod webhook_times;
mod webhooks;
