//! The four kinds of credentials that people own, and which of them a value is.
//!
//! | kind | name | secret |
//! |---|---|---|
//! | Vonage application | UUID | RSA private key |
//! | OpenTok project or account | digits | 40 hexadecimal digits |
//! | Vonage account | 8 hexadecimal digits | 16 letters and digits |

use super::CredentialsError;
use crate::KeyError;
use crate::key::looks_like_pem;

/// The id in lower case with hyphens. `private_key` only tells a swapped pair from a lone wrong id.
pub(crate) fn application_id(id: &str, private_key: &str) -> Result<String, CredentialsError> {
    let id = id.trim();
    let refuse = |saw| Err(CredentialsError::ApplicationId { saw });
    if let Ok(uuid) = uuid::Uuid::try_parse(id) {
        return match id.len() {
            36 => Ok(uuid.hyphenated().to_string()),
            _ => refuse(
                "is a UUID without its hyphens or with something around it: write it as the dashboard does, 8-4-4-4-12",
            ),
        };
    }
    if id.is_empty() {
        refuse("is empty: copy it from the application's page in the dashboard")
    } else if looks_like_pem(id) {
        let swapped = uuid::Uuid::try_parse(private_key.trim()).is_ok();
        refuse(if swapped {
            "is a key in PEM form and the private key is a UUID: the two are swapped"
        } else {
            "is a key in PEM form: the id (a UUID) comes first, the key second"
        })
    } else if is_digits(id) {
        refuse(
            "is a number, like an OpenTok API key: use Credentials::opentok with its API secret, or the id of a Vonage application",
        )
    } else if is_account_key(id) {
        refuse(
            "is a Vonage account API key: the Video API needs an application with Video switched on, its id (a UUID) and its private key",
        )
    } else if is_session_id(id) {
        refuse("is a session id")
    } else if is_token(id) {
        refuse("is a token")
    } else if is_hex(id, 40) {
        refuse("is a long hexadecimal value, like an OpenTok API secret")
    } else if id.contains('@') {
        refuse("is an e-mail address: it is a UUID, on the application's page in the dashboard")
    } else {
        refuse(
            "is not a UUID (8-4-4-4-12 hexadecimal digits): copy it from the application's page in the dashboard",
        )
    }
}

/// A key error, or what the text is when it is another kind of credential.
pub(super) fn private_key(error: KeyError, text: &str) -> CredentialsError {
    let text = text.trim();
    let saw = if uuid::Uuid::try_parse(text).is_ok() {
        "is a UUID, like an application id: the text of private.key belongs there"
    } else if is_hex(text, 40) {
        "is a long hexadecimal value, like an OpenTok API secret: use Credentials::opentok, or the text of private.key"
    } else if is_account_secret(text) {
        "is a Vonage account API secret: the Video API needs the application's private key (private.key)"
    } else {
        return CredentialsError::Key(error);
    };
    CredentialsError::PrivateKey { saw }
}

pub(crate) fn opentok_pair<'a>(
    key: &'a str,
    secret: &'a str,
) -> Result<(&'a str, &'a str), CredentialsError> {
    let (key, secret) = (key.trim(), secret.trim());
    api_key(key, secret).map_err(|saw| CredentialsError::ApiKey { saw })?;
    api_secret(key, secret).map_err(|saw| CredentialsError::ApiSecret { saw })?;
    Ok((key, secret))
}

fn api_key(key: &str, secret: &str) -> Result<(), &'static str> {
    if is_digits(key) {
        return Ok(());
    }
    Err(if key.is_empty() {
        "is empty: it is the number of the project in the OpenTok dashboard"
    } else if uuid::Uuid::try_parse(key).is_ok() {
        if looks_like_pem(secret) {
            "is an application id and the API secret a private key: use Credentials::vonage"
        } else {
            "is a UUID, like a Vonage application id: use Credentials::vonage with the application's private key"
        }
    } else if looks_like_pem(key) {
        "is a key in PEM form: use Credentials::vonage for an application id and its private key"
    } else if is_digits(secret) {
        "is not a number but the API secret is: the two are swapped"
    } else if is_account_key(key) {
        "is a Vonage account API key: use Credentials::vonage with an application id and its private key"
    } else if is_token(key) {
        "is a token"
    } else if is_session_id(key) {
        "is a session id"
    } else if is_hex(key, 40) {
        "is a long hexadecimal value, like an API secret: the number of the project comes first"
    } else {
        "is not a number: it is the number of the project in the OpenTok dashboard"
    })
}

fn api_secret(key: &str, secret: &str) -> Result<(), &'static str> {
    Err(if secret.is_empty() {
        "is empty: it is on the page of the project in the OpenTok dashboard"
    } else if looks_like_pem(secret) {
        "is a key in PEM form: with an application id and a private key use Credentials::vonage"
    } else if secret == key {
        "is the API key again"
    } else if uuid::Uuid::try_parse(secret).is_ok() {
        "is a UUID, like an application id: an API secret has 40 hexadecimal digits"
    } else if is_token(secret) {
        "is a token"
    } else if is_digits(secret) && secret.len() < 16 {
        "is a short number, like an API key: an API secret has 40 hexadecimal digits"
    } else if secret.chars().any(|c| c.is_whitespace() || c.is_control()) {
        "has white space inside: it was copied together with something else"
    } else if is_account_key(key) && is_account_secret(secret) && !is_hex(secret, 16) {
        "is a Vonage account API secret: the OpenTok dashboard has the project's, of 40 hexadecimal digits"
    } else {
        return Ok(());
    })
}

fn is_digits(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hex(text: &str, at_least: usize) -> bool {
    text.len() >= at_least && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_account_key(text: &str) -> bool {
    text.len() == 8 && is_hex(text, 8)
}

fn is_account_secret(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_token(text: &str) -> bool {
    text.starts_with("eyJ") || text.starts_with("T1==")
}

fn is_session_id(text: &str) -> bool {
    text.starts_with("1_M") || text.starts_with("2_M")
}
