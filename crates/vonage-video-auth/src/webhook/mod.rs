//! Signed webhooks: where they come from, what their signature covers, and how to make one.

mod body_hash;
mod claims;
mod error;
mod header;
mod ip_allow_list;
mod secret;
mod signer;
mod verifier;

pub use claims::WebhookClaims;
pub use error::WebhookError;
pub use ip_allow_list::IpAllowList;
pub use signer::WebhookSigner;
pub use verifier::{DEFAULT_MAX_AGE, MAX_AGE_WITH_INBOX, WebhookVerifier};
