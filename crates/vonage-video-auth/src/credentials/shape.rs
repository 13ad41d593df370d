//! The four kinds of credentials that people own, and which of them a value is.
//!
//! | kind | name | secret |
//! |---|---|---|
//! | Vonage application | UUID | RSA private key |
//! | OpenTok project or account | digits | 40 hexadecimal digits |
//! | Vonage account | 8 hexadecimal digits | 16 letters and digits |

use std::borrow::Cow;

use super::error::CredentialsError;
use crate::{key::KeyError, looks_like};

const PLACEHOLDER: &str = "is a placeholder that was not filled in, such as `undefined` or `$NAME`: \
                           check the template or shell that sets it";

/// The value without what deployments put around it: white space, line ends (also written out, as
/// `\n` and `\r`), characters that cannot be seen, and one matching pair of quotes.
///
/// Only for values that can hold none of these themselves.
pub(crate) fn without_wrapping(value: &str) -> &str {
    let bare = without_ends(value);
    ['"', '\'', '`']
        .into_iter()
        .find_map(|quote| bare.strip_prefix(quote)?.strip_suffix(quote))
        .map_or(bare, without_ends)
}

fn without_ends(value: &str) -> &str {
    let mut value = value.trim_matches(looks_like::blank);
    while let Some(shorter) = value
        .strip_suffix("\\n")
        .or_else(|| value.strip_suffix("\\r"))
    {
        value = shorter.trim_end_matches(looks_like::blank);
    }
    value
}

/// A character of `value` that no id and no secret contains.
fn stray(value: &str) -> Option<Cow<'static, str>> {
    value.chars().find_map(|character| match character {
        '"' | '\'' | '`' => Some(
            "has a quotation mark in it: `--env-file` and some dashboards keep quotes, so write the value without them"
                .into(),
        ),
        '\\' => Some("has a backslash in it: it was escaped for a shell or for JSON and not unescaped".into()),
        '%' => Some("has a percent sign in it: it was percent-encoded for a URL".into()),
        _ if looks_like::invisible(character) => Some(
            format!(
                "has an invisible character in it (U+{:04X}): it was copied from a web page or a chat; type it again",
                u32::from(character)
            )
            .into(),
        ),
        _ if character.is_whitespace() || character.is_control() => {
            Some("has white space inside: it was copied together with something else".into())
        }
        _ => None,
    })
}

/// The id in lower case with hyphens. `private_key` only distinguishes a swapped pair from a wrong
/// id.
pub(crate) fn application_id(id: &str, private_key: &str) -> Result<String, CredentialsError> {
    let id = without_wrapping(id);
    if let (36, Ok(uuid)) = (id.len(), uuid::Uuid::try_parse(id)) {
        return Ok(uuid.hyphenated().to_string());
    }
    let saw = if looks_like::uuid(id) {
        "is a UUID without its hyphens or with something around it: write it as the dashboard does, 8-4-4-4-12"
    } else if id.is_empty() {
        "is empty: copy it from the application's page in the dashboard"
    } else if looks_like::pem(id) {
        if looks_like::uuid(without_wrapping(private_key)) {
            "is a key in PEM form and the private key is a UUID: the two are swapped"
        } else {
            "is a key in PEM form: the id (a UUID) comes first, the key second"
        }
    } else if looks_like::placeholder(id) {
        PLACEHOLDER
    } else if looks_like::api_key(id) {
        "is a number, like an OpenTok API key: use Credentials::opentok with its API secret, or the id of a Vonage application"
    } else if looks_like::account_key(id) {
        "is a Vonage account API key: the Video API needs an application with Video switched on, its id (a UUID) and its private key"
    } else if looks_like::session_id(id) {
        "is a session id"
    } else if looks_like::token(id) {
        "is a token"
    } else if looks_like::hex(id, 40) {
        "is a long hexadecimal value, like an OpenTok API secret"
    } else if id.contains('@') {
        "is an e-mail address: it is a UUID, on the application's page in the dashboard"
    } else {
        let saw = stray(id).unwrap_or_else(|| {
            "is not a UUID (8-4-4-4-12 hexadecimal digits): copy it from the application's page in the dashboard".into()
        });
        return Err(CredentialsError::ApplicationId { saw });
    };
    Err(CredentialsError::ApplicationId { saw: saw.into() })
}

