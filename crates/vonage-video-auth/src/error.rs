//! One error type for callers that treat all errors of this crate alike.

use std::fmt;

use crate::{
    client_token::{PolicyError, TokenError},
    credentials::CredentialsError,
    key::KeyError,
    role::UnknownRole,
    session::SessionIdError,
    verify::VerifyError,
    webhook::WebhookError,
};

/// Any error of this crate, for callers that treat them alike. Each function returns the narrower
/// type.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Two values are not a pair of credentials.
    Credentials(CredentialsError),
    /// A text is not the key that is needed.
    Key(KeyError),
    /// A token was not signed.
    Token(TokenError),
    /// A policy forbids a token.
    Policy(PolicyError),
    /// A text is not the name of a role.
    Role(UnknownRole),
    /// A text is not a session id.
    Session(SessionIdError),
    /// A token was refused.
    Verify(VerifyError),
    /// A webhook was refused.
    Webhook(WebhookError),
}

macro_rules! each {
    ($self:ident, $error:ident => $body:expr) => {
        match $self {
            Self::Credentials($error) => $body,
            Self::Key($error) => $body,
            Self::Token($error) => $body,
            Self::Policy($error) => $body,
            Self::Role($error) => $body,
            Self::Session($error) => $body,
            Self::Verify($error) => $body,
            Self::Webhook($error) => $body,
        }
    };
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, error => error.fmt(f))
    }
}

impl std::error::Error for Error {
    /// The cause of the narrower error, whose words this one already says.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        each!(self, error => error.source())
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<PolicyError> for Error {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

impl From<UnknownRole> for Error {
    fn from(error: UnknownRole) -> Self {
        Self::Role(error)
    }
}

impl From<SessionIdError> for Error {
    fn from(error: SessionIdError) -> Self {
        Self::Session(error)
    }
}

impl From<VerifyError> for Error {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl From<WebhookError> for Error {
    fn from(error: WebhookError) -> Self {
        Self::Webhook(error)
    }
}
