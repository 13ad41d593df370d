//! Signed callbacks: where they come from, what their signature covers, and how to make one.

mod error;
mod network;
mod sign;
mod verify;

pub use error::WebhookError;
pub use network::IpAllowList;
pub use sign::WebhookSigner;
pub use verify::{WebhookClaims, WebhookVerifier};

use ring::digest::{SHA256, digest};

/// SHA-256 of the raw body.
fn body_hash(body: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, body).as_ref());
    hash
}
