use std::fmt;
use std::time::Duration;

use super::{LONGEST_DATA, LONGEST_LAYOUT};
use crate::time::in_words;
use crate::{PolicyError, SessionIdError, SignerError};

/// Why a token was not minted.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// It would have expired already, or this very second.
    Past {
        /// How long ago; zero for this very second.
        by: Duration,
    },
    /// It would live for more than 30 days.
    TooLong {
        /// How long it would live.
        ttl: Duration,
    },
    /// Its expiry in seconds lies so far away that milliseconds must have been meant.
    LooksLikeMilliseconds {
        /// The expiry that was asked for, in seconds since 1970.
        expires_at: i64,
    },
    /// Over 1000 characters of connection data.
    DataTooLong {
        /// How many.
        length: usize,
    },
    /// Over 1000 characters of layout classes.
    LayoutTooLong {
        /// How many, with the spaces between the classes.
        length: usize,
    },
    /// A layout class that is empty or has white space in it.
    LayoutClass {
        /// Its first 40 characters.
        class: String,
    },
    /// A role without a name.
    EmptyRole,
    /// An extra claim whose name is taken or empty.
    ReservedClaim {
        /// The first 40 characters of the name.
        name: String,
    },
    /// An extra claim that is not one JSON value.
    ClaimNotJson {
        /// Where and why.
        reason: String,
    },
    /// `T1==` asked for with the credentials of a Vonage application.
    T1OnVonage,
    /// A client token asked for with account credentials.
    AccountCredentials,
    /// The session id cannot be read.
    Session(SessionIdError),
    /// The session belongs to somebody else.
    ForeignSession {
        /// The project that the session id names.
        owner: String,
        /// The project of the credentials.
        project: String,
    },
    /// A policy forbids it.
    Policy(PolicyError),
    /// The signer has to wait, and this was asked for without waiting.
    NeedsAsync,
    /// The signer failed.
    Signer(SignerError),
    /// The signer returned something that is no raw RSA signature.
    SignerAnswer {
        /// How many bytes it returned.
        length: usize,
    },
    /// The private key failed to sign.
    KeyFailed,
    /// The operating system gave no random numbers.
    NoRandom,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Past { by } if by.is_zero() => f.write_str("the token would expire this very second: let it live longer"),
            Self::Past { by } => write!(f, "the token would have expired {} ago", words(*by)),
            Self::TooLong { ttl } => {
                write!(f, "the token would live for {}, and 30 days is the most", words(*ttl))?;
                match ttl.as_secs() {
                    seconds if seconds > 1_000_000_000 => {
                        f.write_str(" (is this a point in time? use expires_at)")
                    }
                    seconds if seconds / 1000 <= 30 * 86_400 => {
                        f.write_str(" (were milliseconds meant?)")
                    }
                    _ => Ok(()),
                }
            }
            Self::LooksLikeMilliseconds { expires_at } => write!(
                f,
                "the token would expire at {expires_at} seconds after 1970, which looks like milliseconds: divide by 1000, or use \
                 Duration::from_millis"
            ),
            Self::DataTooLong { length } => {
                write!(f, "the connection data has {length} characters, and {LONGEST_DATA} is the most")
            }
            Self::LayoutTooLong { length } => {
                write!(f, "the layout classes have {length} characters together, and {LONGEST_LAYOUT} is the most")
            }
            Self::LayoutClass { class } => write!(f, "the layout class {class:?} is empty or has white space in it"),
            Self::EmptyRole => f.write_str("the role has no name"),
            Self::ReservedClaim { name } => write!(f, "the claim {name:?} cannot be added: the name is taken or empty"),
            Self::ClaimNotJson { reason } => write!(f, "the claim is not one JSON value: {reason}"),
            Self::T1OnVonage => f.write_str("T1 tokens are for OpenTok projects only: a Vonage application's tokens are JWTs"),
            Self::AccountCredentials => {
                f.write_str("account credentials mint no client tokens: use the API key and secret of the project that owns the session")
            }
            Self::Session(error) => error.fmt(f),
            Self::ForeignSession { owner, project } => write!(
                f,
                "the session belongs to {owner:?} and the credentials to {project:?}, so the client would be refused: use the credentials that \
                 created the session, or allow_foreign_session()"
            ),
            Self::Policy(error) => error.fmt(f),
            Self::NeedsAsync => f.write_str("these credentials have an asynchronous signer: use sign_async or authorization_async"),
            Self::Signer(error) => write!(f, "the signer failed: {error}"),
            Self::SignerAnswer { length } => write!(
                f,
                "the signer returned {length} bytes that are no raw RSA signature, which has 256, 384 or 512 (as many as the modulus): it must not be \
                 wrapped in DER, hex or base64"
            ),
            Self::KeyFailed => f.write_str("the private key failed to sign"),
            Self::NoRandom => f.write_str("the operating system gave no random numbers"),
        }
    }
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Signer(error) => Some(error.as_ref()),
            Self::Session(error) => Some(error),
            Self::Policy(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PolicyError> for TokenError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}
