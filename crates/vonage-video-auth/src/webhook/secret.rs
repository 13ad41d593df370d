//! Signature secrets, as they come out of dashboards, files and environments.

use ring::hmac::HMAC_SHA256;

use super::error::WebhookError;
use crate::{credentials::without_wrapping, looks_like, secret::HmacKey};

/// The keys that a configured secret may stand for: the secret without the white space, line end or
/// quotes that deployments put around it, and the secret as it is.
pub(super) fn keys(secret: &[u8]) -> Result<Vec<HmacKey>, WebhookError> {
    let bare = bare(secret)?;
    let mut keys = vec![HmacKey::new(HMAC_SHA256, bare)];
    if bare != secret {
        keys.push(HmacKey::new(HMAC_SHA256, secret));
    }
    Ok(keys)
}

/// The key of the secret in the dashboard.
pub(super) fn key(secret: &[u8]) -> Result<HmacKey, WebhookError> {
    Ok(HmacKey::new(HMAC_SHA256, bare(secret)?))
}

fn bare(secret: &[u8]) -> Result<&[u8], WebhookError> {
    let Ok(text) = std::str::from_utf8(secret) else {
        return Ok(secret);
    };
    let bare = without_wrapping(text);
    if bare.is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    if looks_like::placeholder(bare) {
        return Err(WebhookError::PlaceholderSecret);
    }
    Ok(bare.as_bytes())
}
