//! Credentials from environment variables.

use std::error::Error;

use zeroize::Zeroizing;

use super::{
    Credentials,
    env::{
        OPENTOK_API_KEY, OPENTOK_API_SECRET, VONAGE_APPLICATION_ID, VONAGE_PRIVATE_KEY,
        VONAGE_PRIVATE_KEY_PATH,
    },
    error::CredentialsError,
    report::{VariableReport, VariableState},
    shape::without_wrapping,
};
use crate::key::KeyError;

impl Credentials {
    /// Reads [the variables](crate::env) with `lookup`, which `from_env` calls with the process's
    /// own.
    ///
    /// - When any of `VONAGE_APPLICATION_ID`, `VONAGE_PRIVATE_KEY` and `VONAGE_PRIVATE_KEY_PATH` is
    ///   set, it is a Vonage application. Then the id and one of the other two are needed;
    ///   `VONAGE_PRIVATE_KEY` (the text of the key) wins over `VONAGE_PRIVATE_KEY_PATH` (a file).
    /// - Otherwise it is an OpenTok project, of `OPENTOK_API_KEY` and `OPENTOK_API_SECRET`.
    ///
    /// Empty counts as not set. A half-set pair is an error and never a reason to use the other
    /// pair. White space, line ends and one pair of quotes around a value are removed, as
    /// `--env-file` and mounted secrets leave them there.
    ///
    /// # Errors
    ///
    /// [`CredentialsError::Variables`] lists every variable that was looked up, and whether it is
    /// missing, empty or wrong.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, CredentialsError> {
        read(&lookup)
    }

    /// [`from_vars`](Self::from_vars) with the environment of this process.
    ///
    /// # Errors
    ///
    /// As [`from_vars`](Self::from_vars).
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn from_env() -> Result<Self, CredentialsError> {
        // A value that is not Unicode counts as present and is refused for its shape.
        Self::from_vars(|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        })
    }
}

fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Credentials, CredentialsError> {
    let mut report = VariableReport::new();
    let mut get = |name: &'static str| {
        let value = lookup(name).map(Zeroizing::new);
        let state = match &value {
            None => VariableState::Missing,
            Some(text) if without_wrapping(text).is_empty() => VariableState::Empty,
            Some(_) => VariableState::Present,
        };
        let usable = state == VariableState::Present;
        report.add(name, state);
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
        ((Some(id), None, Some(path)), _) => (
            from_key_file(id, without_wrapping(path)),
            VONAGE_PRIVATE_KEY_PATH,
        ),
        ((None, None, None), (Some(key), Some(secret))) => {
            (Credentials::opentok(key, secret), OPENTOK_API_SECRET)
        }
        _ => return Err(CredentialsError::Variables(Box::new(report))),
    };
    result.map_err(|error| {
        let name = match error {
            CredentialsError::ApplicationId { .. } => VONAGE_APPLICATION_ID,
            CredentialsError::ApiKey { .. } => OPENTOK_API_KEY,
            _ => key_name,
        };
        report.mark_wrong(name, &reason(&error));
        CredentialsError::Variables(Box::new(report))
    })
}

/// What is wrong, without saying again of which value.
fn reason(error: &CredentialsError) -> String {
    match error {
        CredentialsError::ApplicationId { saw }
        | CredentialsError::ApiKey { saw }
        | CredentialsError::ApiSecret { saw }
        | CredentialsError::PrivateKey { saw } => saw.clone().into_owned(),
        CredentialsError::Key(error) => match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        },
        CredentialsError::Variables(report) => report.to_string(),
    }
}

#[cfg(feature = "std")]
pub(super) fn from_key_file(
    application_id: &str,
    path: &str,
) -> Result<Credentials, CredentialsError> {
    use crate::looks_like;

    if looks_like::pem(path) {
        return Err(CredentialsError::Key(KeyError::NotAKey {
            saw: "the text of a key where the name of a file belongs (set VONAGE_PRIVATE_KEY instead)",
        }));
    }
    if looks_like::placeholder(path) {
        return Err(CredentialsError::Key(KeyError::NotAKey {
            saw: "a placeholder that was not filled in, such as `undefined`, where the name of a file belongs",
        }));
    }
    let key = crate::key::PrivateKey::from_file(path).map_err(CredentialsError::Key)?;
    Credentials::vonage_with_key(application_id, key)
}

#[cfg(not(feature = "std"))]
pub(super) fn from_key_file(_: &str, _: &str) -> Result<Credentials, CredentialsError> {
    Err(CredentialsError::Key(KeyError::NotAKey {
        saw: "a file name, and files need the feature `std`: set VONAGE_PRIVATE_KEY",
    }))
}
