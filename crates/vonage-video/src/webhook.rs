//! What the service posts to your URLs: verified, then typed.
//!
//! Deliveries are at least once, in any order, and repeated for a day when they are not answered with a 2xx: act on each once, by
//! [`WebhookClaims::id`]. Hand over the bytes of the body as they came: a framework that parses first has lost what was signed.

use std::{fmt, time::SystemTime};

use http::{HeaderMap, header::AUTHORIZATION};
pub use vonage_video_auth::{
    IpAllowList, WebhookClaims, WebhookError, WebhookSigner, WebhookVerifier,
};
use vonage_video_core::{DecodeError, WebhookEvent};

/// A callback whose sender and body are proved.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedWebhook {
    /// What happened.
    pub event: WebhookEvent,
    /// When it was signed, and for whom.
    pub claims: WebhookClaims,
}

/// Why a callback is not taken.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// It is not proved to be the service's.
    Refused(WebhookError),
    /// It is the service's, but its body is not JSON.
    NotJson(DecodeError),
}

/// Takes a callback: checks who signed it, when, and over which body, then reads it. An event of a kind that is not known is
/// [`WebhookEvent::Unknown`], not an error.
///
/// # Errors
///
/// [`ReceiveError::Refused`], with one reason for each failure, and [`ReceiveError::NotJson`]; answer with [`ReceiveError::status`].
///
/// ```
/// use vonage_video::{WebhookEvent, webhook::{self, WebhookVerifier}};
///
/// fn handle(verifier: &WebhookVerifier, headers: &http::HeaderMap, body: &[u8]) -> u16 {
///     match webhook::receive(verifier, headers, body) {
///         Ok(verified) => {
///             if let WebhookEvent::Archive(archive) = verified.event {
///                 println!("archive {} is {}", archive.id, archive.status);
///             }
///             200
///         }
///         Err(error) => error.status(),
///     }
/// }
/// # let verifier = WebhookVerifier::new("secret").unwrap();
/// # assert_eq!(handle(&verifier, &http::HeaderMap::new(), b"{}"), 500);
/// ```
pub fn receive(
    verifier: &WebhookVerifier,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<VerifiedWebhook, ReceiveError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate that reads the clock"
    )]
    let now = SystemTime::now();
    receive_at(verifier, headers, body, now)
}

/// [`receive`], at a given time.
///
/// # Errors
///
/// As [`receive`].
pub fn receive_at(
    verifier: &WebhookVerifier,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<VerifiedWebhook, ReceiveError> {
    // A header that is not text is refused as one that is not of the Bearer scheme.
    let authorization = headers
        .get(AUTHORIZATION)
        .map(|value| value.to_str().unwrap_or("?"));
    let claims = verifier
        .verify(authorization, body, now)
        .map_err(ReceiveError::Refused)?;
    let event = serde_json::from_slice(body)
        .map_err(|error| ReceiveError::NotJson(DecodeError::whole(error.to_string())))?;
    Ok(VerifiedWebhook { event, claims })
}

impl ReceiveError {
    /// The HTTP status to answer with: 500 where the service should try again, 401 where the signature is wrong, 400 for a body that is not JSON.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(error) => error.status(),
            Self::NotJson(_) => 400,
        }
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "{error}"),
            Self::NotJson(error) => write!(f, "the callback is signed, but not JSON: {error}"),
        }
    }
}

impl std::error::Error for ReceiveError {}
