//! The program as a person or a script runs it, against its own emulator.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod answers;
mod call;
mod emulator;
mod kit;
mod refusals;
mod token;
