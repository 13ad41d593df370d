//! Signing webhooks as the service does.

use std::{fmt, time::SystemTime};

use super::{body_hash, error::WebhookError, secret::key};
use crate::{
    jwt,
    secret::HmacKey,
    time::unix_seconds,
    write::{decimal, json_name, json_text},
};

/// Signs webhooks as the service does: for the emulator, and for the tests of a webhook handler.
#[derive(Clone)]
pub struct WebhookSigner {
    secret: HmacKey,
    api_key: Option<String>,
    application_id: Option<String>,
}

impl WebhookSigner {
    /// Creates a signer with the secret that the receiver verifies with.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`] or [`WebhookError::PlaceholderSecret`].
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, WebhookError> {
        Ok(Self {
            secret: key(secret.as_ref())?,
            api_key: None,
            application_id: None,
        })
    }

    /// Sets the account that the token names.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Sets the application that the token names.
    #[must_use]
    pub fn application_id(mut self, application_id: impl Into<String>) -> Self {
        self.application_id = Some(application_id.into());
        self
    }

    /// Signs a token over `body` as of `now`. `id`, written as a UUID, becomes the `jti`.
    pub fn token(&self, body: &[u8], now: SystemTime, id: [u8; 16]) -> String {
        let mut claims = String::with_capacity(320);
        claims.push_str("{\"iat\":");
        decimal(&mut claims, unix_seconds(now));
        claims.push_str(",\"jti\":\"");
        let mut buffer = uuid::Uuid::encode_buffer();
        claims.push_str(
            uuid::Uuid::from_bytes(id)
                .hyphenated()
                .encode_lower(&mut buffer),
        );
        claims.push_str("\",\"iss\":\"Vonage\",\"payload_hash\":\"");
        body_hash::append(&mut claims, body);
        claims.push('"');
        for (name, value) in [
            ("api_key", &self.api_key),
            ("application_id", &self.application_id),
        ] {
            if let Some(value) = value {
                json_name(&mut claims, name);
                json_text(&mut claims, value);
            }
        }
        claims.push('}');
        let input = jwt::signing_input(jwt::HS256_HEADER, claims.as_bytes(), 32);
        let signature = self.secret.sign(&input);
        jwt::seal(input, signature.as_ref())
    }

    /// The value of the `Authorization` header: `Bearer` and the [`token`](Self::token).
    pub fn header(&self, body: &[u8], now: SystemTime, id: [u8; 16]) -> String {
        format!("Bearer {}", self.token(body, now, id))
    }
}

impl fmt::Debug for WebhookSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSigner")
            .field("api_key", &self.api_key)
            .field("application_id", &self.application_id)
            .finish_non_exhaustive()
    }
}
