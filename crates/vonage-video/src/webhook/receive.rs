//! One delivery: verified, then read.

use std::{fmt, time::SystemTime};

use http::{HeaderMap, header::AUTHORIZATION};
use vonage_video_auth::{WebhookClaims, WebhookError, WebhookVerifier};
use vonage_video_core::{DecodeError, EventKey, WebhookEvent};

/// A webhook whose sender and body are proved.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[doc(alias("extractor"))]
pub struct VerifiedWebhook {
    /// The event that the delivery reports.
    pub event: WebhookEvent,
    /// When the delivery was signed, and for whom.
    pub claims: WebhookClaims,
}

impl VerifiedWebhook {
    /// The key of the event: equal for every attempt and copy of it. To act once, remember keys,
    /// not [`WebhookClaims::id`]: it is not documented that a repeated delivery keeps its id.
    pub fn key(&self) -> EventKey {
        self.event.key()
    }
}

/// Why a delivery is not taken.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// It is not proved to be the service's.
    Refused(WebhookError),
    /// It is the service's, but its body is not JSON.
    NotJson(DecodeError),
}

/// Receives a delivery, by the headers and the body of its request. As [`receive_parts`].
///
/// # Errors
///
/// As [`receive_parts`].
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
/// # assert_eq!(handle(&verifier, &http::HeaderMap::new(), b"{}"), 503);
/// ```
pub fn receive(
    verifier: &WebhookVerifier,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<VerifiedWebhook, ReceiveError> {
    receive_at(verifier, headers, body, now())
}

/// [`receive`], at a given time.
///
/// # Errors
///
/// As [`receive_parts`].
pub fn receive_at(
    verifier: &WebhookVerifier,
    headers: &HeaderMap,
    body: &[u8],
    now: SystemTime,
) -> Result<VerifiedWebhook, ReceiveError> {
    receive_parts_at(verifier, authorization(headers), body, now)
}

/// Receives a delivery in any framework: checks who signed it, when, and over which body, then
/// reads it. An event of a kind that is not known is [`WebhookEvent::Unknown`], not an error.
///
/// `authorization` is the text of that header, `body` the bytes as they arrived: parsed and written
/// again they are not what was signed. Any content type is right. Limit the body before it is read;
/// 1 MiB is plenty.
///
/// ```
/// use vonage_video::webhook::{self, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("the signature secret of this webhook")?;
/// let status = match webhook::receive_parts(&verifier, None, b"{}") {
///     Ok(verified) => {
///         println!("{}: {}", verified.key(), verified.event.kind());
///         200
///     }
///     Err(error) => error.status(),
/// };
/// assert_eq!(status, 503); // Not signed: the service sends it again, signed.
/// # Ok::<(), webhook::WebhookError>(())
/// ```
///
/// # Errors
///
/// [`ReceiveError::Refused`], with one reason for each failure, and [`ReceiveError::NotJson`].
/// Respond with [`ReceiveError::status`].
pub fn receive_parts(
    verifier: &WebhookVerifier,
    authorization: Option<&str>,
    body: &[u8],
) -> Result<VerifiedWebhook, ReceiveError> {
    receive_parts_at(verifier, authorization, body, now())
}

/// [`receive_parts`], at a given time.
///
/// # Errors
///
/// As [`receive_parts`].
pub fn receive_parts_at(
    verifier: &WebhookVerifier,
    authorization: Option<&str>,
    body: &[u8],
    now: SystemTime,
) -> Result<VerifiedWebhook, ReceiveError> {
    let claims = verifier
        .verify(authorization, body, now)
        .map_err(ReceiveError::Refused)?;
    let event = read(body)?;
    Ok(VerifiedWebhook { event, claims })
}

pub(super) fn read(body: &[u8]) -> Result<WebhookEvent, ReceiveError> {
    serde_json::from_slice(body)
        .map_err(|error| ReceiveError::NotJson(DecodeError::whole(error.to_string())))
}

/// The `Authorization` header as text. One that is not text is refused as one of another scheme.
pub(super) fn authorization(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?;
    Some(value.to_str().unwrap_or("?"))
}

pub(super) fn now() -> SystemTime {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate that reads the clock"
    )]
    SystemTime::now()
}

impl ReceiveError {
    /// The HTTP status to respond with.
    ///
    /// | status | when | what the service does |
    /// |---|---|---|
    /// | 503 | the delivery is not signed, which happens to the service rarely | sends it again, signed |
    /// | 401 | its signature is wrong, too old, or over another body | not documented: it may or may not repeat after a 401 |
    /// | 400 | it is signed, but not JSON | likewise |
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(error) if error.status() >= 500 => 503,
            Self::Refused(error) => error.status(),
            Self::NotJson(_) => 400,
        }
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "{error}"),
            Self::NotJson(error) => write!(f, "the webhook is signed, but not JSON: {error}"),
        }
    }
}

impl std::error::Error for ReceiveError {}
