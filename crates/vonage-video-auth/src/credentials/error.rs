//! Why two values are not a pair of credentials.

use std::{borrow::Cow, fmt};

use super::report::VariableReport;
use crate::key::KeyError;

/// Why a pair of values is not a pair of credentials. Found without sending anything.
///
/// No value is quoted: in a swapped pair the secret is in the place of the name.
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The value where the application id belongs is something else.
    ApplicationId {
        /// What it looks like, and what to do.
        saw: Cow<'static, str>,
    },
    /// The value where the API key belongs is something else.
    ApiKey {
        /// What it looks like, and what to do.
        saw: Cow<'static, str>,
    },
    /// The value where the API secret belongs is something else.
    ApiSecret {
        /// What it looks like, and what to do.
        saw: Cow<'static, str>,
    },
    /// The value where the private key belongs is another kind of credential.
    PrivateKey {
        /// What it looks like, and what to do.
        saw: Cow<'static, str>,
    },
    /// The private key cannot be read.
    Key(KeyError),
    /// The environment variables do not hold credentials.
    Variables(Box<VariableReport>),
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApplicationId { saw } => write!(f, "the application id {saw}"),
            Self::ApiKey { saw } => write!(f, "the API key {saw}"),
            Self::ApiSecret { saw } => write!(f, "the API secret {saw}"),
            Self::PrivateKey { saw } => write!(f, "the private key {saw}"),
            Self::Key(error) => write!(f, "the private key cannot be used: {error}"),
            Self::Variables(report) => report.fmt(f),
        }
    }
}

impl std::error::Error for CredentialsError {
    /// The cause of a [`Key`](Self::Key) error, whose own words `Display` prints already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Key(error) => error.source(),
            _ => None,
        }
    }
}
