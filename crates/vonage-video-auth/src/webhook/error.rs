use std::fmt;
use std::time::Duration;

use crate::time::in_words;

/// Why a callback was not taken for one of the service's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The verifier was given no secret, or an empty one, with which anybody could sign.
    EmptySecret,
    /// No `Authorization` header. The service sends a callback without a signature on rare internal
    /// errors, and sends it again, signed, when it is answered with a 5xx status.
    MissingHeader,
    /// An `Authorization` header of another scheme than `Bearer`.
    NotBearer,
    /// The token cannot be taken apart.
    Malformed {
        /// Which part, and why.
        reason: String,
    },
    /// The token says another algorithm than HS256.
    WrongAlgorithm {
        /// What it says, such as `none` or `RS256`.
        found: String,
    },
    /// No secret fits the signature.
    BadSignature,
    /// No `iat`, so nobody can say how old it is.
    MissingIssuedAt,
    /// Signed too long ago, or sent again by somebody else.
    Stale {
        /// How long ago.
        age: Duration,
        /// How old it may be.
        tolerance: Duration,
    },
    /// Signed in the future: one of the two clocks is wrong.
    FromTheFuture {
        /// How far ahead.
        ahead: Duration,
    },
    /// The token has an `exp` and is past it.
    Expired {
        /// How long ago.
        ago: Duration,
    },
    /// No `payload_hash`, so the token would fit any body.
    MissingPayloadHash,
    /// The body is not the one that was signed.
    BodyMismatch,
    /// For another application than expected, or for none.
    WrongApplication {
        /// The one it names.
        found: Option<String>,
    },
    /// For another API key than expected, or for none.
    WrongApiKey {
        /// The one it names.
        found: Option<String>,
    },
}

impl WebhookError {
    /// The HTTP status to answer with: 500 where the service should send the callback again,
    /// signed; 401 otherwise.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::MissingHeader | Self::EmptySecret => 500,
            _ => 401,
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => f.write_str("a webhook secret is empty: copy the signature secret of this callback from the dashboard"),
            Self::MissingHeader => f.write_str("the callback is not signed: it has no Authorization header"),
            Self::NotBearer => f.write_str("the Authorization header is not of the Bearer scheme"),
            Self::Malformed { reason } => write!(f, "the callback's token cannot be read: {reason}"),
            Self::WrongAlgorithm { found } => write!(f, "the callback's token says the algorithm {found:?}, and only HS256 is taken"),
            Self::BadSignature => f.write_str(
                "no secret fits the callback's signature: each callback has its own secret in the dashboard, and a change takes up to 30 minutes",
            ),
            Self::MissingIssuedAt => f.write_str("the callback's token does not say when it was signed (iat)"),
            Self::Stale { age, tolerance } => {
                write!(f, "the callback was signed {} ago, and {} is the most", words(*age), words(*tolerance))
            }
            Self::FromTheFuture { ahead } => {
                write!(f, "the callback was signed {} in the future: check this machine's clock", words(*ahead))
            }
            Self::Expired { ago } => write!(f, "the callback's token expired {} ago", words(*ago)),
            Self::MissingPayloadHash => f.write_str("the callback's token has no payload_hash, so it says nothing about this body"),
            Self::BodyMismatch => f.write_str(
                "the body is not the one that was signed: it was changed, or it is not the raw body (verify before parsing, never after)",
            ),
            Self::WrongApplication { found } => write!(f, "the callback is for {}", other("application", found.as_deref())),
            Self::WrongApiKey { found } => write!(f, "the callback is for {}", other("API key", found.as_deref())),
        }
    }
}

fn other(what: &str, found: Option<&str>) -> String {
    found.map_or_else(
        || format!("no {what} in particular"),
        |found| format!("another {what}, {found:?}"),
    )
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for WebhookError {}
