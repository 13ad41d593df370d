//! What a client token allows, and why one is refused.

use std::fmt;

use serde::{Deserialize, Serialize};
use vonage_video_auth::{Role, VerifyError};

use crate::world::role_name;

/// What a valid client token allows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Admission {
    #[serde(with = "role_name")]
    pub(crate) role: Role,
    pub(crate) data: String,
    pub(crate) classes: Vec<String>,
}

/// The reason why a client may not join.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinError {
    /// No session with that id was created here.
    NoSuchSession,
    /// The token is invalid: not signed by the session's project, expired, or not a client token.
    Token(VerifyError),
    /// The token is for another session.
    OtherSession {
        /// The id of the session that it is for.
        session_id: String,
    },
    /// The token's role is not one of `subscriber`, `publisher`, `publisheronly` and `moderator`.
    UnknownRole(String),
    /// The session's project was suspended or deleted.
    ProjectSuspended,
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchSession => f.write_str("no session of that id was created here"),
            Self::Token(error) => error.fmt(f),
            Self::OtherSession { session_id } => {
                write!(f, "the token is for another session, {session_id}")
            }
            Self::UnknownRole(role) => write!(f, "the token's role is unknown: {role:?}"),
            Self::ProjectSuspended => f.write_str("the session's project is suspended"),
        }
    }
}

impl std::error::Error for JoinError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The token error is shown as this one.
            Self::Token(error) => error.source(),
            _ => None,
        }
    }
}
