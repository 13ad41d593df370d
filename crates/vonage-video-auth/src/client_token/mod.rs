//! The tokens with which clients join sessions.

mod build;
mod claim;
mod draft;
mod error;
mod limits;
mod seed;
mod write;

pub use build::{ClientTokenBuilder, TokenFormat};
pub use claim::{ClaimValue, JsonText};
pub use error::TokenError;
pub use limits::{DEFAULT_TTL, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL};
pub use seed::Seed;

pub(crate) use draft::{Draft, Ttl};
pub(crate) use limits::MILLISECONDS_FROM;
