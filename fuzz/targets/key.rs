//! Keys: what is read signs and verifies, what is not is explained in one line that quotes nothing
//! of it.
//!
//! The input is a key, PEM or DER.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vonage_video_auth::{Credentials, KeyError, PrivateKey, PublicKey, Seed, Verifier};
use vonage_video_fuzz::{APPLICATION, assert_one_line, now};

const SESSION: &str = "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-";

fuzz_target!(|bytes: &[u8]| {
    private(PrivateKey::from_der(bytes), bytes);
    public(PublicKey::from_der(bytes), bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        private(PrivateKey::from_pem(text), bytes);
        public(PublicKey::from_pem(text), bytes);
        for error in [
            Credentials::vonage(APPLICATION, text).err(),
            Credentials::vonage(text, text).err(),
            Credentials::opentok("123456", text).err(),
            Credentials::opentok(text, text).err(),
        ]
        .into_iter()
        .flatten()
        {
            explained(&error.to_string(), bytes);
        }
    }
});

fn private(key: Result<PrivateKey, KeyError>, input: &[u8]) {
    match key {
        Ok(key) => {
            let public = key.public_key();
            let verifier = Verifier::vonage(APPLICATION, public).expect("an application id");
            let credentials =
                Credentials::vonage_with_key(APPLICATION, key).expect("an application id");
            // A key whose halves do not fit together may fail to sign, but must not sign wrongly.
            if let Ok(token) = credentials
                .token(SESSION)
                .sign_with(&Seed::new(now(), 0, [0; 16]))
            {
                verifier
                    .verify_client_token(&token, now())
                    .expect("a key verifies what it signs");
            }
        }
        Err(error) => explained(&error.to_string(), input),
    }
}

fn public(key: Result<PublicKey, KeyError>, input: &[u8]) {
    match key {
        Ok(key) => assert!(format!("{key:?}").contains("bits"), "{key:?}"),
        Err(error) => explained(&error.to_string(), input),
    }
}

/// Only the label of a `BEGIN` line, which is in capitals, may be quoted.
fn explained(error: &str, input: &[u8]) {
    assert_one_line(error);
    for window in input.windows(20) {
        let Ok(window) = std::str::from_utf8(window) else {
            continue;
        };
        let has = |what: fn(&u8) -> bool| window.as_bytes().iter().any(what);
        let secret =
            has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && !window.contains(' ');
        assert!(!secret || !error.contains(window), "{error}");
    }
}
