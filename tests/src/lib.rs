//! What the end-to-end tests share.

pub mod contract;
pub mod dice;
pub mod interop;
pub mod soak;
