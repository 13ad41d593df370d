//! Why a token was refused.

use std::{fmt, time::Duration};

use super::{damage::damage, kind::TokenKind};
use crate::time::in_words;

/// Why a token was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// It cannot be read.
    Malformed {
        /// Which part, and why.
        reason: String,
    },
    /// It is signed with another algorithm than this project's tokens are.
    WrongAlgorithm {
        /// The algorithm that the token names, such as `none`.
        found: String,
        /// The algorithm of the project.
        expected: &'static str,
    },
    /// The signature does not match: another key, or a changed token.
    BadSignature,
    /// It is past its expiry.
    Expired {
        /// The time since its expiry.
        ago: Duration,
    },
    /// It was issued in the future, so that one of the two clocks is wrong, or it is not valid yet
    /// (`nbf`).
    NotYetValid {
        /// The time until it begins.
        ahead: Duration,
    },
    /// It is valid for longer than the service allows: 30 days, or 5 minutes for an OpenTok REST
    /// token.
    TtlTooLong {
        /// From its issue, or from now if it has none, to its expiry.
        ttl: Duration,
        /// The longest ttl allowed.
        longest: Duration,
    },
    /// Its expiry lies so far away that it must be in milliseconds.
    LooksLikeMilliseconds {
        /// The expiry as written in the token.
        expires_at: i64,
    },
    /// It is for another project.
    WrongProject {
        /// The API key or application id that it names, if any.
        found: Option<String>,
        /// The one that was expected.
        expected: String,
    },
    /// A client token where a REST token belongs, or the other way round.
    WrongKind {
        /// The kind of the token.
        found: TokenKind,
        /// The kind that the method verifies.
        expected: TokenKind,
    },
    /// A Vonage token of the same application, but not for the Video API's REST calls, such as a
    /// user token of the Client SDK.
    OtherPurpose {
        /// The claim that shows it: `sub`, `aud` or `acl`.
        name: &'static str,
    },
    /// A required claim is missing.
    MissingClaim {
        /// The name of the claim.
        name: &'static str,
    },
    /// A claim of the wrong type, or out of bounds.
    BadClaim {
        /// The name of the claim.
        name: &'static str,
    },
    /// A client token without a session id.
    NoSession,
}

impl VerifyError {
    /// Prefers what happened to the text as a whole, if that can be seen, to the fault of a part.
    pub(super) fn malformed(token: &str, reason: String) -> Self {
        Self::Malformed {
            reason: damage(token).map_or(reason, str::to_owned),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { reason } => write!(f, "this is not a token: {reason}"),
            Self::WrongAlgorithm { found, expected } => {
                write!(
                    f,
                    "the token is signed with {found:?}, and {expected} was expected"
                )
            }
            Self::BadSignature => f.write_str(
                "the signature does not match: it was made with another key, or the token was \
                 changed",
            ),
            Self::Expired { ago } if ago.is_zero() => {
                f.write_str("the token expired this very second")
            }
            Self::Expired { ago } => write!(f, "the token expired {} ago", words(*ago)),
            Self::NotYetValid { ahead } => write!(
                f,
                "the token begins {} in the future: one of the two clocks is wrong, or it is meant \
                 for later",
                words(*ahead)
            ),
            Self::TtlTooLong { ttl, longest } => write!(
                f,
                "the token is valid for {}, and {} is the maximum",
                words(*ttl),
                words(*longest)
            ),
            Self::LooksLikeMilliseconds { expires_at } => write!(
                f,
                "the token expires {expires_at} seconds after 1970, which looks like milliseconds"
            ),
            Self::WrongProject {
                found: Some(found),
                expected,
            } => {
                write!(
                    f,
                    "the token is for the project {found:?}, and {expected:?} was expected"
                )
            }
            Self::WrongProject {
                found: None,
                expected,
            } => {
                write!(
                    f,
                    "the token names no project, and {expected:?} was expected"
                )
            }
            Self::WrongKind { found, expected } => {
                write!(f, "this is a {found}, and a {expected} was expected")
            }
            Self::OtherPurpose { name } => write!(
                f,
                "the token is not for REST calls of the Video API, by its {name:?}: is it a user \
                 token of the Client SDK?"
            ),
            Self::MissingClaim { name } => write!(f, "the token has no {name:?}"),
            Self::BadClaim { name } => {
                write!(
                    f,
                    "the token's {name:?} has the wrong type or is out of bounds"
                )
            }
            Self::NoSession => f.write_str("the token is for no session"),
        }
    }
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for VerifyError {}
