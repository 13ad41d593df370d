//! Why a webhook was refused.

use std::{fmt, time::Duration};

use crate::time::in_words;

/// Why a webhook was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The verifier was made without a secret, or with an empty one, which an attacker could sign
    /// with.
    EmptySecret,
    /// The verifier was made with a placeholder that was not filled in, such as `undefined`.
    PlaceholderSecret,
    /// No `Authorization` header. On rare internal errors the service sends a webhook without a
    /// signature, and sends it again, signed, when the response is a 5xx status.
    MissingHeader,
    /// An `Authorization` header of another scheme than `Bearer`.
    NotBearer,
    /// The token cannot be read.
    Malformed {
        /// Which part, and why.
        reason: String,
    },
    /// The token names another algorithm than HS256.
    WrongAlgorithm {
        /// What it names, such as `none` or `RS256`.
        found: String,
    },
    /// No secret fits the signature.
    BadSignature,
    /// No `iat`, so that its age is unknown.
    MissingIssuedAt,
    /// A time in the token has the wrong type.
    BadClaim {
        /// The name of the claim: `iat`, `nbf` or `exp`.
        name: &'static str,
    },
    /// Signed too long ago, or replayed by an attacker.
    Stale {
        /// The time since it was signed.
        age: Duration,
        /// How old it may be.
        max_age: Duration,
    },
    /// Signed in the future, or not valid yet (`nbf`): one of the two clocks is wrong.
    FromTheFuture {
        /// The time until it begins.
        ahead: Duration,
    },
    /// The token has an `exp` and is past it.
    Expired {
        /// The time since its expiry.
        ago: Duration,
    },
    /// No `payload_hash`, so that the token would fit any body.
    MissingPayloadHash,
    /// The body is not the one that was signed.
    BodyMismatch,
    /// For another application than expected, or for none.
    WrongApplication {
        /// The application that it names.
        found: Option<String>,
    },
    /// For another API key than expected, or for none.
    WrongApiKey {
        /// The API key that it names.
        found: Option<String>,
    },
}

impl WebhookError {
    /// The HTTP status to respond with: 500 where the service should send the webhook again,
    /// signed; 401 otherwise.
    pub fn status(&self) -> u16 {
        match self {
            Self::MissingHeader | Self::EmptySecret | Self::PlaceholderSecret => 500,
            _ => 401,
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => f.write_str(
                "a webhook secret is empty: copy the signature secret of this webhook from the \
                 dashboard",
            ),
            Self::PlaceholderSecret => f.write_str(
                "a webhook secret is a placeholder that was not filled in, such as `undefined`: \
                 copy the signature secret of this webhook from the dashboard",
            ),
            Self::MissingHeader => {
                f.write_str("the webhook is not signed: it has no Authorization header")
            }
            Self::NotBearer => f.write_str("the Authorization header is not of the Bearer scheme"),
            Self::Malformed { reason } => {
                write!(f, "the webhook's token cannot be read: {reason}")
            }
            Self::WrongAlgorithm { found } => write!(
                f,
                "the webhook's token names the algorithm {found:?}, and only HS256 is accepted"
            ),
            Self::BadSignature => f.write_str(
                "no secret fits the webhook's signature: each webhook has its own secret in the \
                 dashboard, and a change takes up to 30 minutes",
            ),
            Self::MissingIssuedAt => {
                f.write_str("the webhook's token does not say when it was signed (iat)")
            }
            Self::BadClaim { name } => write!(f, "the webhook's {name:?} is not a time in seconds"),
            Self::Stale { age, max_age } => write!(
                f,
                "the webhook was signed {} ago, and {} is the maximum",
                words(*age),
                words(*max_age)
            ),
            Self::FromTheFuture { ahead } => write!(
                f,
                "the webhook's token begins {} in the future: check this machine's clock",
                words(*ahead)
            ),
            Self::Expired { ago } => write!(f, "the webhook's token expired {} ago", words(*ago)),
            Self::MissingPayloadHash => f.write_str(
                "the webhook's token has no payload_hash, so it says nothing about this body",
            ),
            Self::BodyMismatch => f.write_str(
                "the body is not the one that was signed: it was changed, or it is not the raw body \
                 (verify before parsing, never after)",
            ),
            Self::WrongApplication { found } => other(f, "application", found.as_deref()),
            Self::WrongApiKey { found } => other(f, "API key", found.as_deref()),
        }
    }
}

fn other(f: &mut fmt::Formatter<'_>, what: &str, found: Option<&str>) -> fmt::Result {
    match found {
        Some(found) => write!(f, "the webhook is for another {what}, {found:?}"),
        None => write!(f, "the webhook's token names no {what}"),
    }
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for WebhookError {}
