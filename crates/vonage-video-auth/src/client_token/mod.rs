//! The tokens with which clients join sessions.

mod builder;
mod claim;
mod draft;
mod error;
mod format;
mod limits;
mod policy;
mod policy_error;
mod seed;
mod sign;
mod token;
mod write;

pub use builder::ClientTokenBuilder;
pub use claim::{ClaimValue, JsonText};
pub use error::TokenError;
pub use format::TokenFormat;
pub use limits::{DEFAULT_TTL, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL};
pub use policy::{OverLimit, TokenPolicy};
pub use policy_error::PolicyError;
pub use seed::Seed;
pub use token::ClientToken;

pub(crate) use limits::MILLISECONDS_FROM;
