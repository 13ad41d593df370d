//! The stores of a fleet against real servers.
#![allow(
    clippy::disallowed_methods,
    reason = "other processes live by the same clock"
)]

mod durability;
mod fleet;

mod inbox;
mod presence;
mod rate_limit;
mod recovery;
mod tls;
