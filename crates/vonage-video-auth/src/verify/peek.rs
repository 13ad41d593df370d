use std::fmt;

use serde_json::Value;

use super::VerifyError;
use super::claims::{ist, project};
use super::t1::{SENTINEL, T1};
use crate::jwt::Compact;
use crate::{Environment, TokenFormat};

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Lets a client join a session.
    Client,
    /// Signs calls of the REST API.
    Rest,
    /// Comes with a callback from the service.
    Webhook,
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client token",
            Self::Rest => "REST token",
            Self::Webhook => "webhook token",
        })
    }
}

/// What a token claims to be, before anything is verified. Good for finding the key that verifies
/// it, and for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peeked {
    /// What it is for.
    pub kind: TokenKind,
    /// How it is written.
    pub format: TokenFormat,
    /// Whose it would be, by its algorithm. Webhook tokens say [`Environment::Vonage`].
    pub environment: Environment,
    /// The API key or application id that it names.
    pub project: Option<String>,
    /// Whether it is an OpenTok account's.
    pub account: bool,
    /// The session that it is for, in a client token.
    pub session_id: Option<String>,
}

/// Reads off what a token says it is, **without verifying anything**.
///
/// # Errors
/// [`VerifyError::Malformed`], and [`VerifyError::WrongAlgorithm`] for a JWT that is neither HS256
/// nor RS256.
///
/// ```
/// use vonage_video_auth::{TokenKind, peek};
/// let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIxMjM0NTYiLCJpc3QiOiJwcm9qZWN0IiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDAzMDB9.NQ-QKS1mi_SRiz9UkEOgEMA-B0HKdwkIkLGxWz7g9vI";
/// let peeked = peek(token)?;
/// assert_eq!(peeked.kind, TokenKind::Rest);
/// assert_eq!(peeked.project.as_deref(), Some("123456"));
/// # Ok::<(), vonage_video_auth::VerifyError>(())
/// ```
pub fn peek(token: &str) -> Result<Peeked, VerifyError> {
    if token.starts_with(SENTINEL) {
        let t1 = T1::parse(token).map_err(|reason| VerifyError::Malformed { reason })?;
        return Ok(Peeked {
            kind: TokenKind::Client,
            format: TokenFormat::T1,
            environment: Environment::OpenTok,
            session_id: t1.field("session_id").map(str::to_owned),
            project: Some(t1.partner_id),
            account: false,
        });
    }
    let jwt = Compact::parse(token).map_err(|reason| VerifyError::Malformed { reason })?;
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

/// A client token is known by its scope or its session, a webhook's by its issuer or its hash of
/// the body.
pub(crate) fn kind(jwt: &Compact<'_>) -> TokenKind {
    let claim = |name| jwt.claims.get(name).and_then(Value::as_str);
    if claim("scope") == Some("session.connect") || jwt.claims.contains_key("session_id") {
        TokenKind::Client
    } else if jwt.claims.contains_key("payload_hash") || claim("iss") == Some("Vonage") {
        TokenKind::Webhook
    } else {
        TokenKind::Rest
    }
}
