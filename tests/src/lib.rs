//! What the end-to-end tests share.

pub mod contract;
pub mod interop;
pub mod soak;
