//! What a policy forbids about a token.

use std::{fmt, time::Duration};

use crate::{
    role::Role,
    time::{in_words, seconds_up},
};

/// What a [`TokenPolicy`](crate::TokenPolicy) forbids about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// A role with more rights than allowed.
    Role {
        /// The role that was requested.
        asked: Role,
        /// The highest role allowed.
        highest: Role,
    },
    /// A longer ttl than allowed.
    Ttl {
        /// The ttl that was requested.
        asked: Duration,
        /// The longest ttl allowed.
        longest: Duration,
    },
    /// A session that is not among the allowed ones.
    Session,
    /// No connection data where some is required.
    DataMissing,
    /// Other connection data than required.
    DataDiffers,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token policy forbids this: ")?;
        match self {
            Self::Role { asked, highest } => write!(
                f,
                "the role {:?} is not within the highest role {:?}",
                asked.as_str(),
                highest.as_str()
            ),
            Self::Ttl { asked, longest } => write!(
                f,
                "a ttl of {} is over the longest one of {}",
                in_words(seconds_up(*asked)),
                in_words(seconds_up(*longest))
            ),
            Self::Session => f.write_str("the session is not among the allowed ones"),
            Self::DataMissing => {
                f.write_str("the token has no connection data, and some is required")
            }
            Self::DataDiffers => f.write_str("the connection data is not the one that is required"),
        }
    }
}

impl std::error::Error for PolicyError {}
