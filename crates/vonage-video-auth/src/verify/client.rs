use std::time::SystemTime;

use super::claims::{client_claims, t1_claims};
use super::t1::{SENTINEL, T1};
use super::verifier::Key;
use super::{ClientTokenClaims, TokenKind, Verifier, VerifyError};
use crate::client_token::LONGEST_TTL;
use crate::time::seconds_up;

impl Verifier {
    /// Verifies a token that a client wants to join with: signature, project, and that `now` is
    /// within its ttl of at most 30 days. Whether the session in it is the right one is for the
    /// caller to compare.
    ///
    /// # Errors
    /// [`VerifyError`], one for each reason.
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
        self.check_times(&times, seconds_up(LONGEST_TTL), now)?;
        Ok(claims)
    }

    /// What only the key can tell, without looking at the clock.
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
        let t1 = T1::parse(token).map_err(|reason| VerifyError::Malformed { reason })?;
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
