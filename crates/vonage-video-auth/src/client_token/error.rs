//! Why a token was not signed.

use std::{convert::Infallible, fmt, time::Duration};

use super::{
    limits::{LONGEST_DATA, LONGEST_LAYOUT},
    policy_error::PolicyError,
};
use crate::{
    credentials::SignError, jwt, random::NoRandom, role::UnknownRole, session::SessionIdError,
    signer::SignerError, time::in_words,
};

/// Why a token was not signed.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// It would have expired already, or this very second.
    Past {
        /// How long ago; zero for this very second.
        by: Duration,
    },
    /// Its ttl would be more than 30 days.
    TooLong {
        /// The ttl that was requested.
        ttl: Duration,
    },
    /// Its expiry in seconds is so far away that milliseconds must have been meant.
    LooksLikeMilliseconds {
        /// The requested expiry, in seconds since 1970.
        expires_at: i64,
    },
    /// Over 1000 characters of connection data.
    DataTooLong {
        /// The number of characters.
        length: usize,
    },
    /// Over 1000 characters of layout classes.
    LayoutTooLong {
        /// The number of characters, with the spaces between the classes.
        length: usize,
    },
    /// A layout class that is empty or has white space in it.
    LayoutClass {
        /// Its first 40 characters.
        class: String,
    },
    /// The name of a role that does not exist. To sign for one that this crate does not know, pass
    /// [`Role::Other`](crate::Role::Other).
    UnknownRole(UnknownRole),
    /// [`Role::Other`](crate::Role::Other) without a name.
    EmptyRole,
    /// An extra claim whose name is taken or empty.
    ReservedClaim {
        /// The first 40 characters of the name.
        name: String,
    },
    /// An extra claim that is not one JSON value, or that a verifier would refuse.
    ClaimNotJson {
        /// The line and column, and what is wrong there.
        reason: String,
    },
    /// The token would be longer than any verifier reads.
    TooLarge {
        /// Its length in bytes.
        length: usize,
    },
    /// `T1==` was requested with the credentials of a Vonage application.
    T1OnVonage,
    /// A client token was requested with account credentials.
    AccountCredentials,
    /// The session id cannot be read.
    Session(SessionIdError),
    /// The session belongs to another project.
    ForeignSession {
        /// The project that the session id names.
        owner: String,
        /// The project of the credentials.
        project: String,
    },
    /// A policy forbids it.
    Policy(PolicyError),
    /// The signer is asynchronous, and this method does not wait.
    NeedsAsync,
    /// The signer failed; its error is the `source()`.
    Signer(SignerError),
    /// The signer returned something that is not a raw RSA signature.
    NotASignature {
        /// The number of bytes it returned.
        length: usize,
    },
    /// The private key failed to sign.
    KeyFailed,
    /// The operating system returned no random numbers.
    NoRandom,
}

