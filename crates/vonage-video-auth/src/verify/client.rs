//! Verifying the tokens with which clients join.

use std::time::SystemTime;

use super::{
    claims::{ClientTokenClaims, client_claims, t1_claims},
    error::VerifyError,
    kind::TokenKind,
    t1::{SENTINEL, T1},
    verifier::{Key, Verifier},
};
use crate::{
    client_token::{LONGEST_TTL, TokenFormat},
    time::seconds_up,
};

impl Verifier {
    /// Verifies a token that a client wants to join with: its signature, its project, and that it
    /// is valid at `now`. The caller compares the session in it.
    ///
    /// A token without an expiry expires 24 hours after its issue, as those of the OpenTok .NET SDK
    /// and some `T1==` tokens do. Refused are a token with neither time, one whose ttl is over 30
    /// days, and one that expires more than 30 days from `now`.
    ///
    /// # Errors
    ///
    /// [`VerifyError`], one variant for each reason.
    pub fn verify_client_token(
        &self,
        token: &str,
        now: SystemTime,
    ) -> Result<ClientTokenClaims, VerifyError> {
        let (claims, times) = if token.starts_with(SENTINEL) {
            t1_claims(&self.verified_t1(token)?)?
        } else {
            let jwt = self.verified(token, TokenKind::Client)?;
            client_claims(self.environment, self.project.clone(), &jwt)?
        };
        if times.expires.is_none() {
            let name = match claims.format {
                TokenFormat::T1 => "expire_time",
                TokenFormat::Jwt => "exp",
            };
            return Err(VerifyError::MissingClaim { name });
        }
        self.check_times(&times, seconds_up(LONGEST_TTL), now)?;
        Ok(claims)
    }

    /// Checks the signature, project and kind, without looking at the clock.
    #[cfg(feature = "inspect")]
    pub(crate) fn verify_signature(&self, token: &str, kind: TokenKind) -> Result<(), VerifyError> {
        if token.starts_with(SENTINEL) {
            self.verified_t1(token).map(drop)
        } else {
            self.verified(token, kind).map(drop)
        }
    }

    fn verified_t1(&self, token: &str) -> Result<T1, VerifyError> {
        let Key::Shared(secret) = &self.key else {
            return Err(VerifyError::WrongAlgorithm {
                found: "T1".to_owned(),
                expected: "RS256",
            });
        };
        let t1 = T1::parse(token).map_err(|reason| VerifyError::malformed(token, reason))?;
        if t1.partner_id != self.project {
            return Err(VerifyError::WrongProject {
                found: Some(t1.partner_id),
                expected: self.project.clone(),
            });
        }
        if !secret.verifies_t1(t1.signed.as_bytes(), &t1.signature) {
            return Err(VerifyError::BadSignature);
        }
        Ok(t1)
    }
}
