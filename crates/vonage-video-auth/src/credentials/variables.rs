//! Credentials out of environment variables, and a report that leaves no question open when they
//! are not there.

use std::fmt;

use super::{Credentials, CredentialsError};
use crate::KeyError;

/// The environment variables that the project reads.
pub mod names {
    /// A Vonage application's id.
    pub const VONAGE_APPLICATION_ID: &str = "VONAGE_APPLICATION_ID";
    /// The text of the application's private key.
    pub const VONAGE_PRIVATE_KEY: &str = "VONAGE_PRIVATE_KEY";
    /// The file that holds the application's private key.
    pub const VONAGE_PRIVATE_KEY_PATH: &str = "VONAGE_PRIVATE_KEY_PATH";
    /// An OpenTok project's API key.
    pub const OPENTOK_API_KEY: &str = "OPENTOK_API_KEY";
    /// An OpenTok project's API secret.
    pub const OPENTOK_API_SECRET: &str = "OPENTOK_API_SECRET";
    /// Where the API is, when not at its usual host. Read by the HTTP layer.
    pub const VONAGE_VIDEO_BASE_URL: &str = "VONAGE_VIDEO_BASE_URL";
}

/// What became of one environment variable.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VariableState {
    /// Not set.
    Missing,
    /// Set to nothing, or to white space.
    Empty,
    /// Set, and fine as far as it goes.
    Present,
    /// Set to something that cannot be right, for this reason.
    Wrong(String),
}

/// Every variable that was looked up, in the order of precedence, and what became of it. Holds no
/// values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableReport(Vec<(&'static str, VariableState)>);

impl VariableReport {
    /// Names and states, in the order of precedence.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &VariableState)> {
        self.0.iter().map(|(name, state)| (*name, state))
    }

    fn mark(&mut self, name: &str, reason: String) {
        for (known, state) in &mut self.0 {
            if *known == name {
                *state = VariableState::Wrong(reason.clone());
            }
        }
    }

    fn is_wrong(&self) -> bool {
        self.0
            .iter()
            .any(|(_, state)| matches!(state, VariableState::Wrong(_)))
    }
}

impl fmt::Display for VariableReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_wrong() {
            "the credentials in the environment cannot be used:"
        } else {
            "no complete credentials in the environment: set VONAGE_APPLICATION_ID with VONAGE_PRIVATE_KEY or \
             VONAGE_PRIVATE_KEY_PATH, or OPENTOK_API_KEY with OPENTOK_API_SECRET;"
        })?;
        for (index, (name, state)) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { " " } else { ", " })?;
            match state {
                VariableState::Missing => write!(f, "{name} is missing")?,
                VariableState::Empty => write!(f, "{name} is empty")?,
                VariableState::Present => write!(f, "{name} is set")?,
                VariableState::Wrong(reason) => write!(f, "{name} is wrong ({reason})")?,
            }
        }
        Ok(())
    }
}

pub(super) fn read(
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<Credentials, CredentialsError> {
    use names::{
        OPENTOK_API_KEY, OPENTOK_API_SECRET, VONAGE_APPLICATION_ID, VONAGE_PRIVATE_KEY,
        VONAGE_PRIVATE_KEY_PATH,
    };

    let mut report = VariableReport(Vec::new());
    let mut get = |name: &'static str| {
        let value = lookup(name).map(zeroize::Zeroizing::new);
        let state = match &value {
            None => VariableState::Missing,
            Some(text) if text.trim().is_empty() => VariableState::Empty,
            Some(_) => VariableState::Present,
        };
        let usable = state == VariableState::Present;
        report.0.push((name, state));
        value.filter(|_| usable)
    };
    let vonage = (
        get(VONAGE_APPLICATION_ID),
        get(VONAGE_PRIVATE_KEY),
        get(VONAGE_PRIVATE_KEY_PATH),
    );
    let opentok = (get(OPENTOK_API_KEY), get(OPENTOK_API_SECRET));

    let (result, key_name) = match (&vonage, &opentok) {
        ((Some(id), Some(key), _), _) => (Credentials::vonage(id, key), VONAGE_PRIVATE_KEY),
        ((Some(id), None, Some(path)), _) => {
            (from_key_file(id, path.trim()), VONAGE_PRIVATE_KEY_PATH)
        }
        ((None, None, None), (Some(key), Some(secret))) => {
            (Credentials::opentok(key, secret), OPENTOK_API_SECRET)
        }
        _ => return Err(CredentialsError::Variables(Box::new(report))),
    };
    result.map_err(|error| {
        let (name, reason) = match error {
            CredentialsError::ApplicationId { saw } => (VONAGE_APPLICATION_ID, saw.to_owned()),
            CredentialsError::ApiKey { saw } => (OPENTOK_API_KEY, saw.to_owned()),
            CredentialsError::ApiSecret { saw } | CredentialsError::PrivateKey { saw } => {
                (key_name, saw.to_owned())
            }
            other => (key_name, without_prefix(&other)),
        };
        report.mark(name, reason);
        CredentialsError::Variables(Box::new(report))
    })
}

fn without_prefix(error: &CredentialsError) -> String {
    match error {
        CredentialsError::Key(error) => error.to_string(),
        other => other.to_string(),
    }
}

#[cfg(feature = "std")]
fn from_key_file(application_id: &str, path: &str) -> Result<Credentials, CredentialsError> {
    if crate::key::looks_like_pem(path) {
        return Err(CredentialsError::Key(KeyError::NotAKey {
            saw: "the text of a key where the name of a file belongs (set VONAGE_PRIVATE_KEY instead)",
        }));
    }
    let key = crate::PrivateKey::from_file(path).map_err(CredentialsError::Key)?;
    Credentials::vonage_with_key(application_id, key)
}

#[cfg(not(feature = "std"))]
fn from_key_file(_: &str, _: &str) -> Result<Credentials, CredentialsError> {
    Err(CredentialsError::Key(KeyError::NotAKey {
        saw: "a file name, and files need the feature `std`: set VONAGE_PRIVATE_KEY",
    }))
}
