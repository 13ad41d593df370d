//! The client against small servers on loopback: effects, not configuration.

mod by_hand;
mod calls;
#[cfg(feature = "tls")]
mod certificates;
mod connections;
mod deadlines;
mod downloads;
mod errors;
mod hostile;
mod identities;
#[cfg(feature = "test-util")]
mod kit;
mod lists;
mod memory;
mod proxies;
mod retries;
mod server;
#[cfg(feature = "tls")]
mod tls;
mod traces;
mod waits;
