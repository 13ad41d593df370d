//! Credentials, roles and policies in configuration files.

use std::{fmt, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::{
    client_token::{OverLimit, TokenPolicy},
    credentials::{Credentials, CredentialsError},
    role::Role,
};

/// Credentials as they stand in a configuration file.
///
/// Either `application_id` with `private_key` or `private_key_path`, or `api_key` with
/// `api_secret`. `account = true` marks an OpenTok account. An unknown member is refused. `Debug`
/// shows no value.
///
/// ```
/// use vonage_video_auth::{Credentials, CredentialsConfig};
///
/// let config: CredentialsConfig = serde_json::from_str(
///     r#"{"api_key": 123456, "api_secret": "1234567890abcdef1234567890abcdef1234567890"}"#,
/// )?;
/// let credentials = Credentials::try_from(config)?;
/// assert_eq!(credentials.project(), "123456");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CredentialsConfig {
    #[serde(default)]
    application_id: Option<String>,
    #[serde(default)]
    private_key: Option<Secret>,
    #[serde(default)]
    private_key_path: Option<String>,
    #[serde(default, deserialize_with = "number_or_text")]
    api_key: Option<String>,
    #[serde(default)]
    api_secret: Option<Secret>,
    #[serde(default)]
    account: bool,
}

impl TryFrom<CredentialsConfig> for Credentials {
    type Error = CredentialsError;

    fn try_from(config: CredentialsConfig) -> Result<Self, CredentialsError> {
        if config.account {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let secret = config.api_secret.as_ref().map_or("", |secret| &secret.0);
            return Self::opentok_account(&text(&config.api_key), secret);
        }
        // The same rules as for environment variables, whose names say the same.
        Self::from_vars(|name| {
            let secret = |secret: &Option<Secret>| secret.as_ref().map(|it| it.0.to_string());
            match name {
                crate::env::VONAGE_APPLICATION_ID => config.application_id.clone(),
                crate::env::VONAGE_PRIVATE_KEY => secret(&config.private_key),
                crate::env::VONAGE_PRIVATE_KEY_PATH => config.private_key_path.clone(),
                crate::env::OPENTOK_API_KEY => config.api_key.clone(),
                crate::env::OPENTOK_API_SECRET => secret(&config.api_secret),
                _ => None,
            }
        })
    }
}

impl fmt::Debug for CredentialsConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsConfig")
    }
}

/// A text that is overwritten when it is dropped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Secret(#[serde(deserialize_with = "wiped")] Zeroizing<String>);

fn wiped<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer)
        .map(Zeroizing::new)
        // The usual error quotes what it found.
        .map_err(|_| de::Error::custom("a secret must be a string"))
}

/// An API key is a number, and written as one in some files.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Number(u64),
        Text(String),
    }
    Ok(
        Option::<Form>::deserialize(deserializer)?.map(|form| match form {
            Form::Number(number) => number.to_string(),
            Form::Text(text) => text,
        }),
    )
}

/// The forms of a role: its name, or `{"other": "name"}` for one that this crate does not know.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RoleForm {
    Name(String),
    Other { other: String },
}

impl Serialize for Role {
    /// Writes the name, or `{"other": "name"}` for [`Role::Other`].
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(name) => RoleForm::Other {
                other: name.clone(),
            }
            .serialize(serializer),
            known => serializer.serialize_str(known.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Role {
    /// Reads a name, refusing one that does not exist, or `{"other": "name"}`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match RoleForm::deserialize(deserializer)? {
            RoleForm::Name(name) => name.parse().map_err(de::Error::custom),
            RoleForm::Other { other } => Ok(Self::Other(other)),
        }
    }
}

/// A policy as it is written in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    highest_role: Option<Role>,
    /// Seconds, or a text such as `90m`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "ttl"
    )]
    longest_ttl: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sessions: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    require_data: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(default)]
    over_limit: OverLimitForm,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OverLimitForm {
    #[default]
    Refuse,
    Clamp,
}

impl Serialize for TokenPolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PolicyForm {
            highest_role: self.highest_role.clone(),
            longest_ttl: self.longest_ttl.map(|ttl| ttl.as_secs()),
            sessions: self.sessions.clone(),
            require_data: self.requires_some_data(),
            data: self.required_data().map(str::to_owned),
            over_limit: match self.over_limit {
                OverLimit::Refuse => OverLimitForm::Refuse,
                OverLimit::Clamp => OverLimitForm::Clamp,
            },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TokenPolicy {
    /// Reads `highest_role`, `longest_ttl` (seconds, or a text such as `"90m"`, `"12h"` or `"7d"`),
    /// `sessions`, `require_data`, `data` and `over_limit` (`"refuse"` or `"clamp"`), all of them
    /// optional. An unknown member is refused, as a misspelt limit would be none.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = PolicyForm::deserialize(deserializer)?;
        let mut policy = Self::new().over_limit(match form.over_limit {
            OverLimitForm::Refuse => OverLimit::Refuse,
            OverLimitForm::Clamp => OverLimit::Clamp,
        });
        if let Some(role) = form.highest_role {
            policy = policy.highest_role(role);
        }
        if let Some(seconds) = form.longest_ttl {
            policy = policy.longest_ttl(Duration::from_secs(seconds));
        }
        if let Some(sessions) = form.sessions {
            policy = policy.sessions(sessions);
        }
        if form.require_data {
            policy = policy.require_data();
        }
        if let Some(data) = form.data {
            policy = policy.data(data);
        }
        Ok(policy)
    }
}

fn ttl<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Seconds(u64),
        Text(String),
    }
    let Some(form) = Option::<Form>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let seconds = match form {
        Form::Seconds(seconds) => Some(seconds),
        Form::Text(text) => seconds(&text),
    };
    seconds.map(Some).ok_or_else(|| {
        de::Error::custom("a ttl must be seconds, or a text such as \"90m\", \"12h\" or \"7d\"")
    })
}

/// `30s`, `90m`, `12h` or `7d`.
fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    let unit = match text.chars().next_back()? {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let count = text.get(..text.len().checked_sub(1)?)?.trim_end();
    count.parse::<u64>().ok()?.checked_mul(unit)
}
