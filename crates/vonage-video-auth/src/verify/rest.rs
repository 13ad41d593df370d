use std::time::SystemTime;

use super::claims::{ist, rest_claims};
use super::{RestTokenClaims, TokenKind, Verifier, VerifyError};
use crate::Environment;

/// The service's own limit for OpenTok. For Vonage none is documented; a day is past anything an
/// SDK signs.
const LONGEST_OPENTOK: i64 = 300;
const LONGEST_VONAGE: i64 = 24 * 60 * 60;

impl Verifier {
    /// Verifies the token of a REST call: signature, project, and that `now` is within its ttl. It
    /// must not be a client token, which is signed with the same key and is in the hands of
    /// clients.
    ///
    /// OpenTok tokens must say `"ist": "project"` or `"account"`, must expire, and may live for 5
    /// minutes. Vonage tokens may do without an expiry.
    ///
    /// # Errors
    /// [`VerifyError`], one for each reason.
    pub fn verify_rest_token(
        &self,
        token: &str,
        now: SystemTime,
    ) -> Result<RestTokenClaims, VerifyError> {
        let jwt = self.verified(token, TokenKind::Rest)?;
        let (claims, times) = rest_claims(self.environment, self.project.clone(), &jwt)?;
        let longest = match self.environment {
            Environment::Vonage => LONGEST_VONAGE,
            Environment::OpenTok => {
                match ist(&jwt) {
                    Some("project" | "account") => {}
                    Some(_) => return Err(VerifyError::BadClaim { name: "ist" }),
                    None => return Err(VerifyError::MissingClaim { name: "ist" }),
                }
                times
                    .issued
                    .ok_or(VerifyError::MissingClaim { name: "iat" })?;
                times
                    .expires
                    .ok_or(VerifyError::MissingClaim { name: "exp" })?;
                LONGEST_OPENTOK
            }
        };
        self.check_times(&times, longest, now)?;
        Ok(claims)
    }
}
