//! What the targets share: one project of each environment, a fixed clock, and signatures over
//! anything.
//!
//! Random bytes never carry a good signature, so a target that wants to get past it takes the
//! claims as its input and signs them itself. Each target says in its first lines what its input
//! looks like; `seeds/` has some for each.

pub mod server;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::hmac;

pub const API_KEY: &str = "123456";
pub const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";
pub const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
pub const PUBLIC_KEY: &str =
    include_str!("../../crates/vonage-video-auth/tests/fixtures/keys/public.pem");

/// Times are written in milliseconds, and read as seconds when they are of 1970 to 1973. One
/// millisecond after 1970 is past that when it has been written and read so often; from then on,
/// what is written reads the same.
pub const SETTLED: usize = 4;

/// The moment of every run, so that a crash comes again.
pub fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

/// A JWT over these texts.
pub fn hs256(header: &str, payload: &str, secret: &str) -> String {
    let (header, payload) = (
        BASE64_URL_SAFE_NO_PAD.encode(header),
        BASE64_URL_SAFE_NO_PAD.encode(payload),
    );
    let input = format!("{header}.{payload}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, input.as_bytes()));
    format!("{input}.{signature}")
}

/// `T1==` over these fields.
pub fn t1(fields: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, API_SECRET.as_bytes());
    let signature = hex(hmac::sign(&key, fields.as_bytes()).as_ref());
    let text = format!("partner_id={API_KEY}&sig={signature}:{fields}");
    format!("T1=={}", BASE64_STANDARD.encode(text))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text in two at its first line's end.
pub fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Fails unless a text is one line of a bounded length, with nothing that acts on a terminal or
/// hides in it.
pub fn assert_one_line(text: &str) {
    assert!(
        !text.chars().any(vonage_video_core::shared::is_hidden),
        "{text:?}"
    );
    assert!(text.chars().count() < 20_000, "{} characters", text.len());
}
