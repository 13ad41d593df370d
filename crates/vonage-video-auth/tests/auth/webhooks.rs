//! Webhooks: the service's are accepted, and every forgery is refused for its own reason.

use ring::digest::{SHA256, digest};
use vonage_video_auth::{IpAllowList, WebhookError, WebhookSigner, WebhookVerifier};

use crate::common::*;

pub(crate) const SECRET: &str = "aVerySecretSecretOfThisWebhook";
pub(crate) const BODY: &[u8] = br#"{"event":"archive","id":"a","status":"available"}"#;
pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

pub(crate) fn verifier() -> WebhookVerifier {
    WebhookVerifier::new(SECRET).unwrap()
}

pub(crate) fn signer() -> WebhookSigner {
    WebhookSigner::new(SECRET)
        .unwrap()
        .api_key("a1b2c3d")
        .application_id(APPLICATION)
}

pub(crate) fn signed() -> String {
    signer().header(BODY, now(), [7; 16])
}

pub(crate) fn hash(body: &[u8]) -> String {
    digest(&SHA256, body)
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn claims() -> String {
    format!(
        r#"{{"iat":{NOW},"jti":"j","iss":"Vonage","payload_hash":"{}"}}"#,
        hash(BODY)
    )
}

pub(crate) fn refused(header: &str) -> WebhookError {
    verifier().verify(Some(header), BODY, now()).unwrap_err()
}

#[test]
fn a_signed_webhook_is_accepted() {
    let claims = verifier().verify(Some(&signed()), BODY, now()).unwrap();
    assert_eq!(claims.issued_at, now());
    assert_eq!(claims.issuer.as_deref(), Some("Vonage"));
    assert_eq!(
        claims.id.as_deref(),
        Some("07070707-0707-0707-0707-070707070707")
    );
    assert_eq!(claims.application_id.as_deref(), Some(APPLICATION));
    assert_eq!(claims.api_key.as_deref(), Some("a1b2c3d"));

    // The scheme in any case, and an upper-case hash.
    let token = signed().replacen("Bearer", "bEARER", 1);
    verifier().verify(Some(&token), BODY, now()).unwrap();
    let upper = self::claims().replace(&hash(BODY), &hash(BODY).to_uppercase());
    verifier()
        .verify(
            Some(&format!("Bearer {}", hs256(HEADER, &upper, SECRET))),
            BODY,
            now(),
        )
        .unwrap();
    // An empty body has a hash like any other.
    verifier()
        .verify(Some(&signer().header(b"", now(), [0; 16])), b"", now())
        .unwrap();
}

#[test]
fn the_body_is_the_one_that_was_signed() {
    let header = signed();
    let reordered = br#"{"id":"a","event":"archive","status":"available"}"#;
    let trailing = [BODY, b"\n"].concat();
    for body in [
        &b"{}"[..],
        b"",
        reordered,
        &trailing,
        &BODY[..BODY.len() - 1],
    ] {
        assert_eq!(
            verifier().verify(Some(&header), body, now()),
            Err(WebhookError::BodyMismatch)
        );
    }
    let with_hash = |hash: &str| claims().replace(&self::hash(BODY), hash);
    for wrong in [
        "",
        "00",
        &hash(BODY)[..63],
        &format!("{}0", hash(BODY)),
        &"g".repeat(64),
        &"é".repeat(32),
        &hash(b"{}"),
    ] {
        assert_eq!(
            refused(&format!(
                "Bearer {}",
                hs256(HEADER, &with_hash(wrong), SECRET)
            )),
            WebhookError::BodyMismatch,
            "{wrong}"
        );
    }
    let missing = format!(r#"{{"iat":{NOW},"jti":"j","iss":"Vonage"}}"#);
    assert_eq!(
        refused(&format!("Bearer {}", hs256(HEADER, &missing, SECRET))),
        WebhookError::MissingPayloadHash
    );
    let number = format!(r#"{{"iat":{NOW},"payload_hash":1}}"#);
    assert_eq!(
        refused(&format!("Bearer {}", hs256(HEADER, &number, SECRET))),
        WebhookError::MissingPayloadHash
    );
}

#[test]
fn only_hs256_counts() {
    for (header, found) in [
        (r#"{"alg":"none"}"#, "none"),
        (r#"{"alg":"RS256"}"#, "RS256"),
        (r#"{"alg":"HS512"}"#, "HS512"),
        ("{}", ""),
    ] {
        let error = refused(&format!("Bearer {}", hs256(header, &claims(), SECRET)));
        assert_eq!(
            error,
            WebhookError::WrongAlgorithm {
                found: found.to_owned()
            }
        );
    }
    let unsigned = hs256(r#"{"alg":"none"}"#, &claims(), SECRET);
    let unsigned = format!("Bearer {}.", unsigned.rsplit_once('.').unwrap().0);
    assert_eq!(
        refused(&unsigned),
        WebhookError::WrongAlgorithm {
            found: "none".to_owned()
        }
    );
    // A public key where the secret belongs does not make RS256 tokens good.
    let confused = WebhookVerifier::new(PUBLIC_KEY).unwrap();
    let token = format!("Bearer {}", rs256(r#"{"alg":"RS256"}"#, &claims()));
    assert!(matches!(
        confused.verify(Some(&token), BODY, now()),
        Err(WebhookError::WrongAlgorithm { .. })
    ));
    let critical = hs256(r#"{"alg":"HS256","crit":["exp"]}"#, &claims(), SECRET);
    assert!(matches!(
        refused(&format!("Bearer {critical}")),
        WebhookError::Malformed { .. }
    ));
}

#[test]
fn headers_that_hold_no_token_have_their_reasons() {
    assert_eq!(
        verifier().verify(None, BODY, now()),
        Err(WebhookError::MissingHeader)
    );
    assert_eq!(refused(" "), WebhookError::MissingHeader);
    assert_eq!(refused("Basic dXNlcjpwYXNz"), WebhookError::NotBearer);
    assert_eq!(refused("Bearer"), WebhookError::NotBearer);
    for junk in [
        "Bearer x",
        "Bearer a.b",
        "Bearer a.b.c.d",
        "Bearer ..",
        "Bearer é.é.é",
    ] {
        assert!(
            matches!(refused(junk), WebhookError::Malformed { .. }),
            "{junk}"
        );
    }
    for tail in ["A", "=", ".", "\u{0}"] {
        assert!(
            verifier()
                .verify(Some(&format!("{}{tail}", signed())), BODY, now())
                .is_err(),
            "{tail:?}"
        );
    }
    assert_eq!(WebhookError::MissingHeader.status(), 500);
    assert_eq!(WebhookError::BadSignature.status(), 401);
}

#[test]
fn old_and_early_webhooks_are_refused() {
    let header = signed();
    let at = |offset| {
        verifier()
            .verify(Some(&header), BODY, after(offset))
            .map(drop)
    };
    assert_eq!(at(300), Ok(()));
    assert_eq!(
        at(301),
        Err(WebhookError::Stale {
            age: seconds(301),
            max_age: seconds(300)
        })
    );
    assert_eq!(at(-300), Ok(()));
    assert_eq!(
        at(-301),
        Err(WebhookError::FromTheFuture {
            ahead: seconds(301)
        })
    );
    let strict = verifier().tolerance(seconds(0));
    assert!(strict.verify(Some(&header), BODY, now()).is_ok());
    assert!(strict.verify(Some(&header), BODY, after(1)).is_err());

    let with = |claim: &str| {
        format!(
            "Bearer {}",
            hs256(
                HEADER,
                &claims().replacen('{', &format!("{{{claim},"), 1),
                SECRET
            )
        )
    };
    let expired = with(&format!(r#""exp":{}"#, NOW - 400));
    assert_eq!(
        refused(&expired),
        WebhookError::Expired { ago: seconds(400) }
    );
    let timeless = claims().replace(&format!("\"iat\":{NOW},"), "");
    assert_eq!(
        refused(&format!("Bearer {}", hs256(HEADER, &timeless, SECRET))),
        WebhookError::MissingIssuedAt
    );
    // Odd, but times, and held to the same limits.
    for (odd, taken) in [
        (format!("\"{NOW}\""), true),
        (format!("{NOW}.5"), true),
        (format!("\"{}\"", NOW - 301), false),
        ("\"now\"".to_owned(), false),
    ] {
        let token = hs256(HEADER, &claims().replace(&NOW.to_string(), &odd), SECRET);
        let result = verifier().verify(Some(&format!("Bearer {token}")), BODY, now());
        assert_eq!(result.is_ok(), taken, "{odd}");
    }
    for huge in [i64::MAX, i64::MIN] {
        let token = hs256(
            HEADER,
            &claims().replace(&NOW.to_string(), &huge.to_string()),
            SECRET,
        );
        assert!(
            verifier()
                .verify(Some(&format!("Bearer {token}")), BODY, now())
                .is_err()
        );
    }
}

#[test]
fn secrets_rotate_and_are_never_empty() {
    let both = WebhookVerifier::with_secrets(["the new one", SECRET]).unwrap();
    both.verify(Some(&signed()), BODY, now()).unwrap();
    let new = WebhookVerifier::new("the new one").unwrap();
    assert_eq!(
        new.verify(Some(&signed()), BODY, now()),
        Err(WebhookError::BadSignature)
    );
    for empty in ["", "  ", "\n"] {
        assert_eq!(
            WebhookVerifier::new(empty).unwrap_err(),
            WebhookError::EmptySecret
        );
        assert_eq!(
            WebhookVerifier::with_secrets([SECRET, empty]).unwrap_err(),
            WebhookError::EmptySecret
        );
        assert_eq!(
            WebhookSigner::new(empty).unwrap_err(),
            WebhookError::EmptySecret
        );
    }
    assert_eq!(
        WebhookVerifier::with_secrets(Vec::<String>::new()).unwrap_err(),
        WebhookError::EmptySecret
    );
}

#[test]
fn other_applications_and_accounts_are_refused() {
    let header = signed();
    let check = |verifier: WebhookVerifier| verifier.verify(Some(&header), BODY, now()).map(drop);
    assert_eq!(
        check(verifier().application_id(APPLICATION).api_key("a1b2c3d")),
        Ok(())
    );
    let upper = APPLICATION.to_uppercase();
    assert_eq!(check(verifier().application_id(upper)), Ok(()));
    assert_eq!(
        check(verifier().application_id("other")),
        Err(WebhookError::WrongApplication {
            found: Some(APPLICATION.to_owned())
        })
    );
    assert_eq!(
        check(verifier().api_key("other")),
        Err(WebhookError::WrongApiKey {
            found: Some("a1b2c3d".to_owned())
        })
    );
    let anonymous = WebhookSigner::new(SECRET)
        .unwrap()
        .header(BODY, now(), [0; 16]);
    let verifier = verifier().application_id(APPLICATION);
    assert_eq!(
        verifier.verify(Some(&anonymous), BODY, now()),
        Err(WebhookError::WrongApplication { found: None })
    );
}

#[test]
fn the_network_has_its_edges() {
    let list = IpAllowList::vonage();
    for (address, inside) in [
        ("216.147.0.0", true),
        ("216.147.63.255", true),
        ("216.146.255.255", false),
        ("216.147.64.0", false),
        ("::ffff:216.147.1.2", true),
        ("::ffff:216.148.1.2", false),
        ("::1", false),
        ("2001:db8::d893:1", false),
    ] {
        assert_eq!(list.contains(address.parse().unwrap()), inside, "{address}");
    }
}
