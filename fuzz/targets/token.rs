//! Tokens: what verifies also inspects as valid, what inspects as fine also verifies, and nothing
//! forged does either.
//!
//! `j`, a header, a newline and claims: a JWT that is signed here. `t` and fields: a `T1==` token
//! that is signed here. `f`, a header, a newline and claims: a JWT signed with the public key as
//! its secret. Anything else: a token as it stands.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vonage_video_auth::{
    Inspection, Inspector, PublicKey, SignatureState, TokenKind, Verifier, peek,
};
use vonage_video_fuzz::{
    API_KEY, API_SECRET, APPLICATION, PUBLIC_KEY, assert_one_line, first_line, hs256, now, t1,
};

static OPENTOK: LazyLock<Verifier> =
    LazyLock::new(|| Verifier::opentok(API_KEY, API_SECRET).expect("an API key and its secret"));
static VONAGE: LazyLock<Verifier> = LazyLock::new(|| {
    let key = PublicKey::from_pem(PUBLIC_KEY).expect("a public key");
    Verifier::vonage(APPLICATION, key).expect("an application id")
});

fuzz_target!(|text: &str| {
    match text.split_at_checked(1) {
        Some(("j", rest)) => {
            let (header, claims) = first_line(rest);
            agree(&hs256(header, claims, API_SECRET));
        }
        Some(("t", fields)) => agree(&t1(fields)),
        Some(("f", rest)) => {
            let (header, claims) = first_line(rest);
            let forged = hs256(header, claims, PUBLIC_KEY);
            assert!(VONAGE.verify_client_token(&forged, now()).is_err());
            assert!(VONAGE.verify_rest_token(&forged, now()).is_err());
            agree(&forged);
        }
        _ => agree(text),
    }
});

fn agree(token: &str) {
    for verifier in [&*OPENTOK, &*VONAGE] {
        let inspection = Inspector::new(now()).verifier(verifier).inspect(token);
        readable(&inspection);
        let client = verifier.verify_client_token(token, now());
        let rest = verifier.verify_rest_token(token, now());

        for error in [client.as_ref().err(), rest.as_ref().err()]
            .into_iter()
            .flatten()
        {
            assert_one_line(&error.to_string());
        }
        assert!(client.is_err() || rest.is_err(), "{token} is of two kinds");
        if let Ok(claims) = &client {
            valid(token, &inspection, TokenKind::Client, verifier);
            assert_eq!(inspection.session_id.as_ref(), Some(&claims.session_id));
            assert_eq!(inspection.role.as_ref(), Some(&claims.role));
            assert_eq!(inspection.connection_data, claims.connection_data);
            assert_eq!(inspection.layout_classes, claims.layout_classes);
            assert_eq!(inspection.issued_at, claims.issued_at);
            assert_eq!(inspection.expires_at, claims.expires_at);
            assert!(claims.expires_at.is_none_or(|time| time > now()));
        }
        if let Ok(claims) = &rest {
            valid(token, &inspection, TokenKind::Rest, verifier);
            assert_eq!(inspection.account, claims.account);
            assert_eq!(inspection.expires_at, claims.expires_at);
        }

        // Spaces and quotes around a token do not matter to an inspection.
        let bare = token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.=+/".contains(&byte));
        if bare && inspection.is_fine() && inspection.signature == SignatureState::Valid {
            match inspection.kind {
                Some(TokenKind::Client) => drop(client.expect("a fine client token verifies")),
                Some(TokenKind::Rest) => drop(rest.expect("a fine REST token verifies")),
                _ => {}
            }
        }
    }
}

fn valid(token: &str, inspection: &Inspection, kind: TokenKind, verifier: &Verifier) {
    assert_eq!(inspection.signature, SignatureState::Valid);
    assert_eq!(inspection.kind, Some(kind));
    assert_eq!(inspection.project.as_deref(), Some(verifier.project()));
    assert_eq!(inspection.environment, Some(verifier.environment()));
    let peeked = peek(token).expect("what verifies can be read");
    assert_eq!(peeked.kind, kind);
    assert_eq!(peeked.project.as_deref(), Some(verifier.project()));
    assert_eq!(peeked.environment, verifier.environment());
}

fn readable(inspection: &Inspection) {
    for line in inspection.to_string().split('\n') {
        assert_one_line(line);
    }
}