impl TokenError {
    /// Whether the values of the request caused this, so that a server should answer its own caller
    /// with a 4xx status: a role, ttl, session, data or claim that is out of bounds or that a
    /// policy forbids. `false` for what only the server's operator can mend: its credentials, its
    /// signer and its random numbers.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use vonage_video_auth::Credentials;
    ///
    /// let secret = "1234567890abcdef1234567890abcdef1234567890";
    /// let credentials = Credentials::opentok("123456", secret)?;
    /// let error = credentials.token("not a session").sign_at(SystemTime::UNIX_EPOCH).unwrap_err();
    /// assert!(error.is_caller_fault());
    /// # Ok::<(), vonage_video_auth::CredentialsError>(())
    /// ```
    pub const fn is_caller_fault(&self) -> bool {
        match self {
            Self::Past { .. }
            | Self::TooLong { .. }
            | Self::LooksLikeMilliseconds { .. }
            | Self::DataTooLong { .. }
            | Self::LayoutTooLong { .. }
            | Self::LayoutClass { .. }
            | Self::UnknownRole(_)
            | Self::EmptyRole
            | Self::ReservedClaim { .. }
            | Self::ClaimNotJson { .. }
            | Self::TooLarge { .. }
            | Self::Session(_)
            | Self::ForeignSession { .. }
            | Self::Policy(_) => true,
            Self::T1OnVonage
            | Self::AccountCredentials
            | Self::NeedsAsync
            | Self::Signer(_)
            | Self::NotASignature { .. }
            | Self::KeyFailed
            | Self::NoRandom => false,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Past { by } if by.is_zero() => {
                f.write_str("the token would expire this very second: set a longer ttl")
            }
            Self::Past { by } => write!(f, "the token would have expired {} ago", words(*by)),
            Self::TooLong { ttl } => too_long(f, *ttl),
            Self::LooksLikeMilliseconds { expires_at } => write!(
                f,
                "the token would expire {expires_at} seconds after 1970, which looks like \
                 milliseconds: divide by 1000, or use Duration::from_millis"
            ),
            Self::DataTooLong { length } => write!(
                f,
                "the connection data has {length} characters, and {LONGEST_DATA} is the maximum"
            ),
            Self::LayoutTooLong { length } => write!(
                f,
                "the layout classes have {length} characters together, and {LONGEST_LAYOUT} is the \
                 maximum"
            ),
            Self::LayoutClass { class } => {
                write!(
                    f,
                    "the layout class {class:?} is empty or has white space in it"
                )
            }
            Self::UnknownRole(error) => error.fmt(f),
            Self::EmptyRole => f.write_str("the role has no name"),
            Self::ReservedClaim { name } => {
                write!(
                    f,
                    "the claim {name:?} cannot be added: the name is taken or empty"
                )
            }
            Self::ClaimNotJson { reason } => write!(f, "the claim is not one JSON value: {reason}"),
            Self::TooLarge { length } => write!(
                f,
                "the token would have {length} bytes, and {} is the maximum: shorten its claims",
                jwt::LONGEST
            ),
            Self::T1OnVonage => f.write_str(
                "T1 tokens are for OpenTok projects only: a Vonage application's tokens are JWTs",
            ),
            Self::AccountCredentials => f.write_str(
                "account credentials sign no client tokens: use the API key and secret of the \
                 project that owns the session",
            ),
            Self::Session(error) => error.fmt(f),
            Self::ForeignSession { owner, project } => write!(
                f,
                "the session belongs to {owner:?} and the credentials to {project:?}, so the client \
                 would be refused: use the credentials that created the session, or \
                 allow_foreign_session()"
            ),
            Self::Policy(error) => error.fmt(f),
            Self::NeedsAsync => f.write_str(
                "these credentials have an asynchronous signer: use sign_async or \
                 authorization_async",
            ),
            Self::Signer(_) => f.write_str("the signer failed"),
            Self::NotASignature { length } => write!(
                f,
                "the signer returned {length} bytes that are not a raw RSA signature, which has \
                 256, 384 or 512 (as many as the modulus): it must not be wrapped in DER, hex or \
                 base64"
            ),
            Self::KeyFailed => f.write_str("the private key failed to sign"),
            Self::NoRandom => f.write_str("the operating system returned no random numbers"),
        }
    }
}

fn too_long(f: &mut fmt::Formatter<'_>, ttl: Duration) -> fmt::Result {
    write!(
        f,
        "the token's ttl would be {}, and 30 days is the maximum",
        words(ttl)
    )?;
    match ttl.as_secs() {
        seconds if seconds > 1_000_000_000 => {
            f.write_str(" (is this a point in time? use expires_at)")
        }
        seconds if seconds / 1000 <= 30 * 86_400 => f.write_str(" (were milliseconds meant?)"),
        _ => Ok(()),
    }
}

fn words(duration: Duration) -> String {
    in_words(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}

impl std::error::Error for TokenError {
    /// The signer's own error. The other causes are printed by `Display` already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Signer(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl From<PolicyError> for TokenError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

impl From<UnknownRole> for TokenError {
    fn from(error: UnknownRole) -> Self {
        Self::UnknownRole(error)
    }
}

impl From<Infallible> for TokenError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<SignError> for TokenError {
    fn from(error: SignError) -> Self {
        match error {
            SignError::NeedsAsync => Self::NeedsAsync,
            SignError::Signer(error) => Self::Signer(error),
            SignError::NotASignature { length } => Self::NotASignature { length },
            SignError::KeyFailed => Self::KeyFailed,
        }
    }
}

impl From<NoRandom> for TokenError {
    fn from(_: NoRandom) -> Self {
        Self::NoRandom
    }
}
