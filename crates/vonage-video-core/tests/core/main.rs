//! What the core does, through its public API.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod decode_errors;
mod echoes;
mod errors;
mod event_keys;
mod limits;
mod oddities;
mod presence;
mod presence_laws;
mod presence_stored;
mod readiness;
mod reasons;
mod requests;
mod retry;
mod routes;
mod said;
mod shapes;
mod successes;
mod values;
