//! What a verified webhook's token says.

use std::time::SystemTime;

/// What a verified webhook's token says. The event itself is in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookClaims {
    /// When it was signed.
    pub issued_at: SystemTime,
    /// The `jti`, the id of this delivery.
    pub id: Option<String>,
    /// The `iss`: `Vonage` for webhooks of the service.
    pub issuer: Option<String>,
    /// The application that it is for.
    pub application_id: Option<String>,
    /// The account that it is for.
    pub api_key: Option<String>,
}
