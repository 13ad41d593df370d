//! Tokens that are refused, each for its own reason, and odd ones that are not.

use vonage_video_auth::{Environment, TokenFormat, TokenKind, VerifyError, peek};

use crate::common::*;

#[test]
fn changed_tokens_are_refused_wherever_they_were_changed() {
    for (credentials, session) in [(opentok(), OPENTOK_SESSION), (vonage(), VONAGE_SESSION)] {
        let verifier = credentials.verifier().unwrap();
        let token = credentials.token(session).data("a").sign_at(now()).unwrap();
        verifier.verify_client_token(&token, now()).unwrap();
        for index in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(
                verifier.verify_client_token(&changed, now()).is_err(),
                "byte {index}"
            );
        }
        for end in [".", "=", " ", "\n", ".e30", "A"] {
            assert!(
                verifier
                    .verify_client_token(&format!("{token}{end}"), now())
                    .is_err(),
                "{end:?}"
            );
        }
        assert!(
            verifier
                .verify_client_token(&token[..token.len() - 1], now())
                .is_err()
        );
    }
}

#[test]
fn changed_t1_tokens_are_refused() {
    let fields = format!("session_id={OPENTOK_SESSION}&create_time={NOW}&role=publisher&nonce=1");
    let verifier = opentok_verifier();
    verifier
        .verify_client_token(&t1(API_KEY, &fields, API_SECRET), now())
        .unwrap();
    let wrong = t1(API_KEY, &fields, "another secret");
    assert_eq!(refused(&wrong), VerifyError::BadSignature);
    let moved = t1("654321", &fields, API_SECRET);
    assert_eq!(
        refused(&moved),
        VerifyError::WrongProject {
            found: Some("654321".to_owned()),
            expected: API_KEY.to_owned()
        }
    );
    let twice = t1(API_KEY, &format!("{fields}&role=moderator"), API_SECRET);
    assert!(matches!(refused(&twice), VerifyError::Malformed { .. }));
    assert!(matches!(
        vonage_verifier().verify_client_token(&t1(APPLICATION, &fields, PUBLIC_KEY), now()),
        Err(VerifyError::WrongAlgorithm { .. })
    ));
}

#[test]
fn the_project_decides_the_algorithm_and_not_the_token() {
    let unsigned = hs256(r#"{"alg":"none"}"#, &client(""), API_SECRET);
    let unsigned = format!("{}.", unsigned.rsplit_once('.').unwrap().0);
    assert_eq!(
        refused(&unsigned),
        VerifyError::WrongAlgorithm {
            found: "none".to_owned(),
            expected: "HS256"
        }
    );
    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"HS512"}"#,
        r#"{"alg":"hs256"}"#,
        r#"{"alg":["HS256"]}"#,
        "{}",
    ] {
        assert!(
            matches!(
                refused(&hs256(header, &client(""), API_SECRET)),
                VerifyError::WrongAlgorithm { .. }
            ),
            "{header}"
        );
    }
    assert!(matches!(
        refused(&rs256(RS256, &client(""))),
        VerifyError::WrongAlgorithm { .. }
    ));

    // The classic: HS256 with the public key, which everybody has, as the secret.
    let payload = format!(
        r#"{{"application_id":"{APPLICATION}","session_id":"{VONAGE_SESSION}","scope":"session.connect","iat":{NOW}}}"#
    );
    for secret in [PUBLIC_KEY, PUBLIC_KEY.trim()] {
        let forged = hs256(HS256, &payload, secret);
        assert!(matches!(
            vonage_verifier().verify_client_token(&forged, now()),
            Err(VerifyError::WrongAlgorithm { .. })
        ));
        let forged = hs256(RS256, &payload, secret);
        assert_eq!(
            vonage_verifier().verify_client_token(&forged, now()),
            Err(VerifyError::BadSignature)
        );
    }
    let critical = hs256(
        r#"{"alg":"HS256","crit":["x"],"x":1}"#,
        &client(""),
        API_SECRET,
    );
    assert!(matches!(refused(&critical), VerifyError::Malformed { .. }));
}

#[test]
fn times_are_held_to_the_second() {
    let credentials = opentok();
    let verifier = opentok_verifier();
    let token = credentials
        .token(OPENTOK_SESSION)
        .ttl(seconds(60))
        .sign_at(now())
        .unwrap();
    let at = |offset| {
        verifier
            .verify_client_token(&token, after(offset))
            .map(drop)
    };
    assert_eq!(at(59), Ok(()));
    assert_eq!(at(60), Err(VerifyError::Expired { ago: seconds(0) }));
    assert_eq!(at(240), Err(VerifyError::Expired { ago: seconds(180) }));
    assert_eq!(at(-1), Err(VerifyError::NotYetValid { ahead: seconds(1) }));

    let lenient = opentok_verifier().leeway(seconds(30));
    let at = |offset| lenient.verify_client_token(&token, after(offset)).map(drop);
    assert_eq!(at(89), Ok(()));
    assert!(at(90).is_err());
    assert_eq!(at(-30), Ok(()));
    assert!(at(-31).is_err());
}

#[test]
fn a_token_that_is_meant_for_later_is_refused_until_then() {
    let token = |nbf: i64| hs256(HS256, &client(&format!(",\"nbf\":{nbf}")), API_SECRET);
    let verify = |nbf| opentok_verifier().verify_client_token(&token(nbf), now());
    assert!(verify(NOW).is_ok());
    let later = VerifyError::NotYetValid { ahead: seconds(30) };
    assert_eq!(verify(NOW + 30).unwrap_err(), later);
}

