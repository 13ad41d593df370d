//! What makes two tokens of the same builder differ.

use std::time::SystemTime;

use super::error::TokenError;
use crate::{environment::Environment, random};

/// The time, nonce and id of a token. With the same seed two tokens of the same builder are equal
/// byte for byte, except where a [`Signer`](crate::Signer) is not deterministic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    pub(crate) now: SystemTime,
    pub(crate) nonce: u32,
    pub(crate) id: [u8; 16],
}

impl Seed {
    /// Creates a seed. `now` becomes `iat` and `create_time`; `nonce` the claim of that name in
    /// OpenTok tokens; `id`, written as a UUID, the `jti` of Vonage tokens.
    pub fn new(now: SystemTime, nonce: u32, id: [u8; 16]) -> Self {
        Self { now, nonce, id }
    }

    /// Draws only what the environment's tokens have a place for. `moment` is a reading of a fine
    /// clock.
    pub(crate) fn draw(
        now: SystemTime,
        moment: u64,
        environment: Environment,
    ) -> Result<Self, TokenError> {
        Ok(match environment {
            Environment::OpenTok => {
                let number = random::number(moment)?;
                // 31 bits fit a signed integer wherever the claim is read.
                Self::new(now, (number >> 33) as u32, [0; 16])
            }
            Environment::Vonage => {
                let id = uuid::Builder::from_random_bytes(random::id()?);
                Self::new(now, 0, id.into_uuid().into_bytes())
            }
        })
    }
}
