//! The same inputs for everybody.

pub const API_KEY: &str = "123456";
pub const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";
pub const OPENTOK_SESSION: &str =
    "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";

pub const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
pub const PRIVATE_KEY: &str =
    include_str!("../../../crates/vonage-video-auth/tests/fixtures/keys/pkcs8.pem");
pub const VONAGE_SESSION: &str = "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-";

/// 30 bytes.
pub const DATA: &str = "name=Johnny&room=12&user=78901";
pub const CLASSES: [&str; 2] = ["focus", "inactive"];
pub const CLASS_LIST: &str = "focus inactive";
pub const DAY: u64 = 86_400;

/// PKCS#8.
pub fn private_key_der() -> Vec<u8> {
    use base64::Engine as _;
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    base64::prelude::BASE64_STANDARD
        .decode(body)
        .expect("the fixture is base64")
}

pub fn unix_now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.expect("the clock is past 1970").as_secs()
}
