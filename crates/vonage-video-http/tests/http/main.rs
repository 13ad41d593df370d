//! The client against small servers on loopback: effects, not configuration.

mod calls;
mod deadlines;
mod identities;
mod retries;
mod server;
