use std::time::SystemTime;

use crate::credentials::Credentials;
use crate::{Environment, TokenError};

/// All that makes two tokens of the same builder differ. With the same seed they are byte for byte
/// the same, except where a user's own [`Signer`](crate::Signer) is not deterministic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    pub(crate) now: SystemTime,
    pub(crate) nonce: u32,
    pub(crate) id: [u8; 16],
}

impl Seed {
    /// `now` becomes `iat` and `create_time`; `nonce` the claim of that name in OpenTok tokens;
    /// `id`, written as a UUID, the `jti` of Vonage tokens.
    #[must_use]
    pub fn new(now: SystemTime, nonce: u32, id: [u8; 16]) -> Self {
        Self { now, nonce, id }
    }

    /// Draws only what the environment's tokens have a place for.
    pub(crate) fn draw(now: SystemTime, credentials: &Credentials) -> Result<Self, TokenError> {
        let random = credentials.random();
        Ok(match credentials.environment() {
            Environment::OpenTok => {
                let bytes = random.take().map_err(|_| TokenError::NoRandom)?;
                // 31 bits fit a signed integer wherever the claim is read.
                Self::new(now, u32::from_be_bytes(bytes) >> 1, [0; 16])
            }
            Environment::Vonage => {
                let bytes = random.take().map_err(|_| TokenError::NoRandom)?;
                Self::new(
                    now,
                    0,
                    uuid::Builder::from_random_bytes(bytes)
                        .into_uuid()
                        .into_bytes(),
                )
            }
        })
    }
}
