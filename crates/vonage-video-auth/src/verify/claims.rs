//! What tokens say, read from every form that an SDK writes.

use std::{fmt, time::SystemTime};

use serde_json::{Map, Value};

use super::{error::VerifyError, t1::T1};
use crate::{
    client_token::{DEFAULT_TTL, TokenFormat},
    environment::Environment,
    jwt::Compact,
    role::Role,
    time::{from_unix_seconds, refresh_after, seconds_up, unix_seconds},
};

/// What a client token says.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientTokenClaims {
    /// The form of the token.
    pub format: TokenFormat,
    /// The environment whose key signed it.
    pub environment: Environment,
    /// The API key or application id that it is for.
    pub project: String,
    /// The session that the client may join.
    pub session_id: String,
    /// What the client may do. A token that names no role is a publisher's.
    pub role: Role,
    /// What other clients see beside the connection.
    pub connection_data: Option<String>,
    /// The layout classes that the client's streams begin with.
    pub layout_classes: Vec<String>,
    /// The `iat` or `create_time`.
    pub issued_at: Option<SystemTime>,
    /// The `exp` or `expire_time`; without one, 24 hours after the issue. A verified token always
    /// has it.
    pub expires_at: Option<SystemTime>,
    /// The `jti`, or else the `nonce`, as text.
    pub id: Option<String>,
    /// The whole payload as it was signed: JSON, or the URL-encoded fields of a `T1==` token. For
    /// claims of your own.
    pub payload: String,
}

/// What a REST token says.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RestTokenClaims {
    /// The environment whose key signed it.
    pub environment: Environment,
    /// The API key or application id that it is for.
    pub project: String,
    /// Whether it is an OpenTok account's (`"ist": "account"`) rather than a project's.
    pub account: bool,
    /// The time of issue, from `iat`.
    pub issued_at: Option<SystemTime>,
    /// The `exp`. The .NET SDK mints Vonage tokens without one.
    pub expires_at: Option<SystemTime>,
    /// The id of the token, from `jti`.
    pub id: Option<String>,
}

impl ClientTokenClaims {
    /// From when on the client should fetch another token: after four fifths of the ttl. `None`
    /// when the token does not say when it was issued or when it expires.
    pub fn refresh_after(&self) -> Option<SystemTime> {
        let seconds = |time: Option<SystemTime>| time.map(unix_seconds);
        let after = refresh_after(seconds(self.issued_at)?, seconds(self.expires_at)?);
        from_unix_seconds(after)
    }
}

/// Lists only what is known to be harmless: users write connection data about users.
impl fmt::Debug for ClientTokenClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientTokenClaims")
            .field("format", &self.format)
            .field("environment", &self.environment)
            .field("project", &self.project)
            .field("session_id", &self.session_id)
            .field("role", &self.role)
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RestTokenClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestTokenClaims")
            .field("environment", &self.environment)
            .field("project", &self.project)
            .field("account", &self.account)
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Times as the token states them, before they are judged.
pub(crate) struct Times {
    pub(crate) issued: Option<i64>,
    /// No SDK writes `nbf`, but a token that has it means it.
    pub(crate) not_before: Option<i64>,
    /// For client tokens 24 hours after the issue when the token does not say.
    pub(crate) expires: Option<i64>,
    /// Whether the token states its own expiry.
    #[cfg_attr(
        not(feature = "inspect"),
        expect(dead_code, reason = "only inspections show it")
    )]
    pub(crate) states_expiry: bool,
}

impl Times {
    fn of(claims: &Map<String, Value>) -> Result<Self, VerifyError> {
        let expires = seconds(claims, "exp")?;
        Ok(Self {
            issued: seconds(claims, "iat")?,
            not_before: seconds(claims, "nbf")?,
            expires,
            states_expiry: expires.is_some(),
        })
    }
}

/// The expiry of a client token: as it says, or else 24 hours after its issue.
fn expiry(stated: Option<i64>, issued: Option<i64>) -> Option<i64> {
    stated.or_else(|| Some(issued?.saturating_add(seconds_up(DEFAULT_TTL))))
}

