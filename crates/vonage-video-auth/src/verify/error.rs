use std::fmt;
use std::time::Duration;

use super::TokenKind;
use crate::time::in_words;

/// Why a token was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// It cannot be taken apart.
    Malformed {
        /// Which part, and why.
        reason: String,
    },
    /// It is signed with another algorithm than this project's tokens are.
    WrongAlgorithm {
        /// What the token says, such as `none`.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The signature does not match: another key, or a changed token.
    BadSignature,
    /// It expired.
    Expired {
        /// How long ago.
        ago: Duration,
    },
    /// It was issued in the future, which makes one of the two clocks wrong, or says that it begins there (`nbf`).
    NotYetValid {
        /// How far ahead.
        ahead: Duration,
    },
    /// It lives for longer than the service allows: 30 days, or 5 minutes for an OpenTok REST
    /// token.
    TtlTooLong {
        /// From its issue to its expiry.
        ttl: Duration,
        /// The most allowed.
        longest: Duration,
    },
    /// Its expiry lies so far away that it must be in milliseconds.
    LooksLikeMilliseconds {
        /// The expiry as it stands in the token.
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
        /// What it is.
        found: TokenKind,
        /// What was expected.
        expected: TokenKind,
    },
    /// A claim that must be there is not.
    MissingClaim {
        /// Its name.
        name: &'static str,
    },
    /// A claim of the wrong type, or out of bounds.
    BadClaim {
        /// Its name.
        name: &'static str,
    },
    /// A client token without a session id.
    NoSession,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { reason } => write!(f, "this is no token: {reason}"),
            Self::WrongAlgorithm { found, expected } => {
                write!(f, "the token is signed with {found:?}, and {expected} was expected")
            }
            Self::BadSignature => f.write_str("the signature does not match: it was made with another key, or the token was changed"),
            Self::Expired { ago } if ago.is_zero() => f.write_str("the token expired this very second"),
            Self::Expired { ago } => write!(f, "the token expired {} ago", words(*ago)),
            Self::NotYetValid { ahead } => {
                write!(f, "the token begins {} in the future: one of the two clocks is wrong, or it is meant for later", words(*ahead))
            }
            Self::TtlTooLong { ttl, longest } => {
                write!(f, "the token lives for {}, and {} is the most", words(*ttl), words(*longest))
            }
            Self::LooksLikeMilliseconds { expires_at } => {
                write!(f, "the token expires at {expires_at} seconds after 1970, which looks like milliseconds")
            }
            Self::WrongProject { found: Some(found), expected } => {
                write!(f, "the token is for the project {found:?}, and {expected:?} was expected")
            }
            Self::WrongProject { found: None, expected } => {
                write!(f, "the token names no project, and {expected:?} was expected")
            }
            Self::WrongKind { found, expected } => write!(f, "this is a {found}, and a {expected} was expected"),
            Self::MissingClaim { name } => write!(f, "the token has no {name:?}"),
            Self::BadClaim { name } => write!(f, "the token's {name:?} is not what it should be"),
            Self::NoSession => f.write_str("the token is for no session"),
        }
    }
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for VerifyError {}
