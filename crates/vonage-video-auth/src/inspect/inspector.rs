//! What to check a token against.

use std::time::SystemTime;

use crate::{verify::Verifier, webhook::WebhookVerifier};

/// [`inspect`](crate::inspect()) with a key, or with the session that the token should be for.
#[derive(Clone, Debug)]
pub struct Inspector<'a> {
    pub(super) now: SystemTime,
    pub(super) verifier: Option<&'a Verifier>,
    pub(super) webhook: Option<&'a WebhookVerifier>,
    pub(super) session_id: Option<&'a str>,
}

impl<'a> Inspector<'a> {
    /// Creates an inspector that judges as of `now`.
    pub fn new(now: SystemTime) -> Self {
        Self {
            now,
            verifier: None,
            webhook: None,
            session_id: None,
        }
    }

    /// Checks the signature of client and REST tokens, and the project.
    #[must_use]
    pub fn verifier(mut self, verifier: &'a Verifier) -> Self {
        self.verifier = Some(verifier);
        self
    }

    /// Checks the signature of webhook tokens. Their body is not known here, so its hash is not
    /// compared.
    #[must_use]
    pub fn webhook_verifier(mut self, verifier: &'a WebhookVerifier) -> Self {
        self.webhook = Some(verifier);
        self
    }

    /// Compares the session of a client token.
    #[must_use]
    pub fn session_id(mut self, session_id: &'a str) -> Self {
        self.session_id = Some(session_id);
        self
    }
}