#[test]
fn lives_beyond_the_limits_are_refused() {
    let token = |exp: String| {
        hs256(
            HS256,
            &client("").replace(&format!("\"exp\":{}", NOW + 60), &format!("\"exp\":{exp}")),
            API_SECRET,
        )
    };
    assert!(
        opentok_verifier()
            .verify_client_token(&token((NOW + 2_592_000).to_string()), now())
            .is_ok()
    );
    assert!(matches!(
        refused(&token((NOW + 2_592_001).to_string())),
        VerifyError::TtlTooLong { .. }
    ));
    assert_eq!(
        refused(&token(format!("{NOW}000"))),
        VerifyError::LooksLikeMilliseconds {
            expires_at: NOW * 1_000
        }
    );
    for bad in ["true", "[]", "\"soon\"", "1e300", "-1e300"] {
        assert_eq!(
            refused(&token(bad.to_owned())),
            VerifyError::BadClaim { name: "exp" },
            "{bad}"
        );
    }
    // A fraction of a second, and digits in a string, are times.
    for odd in [format!("{}.5", NOW + 60), format!("\"{}\"", NOW + 60)] {
        assert!(
            opentok_verifier()
                .verify_client_token(&token(odd), now())
                .is_ok()
        );
    }
}

#[test]
fn kinds_are_not_mixed_up() {
    for (credentials, session) in [(opentok(), OPENTOK_SESSION), (vonage(), VONAGE_SESSION)] {
        let verifier = credentials.verifier().unwrap();
        // A client has this token in its hands, and it is signed with the project's own key.
        let client = credentials
            .token(session)
            .ttl(seconds(60))
            .sign_at(now())
            .unwrap();
        assert_eq!(
            verifier.verify_rest_token(&client, now()),
            Err(VerifyError::WrongKind {
                found: TokenKind::Client,
                expected: TokenKind::Rest
            })
        );
        let rest = credentials.rest_token(now()).unwrap();
        assert_eq!(
            verifier.verify_client_token(rest.token(), now()),
            Err(VerifyError::WrongKind {
                found: TokenKind::Rest,
                expected: TokenKind::Client
            })
        );
    }
    assert!(matches!(
        opentok_verifier().verify_rest_token("T1==eA==", now()),
        Err(VerifyError::Malformed { .. })
    ));
}

#[test]
fn opentok_rest_tokens_are_as_strict_as_the_service() {
    let verify = |payload: String| {
        opentok_verifier()
            .verify_rest_token(&hs256(HS256, &payload, API_SECRET), now())
            .map(drop)
    };
    let exp = NOW + 300;
    assert_eq!(
        verify(format!(
            r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW},"exp":{exp}}}"#
        )),
        Ok(())
    );
    assert_eq!(
        verify(format!(
            r#"{{"iss":{API_KEY},"ist":"account","iat":{NOW},"exp":{exp}}}"#
        )),
        Ok(())
    );
    assert!(matches!(
        verify(format!(
            r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW},"exp":{}}}"#,
            exp + 1
        )),
        Err(VerifyError::TtlTooLong { .. })
    ));
    assert_eq!(
        verify(format!(r#"{{"iss":"{API_KEY}","iat":{NOW},"exp":{exp}}}"#)),
        Err(VerifyError::MissingClaim { name: "ist" })
    );
    assert_eq!(
        verify(format!(
            r#"{{"iss":"{API_KEY}","ist":"x","iat":{NOW},"exp":{exp}}}"#
        )),
        Err(VerifyError::BadClaim { name: "ist" })
    );
    assert_eq!(
        verify(format!(
            r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW}}}"#
        )),
        Err(VerifyError::MissingClaim { name: "exp" })
    );
    assert_eq!(
        verify(format!(
            r#"{{"iss":"{API_KEY}","ist":"project","exp":{exp}}}"#
        )),
        Err(VerifyError::MissingClaim { name: "iat" })
    );
    assert_eq!(
        verify(format!(r#"{{"ist":"project","iat":{NOW},"exp":{exp}}}"#)),
        Err(VerifyError::WrongProject {
            found: None,
            expected: API_KEY.to_owned()
        })
    );
    // The Ruby SDK has ist in the header.
    let ruby = hs256(
        r#"{"alg":"HS256","ist":"project"}"#,
        &format!(r#"{{"iss":"{API_KEY}","iat":{NOW},"exp":{exp}}}"#),
        API_SECRET,
    );
    assert!(opentok_verifier().verify_rest_token(&ruby, now()).is_ok());
}

#[test]
fn peeking_finds_the_project_without_a_key() {
    let token = vonage().token(VONAGE_SESSION).sign_at(now()).unwrap();
    let peeked = peek(&token).unwrap();
    assert_eq!(peeked.kind, TokenKind::Client);
    assert_eq!(peeked.environment, Environment::Vonage);
    assert_eq!(peeked.project.as_deref(), Some(APPLICATION));
    assert_eq!(peeked.session_id.as_deref(), Some(VONAGE_SESSION));

    let token = opentok()
        .token(OPENTOK_SESSION)
        .format(TokenFormat::T1)
        .sign_at(now())
        .unwrap();
    let peeked = peek(&token).unwrap();
    assert_eq!(
        (peeked.format, peeked.project.as_deref()),
        (TokenFormat::T1, Some(API_KEY))
    );
    assert_eq!(peeked.session_id.as_deref(), Some(OPENTOK_SESSION));

    assert_eq!(
        peek(opentok().rest_token(now()).unwrap().token())
            .unwrap()
            .kind,
        TokenKind::Rest
    );
    assert!(matches!(peek("hello"), Err(VerifyError::Malformed { .. })));
    assert!(matches!(
        peek(&hs256(r#"{"alg":"none"}"#, "{}", "")),
        Err(VerifyError::WrongAlgorithm { .. })
    ));
}
