//! What the end-to-end tests share.

pub mod contract;
pub mod debian;
pub mod dice;
pub mod fleet;
pub mod interop;
pub mod place;
pub mod redis_server;
pub mod soak;

/// The examples for readers who know an official SDK, compiled so that they stay true.
#[cfg(doctest)]
#[doc = include_str!("../../docs/from-the-official-sdks.md")]
struct FromTheOfficialSdks;