/// A key error, or what the text is when it is another kind of credential.
pub(super) fn private_key(error: KeyError, text: &str) -> CredentialsError {
    let text = without_wrapping(text);
    let saw = if looks_like::uuid(text) {
        "is a UUID, like an application id: the text of private.key belongs there"
    } else if looks_like::hex(text, 40) {
        "is a long hexadecimal value, like an OpenTok API secret: use Credentials::opentok, or the text of private.key"
    } else if looks_like::placeholder(text) {
        PLACEHOLDER
    } else if looks_like::account_secret(text) {
        "is a Vonage account API secret: the Video API needs the application's private key (private.key)"
    } else {
        return CredentialsError::Key(error);
    };
    CredentialsError::PrivateKey { saw: saw.into() }
}

pub(crate) fn opentok_pair<'a>(
    key: &'a str,
    secret: &'a str,
) -> Result<(&'a str, &'a str), CredentialsError> {
    let (key, secret) = (without_wrapping(key), without_wrapping(secret));
    api_key(key, secret).map_err(|saw| CredentialsError::ApiKey { saw })?;
    api_secret(key, secret).map_err(|saw| CredentialsError::ApiSecret { saw })?;
    Ok((key, secret))
}

fn api_key(key: &str, secret: &str) -> Result<(), Cow<'static, str>> {
    if looks_like::api_key(key) {
        return Ok(());
    }
    let saw = if key.is_empty() {
        "is empty: it is the number of the project in the OpenTok dashboard"
    } else if looks_like::uuid(key) {
        if looks_like::pem(secret) {
            "is an application id and the API secret a private key: use Credentials::vonage"
        } else {
            "is a UUID, like a Vonage application id: use Credentials::vonage with the application's private key"
        }
    } else if looks_like::pem(key) {
        "is a key in PEM form: use Credentials::vonage for an application id and its private key"
    } else if looks_like::placeholder(key) {
        PLACEHOLDER
    } else if looks_like::api_key(secret) {
        "is not a number but the API secret is: the two are swapped"
    } else if looks_like::account_key(key) {
        "is a Vonage account API key: use Credentials::vonage with an application id and its private key"
    } else if looks_like::token(key) {
        "is a token"
    } else if looks_like::session_id(key) {
        "is a session id"
    } else if looks_like::hex(key, 40) {
        "is a long hexadecimal value, like an API secret: the number of the project comes first"
    } else {
        return Err(stray(key).unwrap_or_else(|| {
            "is not a number: it is the number of the project in the OpenTok dashboard".into()
        }));
    };
    Err(saw.into())
}

fn api_secret(key: &str, secret: &str) -> Result<(), Cow<'static, str>> {
    let saw = if secret.is_empty() {
        "is empty: it is on the page of the project in the OpenTok dashboard"
    } else if looks_like::pem(secret) {
        "is a key in PEM form: with an application id and a private key use Credentials::vonage"
    } else if secret == key {
        "is the API key again"
    } else if looks_like::uuid(secret) {
        "is a UUID, like an application id: an API secret has 40 hexadecimal digits"
    } else if looks_like::token(secret) {
        "is a token"
    } else if looks_like::placeholder(secret) {
        PLACEHOLDER
    } else if looks_like::api_key(secret) && secret.len() < 16 {
        "is a short number, like an API key: an API secret has 40 hexadecimal digits"
    } else if looks_like::hex(secret, 36) && secret.len() < 40 {
        return Err(format!(
            "has {} hexadecimal digits, and an API secret has 40: it was cut when it was copied",
            secret.len()
        )
        .into());
    } else if looks_like::account_key(key)
        && looks_like::account_secret(secret)
        && !looks_like::hex(secret, 16)
    {
        "is a Vonage account API secret: the OpenTok dashboard has the project's, of 40 hexadecimal digits"
    } else {
        return stray(secret).map_or(Ok(()), Err);
    };
    Err(saw.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_deployments_put_around_a_value_comes_off() {
        for value in [
            "abc",
            " abc\n",
            "abc\r\n",
            "\u{feff}abc",
            "abc\u{200b}",
            "\"abc\"",
            "'abc'\n",
            "\"abc\\n\"",
            "abc\\r",
            "abc\\r\\n",
            "\u{a0}`abc`",
            "\" abc \"",
        ] {
            assert_eq!(without_wrapping(value), "abc", "{value:?}");
        }
        // One matching pair is removed. More may belong to the value.
        assert_eq!(without_wrapping("\"\"abc\"\""), "\"abc\"");
        assert_eq!(without_wrapping("\"abc'"), "\"abc'");
        assert_eq!(without_wrapping("\""), "\"");
    }
}
