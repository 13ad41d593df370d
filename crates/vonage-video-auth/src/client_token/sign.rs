//! From a checked draft to a signed token.

use super::{
    draft::{Draft, Times},
    error::TokenError,
    format::TokenFormat,
    seed::Seed,
    write,
};
use crate::{credentials::SigningKey, jwt};

/// A draft that passed every check, and the two times of its token.
pub(super) struct Checked<'d, 'a> {
    draft: &'d Draft<'a>,
    pub(super) times: Times,
}

impl<'d, 'a> Checked<'d, 'a> {
    pub(super) fn new(draft: &'d mut Draft<'a>, seed: &Seed) -> Result<Self, TokenError> {
        let times = draft.check(seed)?;
        Ok(Self { draft, times })
    }

    pub(super) fn sign(&self, seed: &Seed) -> Result<String, TokenError> {
        let token = match (self.draft.format, self.draft.credentials.key()) {
            (TokenFormat::T1, SigningKey::Shared(secret)) => {
                write::t1(self.draft, self.times, seed, secret)
            }
            (_, key) => key.sign_jwt(self.claims(seed).as_bytes())?,
        };
        readable(token)
    }

    pub(super) async fn sign_async(&self, seed: &Seed) -> Result<String, TokenError> {
        if !self.draft.credentials.is_async() {
            return self.sign(seed);
        }
        let claims = self.claims(seed);
        let key = self.draft.credentials.key();
        readable(key.sign_jwt_async(claims.as_bytes()).await?)
    }

    fn claims(&self, seed: &Seed) -> String {
        write::claims(self.draft, self.times, seed)
    }
}

/// Refuses a token that is longer than any verifier reads, this crate's included.
fn readable(token: String) -> Result<String, TokenError> {
    if token.len() > jwt::LONGEST {
        return Err(TokenError::TooLarge {
            length: token.len(),
        });
    }
    Ok(token)
}