pub(crate) fn client_claims(
    environment: Environment,
    project: String,
    jwt: &Compact<'_>,
) -> Result<(ClientTokenClaims, Times), VerifyError> {
    let claims = &jwt.claims;
    let session_id = text(claims, "session_id")?
        .filter(|id| !id.is_empty())
        .ok_or(VerifyError::NoSession)?;
    let mut times = Times::of(claims)?;
    times.expires = expiry(times.expires, times.issued);
    let claims = ClientTokenClaims {
        format: TokenFormat::Jwt,
        environment,
        project,
        session_id,
        role: text(claims, "role")?.map_or_else(Role::default, |role| Role::from_wire(&role)),
        connection_data: text(claims, "connection_data")?,
        layout_classes: layout(claims.get("initial_layout_class_list"))?,
        issued_at: times.issued.and_then(from_unix_seconds),
        expires_at: times.expires.and_then(from_unix_seconds),
        id: id(claims),
        payload: jwt.payload.clone(),
    };
    Ok((claims, times))
}

pub(crate) fn t1_claims(t1: &T1) -> Result<(ClientTokenClaims, Times), VerifyError> {
    let number = |name| match t1.field(name) {
        None | Some("") => Ok(None),
        Some(value) => number(value)
            .map(Some)
            .ok_or(VerifyError::BadClaim { name }),
    };
    let issued = number("create_time")?;
    let stated = number("expire_time")?;
    let expires = expiry(stated, issued);
    let session_id = t1
        .field("session_id")
        .filter(|id| !id.is_empty())
        .ok_or(VerifyError::NoSession)?;
    let claims = ClientTokenClaims {
        format: TokenFormat::T1,
        environment: Environment::OpenTok,
        project: t1.partner_id.clone(),
        session_id: session_id.to_owned(),
        role: t1.field("role").map_or_else(Role::default, Role::from_wire),
        connection_data: t1.field("connection_data").map(str::to_owned),
        layout_classes: words(t1.field("initial_layout_class_list").unwrap_or_default()),
        issued_at: issued.and_then(from_unix_seconds),
        expires_at: expires.and_then(from_unix_seconds),
        id: t1.field("nonce").map(str::to_owned),
        payload: t1.signed.clone(),
    };
    let times = Times {
        issued,
        not_before: None,
        expires,
        states_expiry: stated.is_some(),
    };
    Ok((claims, times))
}

pub(crate) fn rest_claims(
    environment: Environment,
    project: String,
    jwt: &Compact<'_>,
) -> Result<(RestTokenClaims, Times), VerifyError> {
    let times = Times::of(&jwt.claims)?;
    let claims = RestTokenClaims {
        environment,
        project,
        account: ist(jwt) == Some("account"),
        issued_at: times.issued.and_then(from_unix_seconds),
        expires_at: times.expires.and_then(from_unix_seconds),
        id: id(&jwt.claims),
    };
    Ok((claims, times))
}

/// The Ruby SDK writes `ist` into the header.
pub(crate) fn ist<'t>(jwt: &'t Compact<'_>) -> Option<&'t str> {
    jwt.claims
        .get("ist")
        .or_else(|| jwt.header.get("ist"))
        .and_then(Value::as_str)
}

/// `application_id` for Vonage, `iss` for OpenTok. A number is as good as its digits.
pub(crate) fn project(environment: Environment, claims: &Map<String, Value>) -> Option<String> {
    let name = match environment {
        Environment::Vonage => "application_id",
        Environment::OpenTok => "iss",
    };
    match claims.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text(claims: &Map<String, Value>, name: &'static str) -> Result<Option<String>, VerifyError> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(VerifyError::BadClaim { name }),
    }
}

/// Seconds since 1970, whole or not, as a number or in a string.
pub(crate) fn seconds(
    claims: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<i64>, VerifyError> {
    let found = match claims.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(value)) => value.as_i64().or_else(|| value.as_f64().and_then(whole)),
        Some(Value::String(text)) => number(text),
        Some(_) => None,
    };
    found.map(Some).ok_or(VerifyError::BadClaim { name })
}

fn number(text: &str) -> Option<i64> {
    text.parse()
        .ok()
        .or_else(|| text.parse().ok().and_then(whole))
}

/// Rounded down, where an integer can hold it.
fn whole(number: f64) -> Option<i64> {
    let bound = 2_f64.powi(62);
    (number > -bound && number < bound).then(|| number.floor() as i64)
}

/// A string with spaces, or vonage-python's array.
fn layout(value: Option<&Value>) -> Result<Vec<String>, VerifyError> {
    let bad = VerifyError::BadClaim {
        name: "initial_layout_class_list",
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(words(text)),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned).ok_or(bad.clone()))
            .collect(),
        Some(_) => Err(bad),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn id(claims: &Map<String, Value>) -> Option<String> {
    match claims.get("jti").or_else(|| claims.get("nonce"))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
