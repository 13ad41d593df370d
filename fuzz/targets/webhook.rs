//! Callbacks: what is taken was signed over this body, by this secret, lately; anything else is
//! refused in one line.
//!
//! `s`, claims, a newline and a body: signed here, with `HASH` in the claims replaced by the hash
//! of the body. Anything else: a header, a newline and a body.

#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use ring::digest::{SHA256, digest};
use vonage_video_auth::{Inspector, WebhookError, WebhookVerifier};
use vonage_video_fuzz::{assert_one_line, first_line, hex, hs256, now};

const SECRET: &str = "the secret of this callback";

static VERIFIER: LazyLock<WebhookVerifier> =
    LazyLock::new(|| WebhookVerifier::new(SECRET).expect("a secret"));
static OTHER: LazyLock<WebhookVerifier> =
    LazyLock::new(|| WebhookVerifier::new("another secret").expect("a secret"));

fuzz_target!(|text: &str| {
    if let Some(rest) = text.strip_prefix('s') {
        let (claims, body) = first_line(rest);
        let hash = hex(digest(&SHA256, body.as_bytes()).as_ref());
        let claims = claims.replace("HASH", &hash);
        let token = hs256(r#"{"alg":"HS256","typ":"JWT"}"#, &claims, SECRET);
        check(&format!("Bearer {token}"), body, Some(&hash));
        let confused = hs256(r#"{"alg":"RS256","typ":"JWT"}"#, &claims, SECRET);
        assert!(
            VERIFIER
                .verify(Some(&confused), body.as_bytes(), now())
                .is_err()
        );
    } else {
        let (header, body) = first_line(text);
        check(header, body, None);
    }
});

fn check(header: &str, body: &str, hash: Option<&str>) {
    match VERIFIER.verify(Some(header), body.as_bytes(), now()) {
        Ok(claims) => {
            assert!(hash.is_some(), "nobody signed {header}");
            let apart = now()
                .duration_since(claims.issued_at)
                .unwrap_or_else(|error| error.duration());
            assert!(apart <= Duration::from_secs(300), "{apart:?}");
            let longer = format!("{body} ");
            assert_eq!(
                VERIFIER.verify(Some(header), longer.as_bytes(), now()),
                Err(WebhookError::BodyMismatch)
            );
            assert_eq!(
                OTHER.verify(Some(header), body.as_bytes(), now()),
                Err(WebhookError::BadSignature)
            );
        }
        Err(error) => assert_one_line(&error.to_string()),
    }
    let inspection = Inspector::new(now())
        .webhook_verifier(&VERIFIER)
        .inspect(header);
    inspection.to_string().split('\n').for_each(assert_one_line);
}
