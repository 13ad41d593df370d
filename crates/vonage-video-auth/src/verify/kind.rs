//! What a token is for.

use std::fmt;

use serde_json::Value;

use crate::jwt::Compact;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Lets a client join a session.
    Client,
    /// Signs calls of the REST API.
    Rest,
    /// Comes with a webhook from the service.
    Webhook,
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client token",
            Self::Rest => "REST token",
            Self::Webhook => "webhook token",
        })
    }
}

/// A client token is known by its scope or its session, a webhook's by its issuer or its hash of
/// the body.
pub(crate) fn kind(jwt: &Compact<'_>) -> TokenKind {
    let claim = |name| jwt.claims.get(name).and_then(Value::as_str);
    if claim("scope") == Some("session.connect") || jwt.claims.contains_key("session_id") {
        TokenKind::Client
    } else if jwt.claims.contains_key("payload_hash") || claim("iss") == Some("Vonage") {
        TokenKind::Webhook
    } else {
        TokenKind::Rest
    }
}
