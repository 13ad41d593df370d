//! The client against small servers on loopback: effects, not configuration.

mod calls;
mod server;
