//! Deliveries taken apart without a framework's types.

use std::time::{Duration, SystemTime};

use vonage_video::webhook::{
    self, ReceiveError, WebhookError, WebhookSigner, WebhookVerifier, test,
};

use super::support::joins;

fn text<'a>(request: &'a http::Request<String>, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[test]
fn a_delivery_is_received_by_its_header_and_its_bytes_alone() {
    let event = joins("session", "a");
    let request = test::signed(&event);
    assert_eq!(request.method(), "POST");
    assert_eq!(text(&request, "content-type"), Some("application/json"));
    let body = request.body().as_bytes();
    let authorization = text(&request, "authorization");
    let verified = webhook::receive_parts(&test::verifier(), authorization, body).unwrap();
    assert_eq!(verified.event, event);
    assert_eq!(verified.key(), event.key());
    let again = test::signed(&event);
    let again =
        webhook::receive(&test::verifier(), again.headers(), again.body().as_bytes()).unwrap();
    // A delivery has an id, an event has a key.
    assert_ne!(again.claims.id, verified.claims.id);
    assert_eq!(again.key(), verified.key());
}

#[test]
fn the_status_says_what_the_service_shall_do() {
    let verifier = test::verifier();
    let request = test::signed(joins("session", "a"));
    let authorization = text(&request, "authorization");
    let status = |authorization, body: &[u8]| {
        let received = webhook::receive_parts(&verifier, authorization, body);
        received.map_or_else(|error| error.status(), |_| 200)
    };
    assert_eq!(status(authorization, request.body().as_bytes()), 200);
    assert_eq!(status(None, request.body().as_bytes()), 503);
    assert_eq!(status(Some(""), request.body().as_bytes()), 503);
    assert_eq!(status(Some("Basic x"), request.body().as_bytes()), 401);
    assert_eq!(status(authorization, b"{}"), 401);
    let signer = WebhookSigner::new("another secret").unwrap();
    let forged = signer.header(b"{}", SystemTime::now(), [1; 16]);
    assert_eq!(status(Some(&forged), b"{}"), 401);
    let own = WebhookVerifier::new("own").unwrap();
    let header = WebhookSigner::new("own")
        .unwrap()
        .header(b"<xml/>", SystemTime::now(), [1; 16]);
    let error = webhook::receive_parts(&own, Some(&header), b"<xml/>").unwrap_err();
    assert!(matches!(error, ReceiveError::NotJson(_)));
    assert_eq!(error.status(), 400);
}

#[test]
fn alone_a_signature_may_be_five_minutes_old() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_728_036_000);
    let signer = WebhookSigner::new("own").unwrap();
    let own = WebhookVerifier::new("own").unwrap();
    let header = signer.header(b"{}", now, [1; 16]);
    let after = |seconds| {
        let now = now + Duration::from_secs(seconds);
        webhook::receive_parts_at(&own, Some(&header), b"{}", now)
    };
    assert!(after(300).is_ok());
    let error = after(301).unwrap_err();
    assert!(
        matches!(error, ReceiveError::Refused(WebhookError::Stale { .. })),
        "{error}"
    );
}
