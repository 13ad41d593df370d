//! Verifying tokens: what a gateway, a test or the emulator does.

mod claims;
mod client;
mod damage;
mod error;
mod kind;
mod peek;
mod rest;
mod t1;
mod verifier;

pub use claims::{ClientTokenClaims, RestTokenClaims};
pub use error::VerifyError;
pub use kind::TokenKind;
pub use peek::{Peeked, peek};
pub use verifier::Verifier;

pub(crate) use claims::seconds;
#[cfg(feature = "inspect")]
pub(crate) use {
    claims::{Times, client_claims, ist, project, rest_claims, t1_claims},
    damage::damage,
    kind::kind,
    rest::check_purpose,
    t1::{SENTINEL as T1_SENTINEL, T1},
};
