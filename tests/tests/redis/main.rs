//! The stores of a fleet against real servers.

mod durability;
mod fleet;

mod inbox;
mod presence;
mod rate_limit;
