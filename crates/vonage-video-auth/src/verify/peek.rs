//! What a token claims to be, unverified.

use serde_json::Value;

use super::{
    claims::{ist, project},
    error::VerifyError,
    kind::{TokenKind, kind},
    t1::{SENTINEL, T1},
};
use crate::{client_token::TokenFormat, environment::Environment, jwt::Compact};

/// What a token claims to be, before anything is verified. Use it to find the key that verifies the
/// token, and for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peeked {
    /// What it is for.
    pub kind: TokenKind,
    /// Whether it is a JWT or a `T1==` token.
    pub format: TokenFormat,
    /// The environment that its algorithm belongs to; [`Environment::Vonage`] for webhook tokens.
    pub environment: Environment,
    /// The API key or application id that it names.
    pub project: Option<String>,
    /// Whether it is an OpenTok account's.
    pub account: bool,
    /// The session that it is for, in a client token.
    pub session_id: Option<String>,
}

/// Reads what a token claims to be, **without verifying anything**.
///
/// # Errors
///
/// [`VerifyError::Malformed`], and [`VerifyError::WrongAlgorithm`] for a JWT that is neither HS256
/// nor RS256.
///
/// ```
/// use vonage_video_auth::{TokenKind, peek};
/// let token = concat!(
///     "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.",
///     "eyJpc3MiOiIxMjM0NTYiLCJpc3QiOiJwcm9qZWN0IiwiaWF0IjoxNzAwMDAwMDAw",
///     "LCJleHAiOjE3MDAwMDAzMDB9.",
///     "NQ-QKS1mi_SRiz9UkEOgEMA-B0HKdwkIkLGxWz7g9vI",
/// );
/// let peeked = peek(token)?;
/// assert_eq!(peeked.kind, TokenKind::Rest);
/// assert_eq!(peeked.project.as_deref(), Some("123456"));
/// # Ok::<(), vonage_video_auth::VerifyError>(())
/// ```
pub fn peek(token: &str) -> Result<Peeked, VerifyError> {
    if token.starts_with(SENTINEL) {
        let t1 = T1::parse(token).map_err(|reason| VerifyError::malformed(token, reason))?;
        return Ok(Peeked {
            kind: TokenKind::Client,
            format: TokenFormat::T1,
            environment: Environment::OpenTok,
            session_id: t1.field("session_id").map(str::to_owned),
            project: Some(t1.partner_id),
            account: false,
        });
    }
    let jwt = Compact::parse(token).map_err(|reason| VerifyError::malformed(token, reason))?;
    let kind = kind(&jwt);
    let environment = match (jwt.algorithm(), kind) {
        ("RS256", _) | ("HS256", TokenKind::Webhook) => Environment::Vonage,
        ("HS256", _) => Environment::OpenTok,
        (other, _) => {
            return Err(VerifyError::WrongAlgorithm {
                found: other.chars().take(20).collect(),
                expected: "HS256 or RS256",
            });
        }
    };
    Ok(Peeked {
        kind,
        format: TokenFormat::Jwt,
        environment,
        project: project(environment, &jwt.claims),
        account: ist(&jwt) == Some("account"),
        session_id: jwt
            .claims
            .get("session_id")
            .and_then(Value::as_str)
            .map(str::to_owned),
    })
}
