//! Values that several tests share.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use vonage_video_auth::{Credentials, PublicKey, Verifier, VerifyError};

pub(crate) const API_KEY: &str = "123456";
pub(crate) const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";
pub(crate) const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
pub(crate) const PRIVATE_KEY: &str = include_str!("../fixtures/keys/pkcs8.pem");
pub(crate) const PUBLIC_KEY: &str = include_str!("../fixtures/keys/public.pem");

/// Of the project [`API_KEY`].
pub(crate) const OPENTOK_SESSION: &str =
    "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
/// Of the application [`APPLICATION`].
pub(crate) const VONAGE_SESSION: &str = "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-";

pub(crate) const NOW: i64 = 1_700_000_000;

pub(crate) fn now() -> SystemTime {
    after(0)
}

/// Seconds after [`now`], or before it.
pub(crate) fn after(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs((NOW + seconds).try_into().unwrap())
}

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn opentok() -> Credentials {
    Credentials::opentok(API_KEY, API_SECRET).unwrap()
}

pub(crate) fn vonage() -> Credentials {
    Credentials::vonage(APPLICATION, PRIVATE_KEY).unwrap()
}

/// A JWT over these texts, signed with HS256 and `secret`.
pub(crate) fn hs256(header: &str, payload: &str, secret: &str) -> String {
    let input = format!(
        "{}.{}",
        base64(header.as_bytes()),
        base64(payload.as_bytes())
    );
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let signature = base64(ring::hmac::sign(&key, input.as_bytes()).as_ref());
    format!("{input}.{signature}")
}

/// A JWT over these texts, signed with RS256 and [`PRIVATE_KEY`].
pub(crate) fn rs256(header: &str, payload: &str) -> String {
    let input = format!(
        "{}.{}",
        base64(header.as_bytes()),
        base64(payload.as_bytes())
    );
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, body).unwrap();
    let key = ring::rsa::KeyPair::from_pkcs8(&der).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    key.sign(
        &ring::signature::RSA_PKCS1_SHA256,
        &random,
        input.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{input}.{}", base64(&signature))
}

/// `T1==` over these fields, signed with `secret`.
pub(crate) fn t1(partner_id: &str, fields: &str, secret: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let tag = ring::hmac::sign(&key, fields.as_bytes());
    let hex: String = tag
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let text = format!("partner_id={partner_id}&sig={hex}:{fields}");
    format!(
        "T1=={}",
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, text)
    )
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, bytes)
}

/// The claims of a JWT, unverified.
pub(crate) fn claims(token: &str) -> serde_json::Map<String, serde_json::Value> {
    let payload = token.split('.').nth(1).unwrap();
    let bytes = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, payload).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Runs a future that never waits for anything outside of this thread.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

pub(crate) const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
pub(crate) const RS256: &str = r#"{"alg":"RS256","typ":"JWT"}"#;

pub(crate) fn opentok_verifier() -> Verifier {
    opentok().verifier().unwrap()
}

pub(crate) fn vonage_verifier() -> Verifier {
    Verifier::vonage(APPLICATION, PublicKey::from_pem(PUBLIC_KEY).unwrap()).unwrap()
}

/// Client claims of the OpenTok project, with `more` after them.
pub(crate) fn client(more: &str) -> String {
    format!(
        r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW},"exp":{},"scope":"session.connect","session_id":"{OPENTOK_SESSION}"{more}}}"#,
        NOW + 60
    )
}

pub(crate) fn refused(token: &str) -> VerifyError {
    opentok_verifier()
        .verify_client_token(token, now())
        .unwrap_err()
}
