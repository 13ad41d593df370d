//! Checking the tokens of others: what a gateway, a test or the emulator does.

mod claims;
mod client;
mod error;
mod peek;
mod rest;
mod t1;
mod verifier;

pub use claims::{ClientTokenClaims, RestTokenClaims};
pub use error::VerifyError;
pub use peek::{Peeked, TokenKind, peek};
pub use verifier::Verifier;
