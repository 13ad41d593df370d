//! What the end-to-end tests share.

pub mod contract;
pub mod debian;
pub mod dice;
pub mod fleet;
pub mod interop;
pub mod place;
pub mod redis_server;
pub mod soak;
