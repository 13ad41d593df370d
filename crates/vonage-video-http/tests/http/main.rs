//! The client against small servers on loopback: effects, not configuration.

mod by_hand;
mod calls;
mod deadlines;
mod downloads;
mod identities;
mod lists;
mod memory;
mod retries;
mod server;
mod waits;
