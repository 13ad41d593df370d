//! What the core does, through its public API.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod echoes;
mod errors;
mod limits;
mod oddities;
mod readiness;
mod requests;
mod retry;
mod routes;
mod shapes;
mod successes;
mod values;
