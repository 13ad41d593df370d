//! The program as a person or a script runs it, against its own emulator.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod call;
mod command;
mod doctor;
mod emulator;
mod exit_codes;
mod kit;
mod output;
mod profiles;
mod refusals;
mod resources;
mod responses;
mod steering;
#[cfg(unix)]
mod terminal;
mod token;
mod watch;
mod webhooks;
