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

pub(crate) use claims::{Times, client_claims, ist, project, rest_claims, seconds, t1_claims};
pub(crate) use peek::kind;
pub(crate) use t1::{SENTINEL as T1_SENTINEL, T1};
