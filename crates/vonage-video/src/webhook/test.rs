//! Deliveries as the service sends them, for the tests of a receiver.
//!
//! ```
//! use vonage_video::{Timestamp, webhook::{self, WebhookEvent}};
//!
//! let at = Timestamp::from_millis(1_728_036_420_309);
//! let event = WebhookEvent::connection_created("session", "connection", at);
//! let request = webhook::test::signed(&event);
//! let received = webhook::receive(
//!     &webhook::test::verifier(),
//!     request.headers(),
//!     request.body().as_bytes(),
//! )?;
//! assert_eq!(received.event, event);
//! # Ok::<(), webhook::ReceiveError>(())
//! ```
//!
//! A [`Webhooks`](super::Webhooks) accepts the request as a tower service.

use std::{
    borrow::Borrow,
    sync::atomic::{AtomicU64, Ordering},
    time::SystemTime,
};

use http::{
    HeaderValue, Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use super::{WebhookError, WebhookEvent, WebhookSigner, WebhookVerifier, receive};

/// What [`signed`] signs with.
const SECRET: &str = "the signature secret of tests, known to all";

/// Verifies what [`signed`] signs.
pub fn verifier() -> WebhookVerifier {
    made(WebhookVerifier::new(SECRET))
}

/// A delivery of `event`, signed just now, for [`verifier`].
pub fn signed(event: impl Borrow<WebhookEvent>) -> Request<String> {
    signed_by(&made(WebhookSigner::new(SECRET)), event, receive::now())
}

/// A delivery of `event`, signed by `signer` at `now`. Each has an id of its own.
pub fn signed_by(
    signer: &WebhookSigner,
    event: impl Borrow<WebhookEvent>,
    now: SystemTime,
) -> Request<String> {
    static DELIVERIES: AtomicU64 = AtomicU64::new(1);
    let id = u128::from(DELIVERIES.fetch_add(1, Ordering::Relaxed));
    // An event is JSON that was read, or made of text and numbers: it can be written.
    let body = serde_json::to_string(event.borrow()).unwrap_or_default();
    let authorization = signer.header(body.as_bytes(), now, id.to_be_bytes());
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(authorization) = HeaderValue::try_from(authorization) {
        headers.insert(AUTHORIZATION, authorization);
    }
    request
}

/// Fails only for an empty secret.
#[expect(
    clippy::expect_used,
    reason = "the secret is a constant that is not empty"
)]
fn made<T>(outcome: Result<T, WebhookError>) -> T {
    outcome.expect("the secret is not empty")
}
