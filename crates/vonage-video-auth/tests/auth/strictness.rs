//! Tokens that one reader could take for more than another: without times, with members twice, made
//! for another purpose.

use vonage_video_auth::{
    ClaimValue, PublicKey, Role, SessionIdError, SessionInfo, TokenError, TokenFormat, Verifier,
    VerifyError, WebhookVerifier, inspect, peek,
};

use crate::common::*;

const DAY: i64 = 86_400;

fn opentok_verifier() -> Verifier {
    opentok().verifier().unwrap()
}

fn vonage_verifier() -> Verifier {
    Verifier::vonage(APPLICATION, PublicKey::from_pem(PUBLIC_KEY).unwrap()).unwrap()
}

/// A client token of each environment with these times.
fn with_times(times: &str) -> [(Verifier, String); 2] {
    let comma = if times.is_empty() { "" } else { "," };
    let opentok = format!(
        r#"{{"iss":"{API_KEY}","session_id":"{OPENTOK_SESSION}","scope":"session.connect"{comma}{times}}}"#
    );
    let vonage = format!(
        r#"{{"application_id":"{APPLICATION}","session_id":"{VONAGE_SESSION}","scope":"session.connect"{comma}{times}}}"#
    );
    [
        (opentok_verifier(), hs256(HS256, &opentok, API_SECRET)),
        (vonage_verifier(), rs256(RS256, &vonage)),
    ]
}

#[test]
fn a_client_token_without_an_expiry_expires_a_day_after_its_issue() {
    for (verifier, token) in with_times(&format!(r#""iat":{NOW}"#)) {
        let at = |offset| verifier.verify_client_token(&token, after(offset));
        assert_eq!(at(0).unwrap().expires_at, Some(after(DAY)));
        assert!(at(DAY - 1).is_ok());
        assert_eq!(at(DAY), Err(VerifyError::Expired { ago: seconds(0) }));
        let text = inspect(&token, now()).to_string();
        assert!(
            text.contains("counts as 24 hours after its issue"),
            "{text}"
        );
        let text = inspect(&token, after(2 * DAY)).to_string();
        assert!(text.contains("it expired 1 day ago"), "{text}");
    }
    let fields = format!("session_id={OPENTOK_SESSION}&create_time={NOW}&role=publisher");
    let token = t1(API_KEY, &fields, API_SECRET);
    let at = |offset| opentok_verifier().verify_client_token(&token, after(offset));
    assert_eq!(at(0).unwrap().expires_at, Some(after(DAY)));
    assert_eq!(at(DAY), Err(VerifyError::Expired { ago: seconds(0) }));
}

#[test]
fn a_client_token_without_any_time_is_refused() {
    for times in ["", r#""nbf":1"#, r#""exp":null,"iat":null"#] {
        for (verifier, token) in with_times(times) {
            assert_eq!(
                verifier.verify_client_token(&token, now()),
                Err(VerifyError::MissingClaim { name: "exp" }),
                "{times}"
            );
            assert!(!inspect(&token, now()).is_fine());
        }
    }
    for fields in ["", "&create_time=&expire_time=", "&create_time="] {
        let fields = format!("session_id={OPENTOK_SESSION}&role=publisher{fields}");
        let token = t1(API_KEY, &fields, API_SECRET);
        assert_eq!(
            opentok_verifier().verify_client_token(&token, now()),
            Err(VerifyError::MissingClaim {
                name: "expire_time"
            }),
            "{fields}"
        );
        assert!(!inspect(&token, now()).is_fine());
    }
}

#[test]
fn a_token_that_expires_more_than_thirty_days_from_now_is_refused() {
    let (edge, over) = (NOW + 30 * DAY, NOW + 30 * DAY + 1);
    for (verifier, token) in with_times(&format!(r#""exp":{edge}"#)) {
        assert!(verifier.verify_client_token(&token, now()).is_ok());
        // A second before, it is a second too far away.
        assert!(matches!(
            verifier.verify_client_token(&token, after(-1)),
            Err(VerifyError::TtlTooLong { .. })
        ));
    }
    for (verifier, token) in with_times(&format!(r#""exp":{over}"#)) {
        assert!(matches!(
            verifier.verify_client_token(&token, now()),
            Err(VerifyError::TtlTooLong { .. })
        ));
        assert!(!inspect(&token, now()).is_fine());
    }
    let fields = format!("session_id={OPENTOK_SESSION}&expire_time={over}");
    assert!(matches!(
        opentok_verifier().verify_client_token(&t1(API_KEY, &fields, API_SECRET), now()),
        Err(VerifyError::TtlTooLong { .. })
    ));
}

#[test]
fn a_member_that_stands_twice_is_refused_however_it_is_written() {
    let claims = format!(
        r#""iss":"{API_KEY}","iat":{NOW},"exp":{},"session_id":"{OPENTOK_SESSION}""#,
        NOW + 60
    );
    for (header, more) in [
        (HS256, r#""role":"publisher","role":"moderator""#),
        (HS256, r#""role":"publisher","r\u006fle":"moderator""#),
        (HS256, r#""\u0072ole":"publisher","role":"publisher""#),
        (HS256, r#""exp":9999999999"#),
        (HS256, r#""x":{"y":[{"z":1,"\u007a":2}]}"#),
        (r#"{"alg":"none","alg":"HS256"}"#, r#""role":"publisher""#),
        (
            r#"{"alg":"HS256","\u0061lg":"HS256"}"#,
            r#""role":"publisher""#,
        ),
    ] {
        let token = hs256(header, &format!("{{{claims},{more}}}"), API_SECRET);
        let error = opentok_verifier()
            .verify_client_token(&token, now())
            .unwrap_err();
        assert!(
            matches!(error, VerifyError::Malformed { .. }),
            "{more}: {error}"
        );
        assert!(error.to_string().contains("twice"), "{more}: {error}");
        assert!(peek(&token).is_err());
        assert!(!inspect(&token, now()).is_fine());
    }
    let single = hs256(
        HS256,
        &format!("{{{claims},\"role\":\"moderator\"}}"),
        API_SECRET,
    );
    let claims = opentok_verifier()
        .verify_client_token(&single, now())
        .unwrap();
    assert_eq!(claims.role, Role::Moderator);

    let rest = format!(
        r#"{{"iss":"{API_KEY}","ist":"account","ist":"project","iat":{NOW},"exp":{}}}"#,
        NOW + 60
    );
    assert!(
        opentok_verifier()
            .verify_rest_token(&hs256(HS256, &rest, API_SECRET), now())
            .is_err()
    );
    let webhook = format!(r#"{{"iat":{NOW},"payload_hash":"a","payload_hash":"b"}}"#);
    let header = format!("Bearer {}", hs256(HS256, &webhook, "secret"));
    let error = WebhookVerifier::new("secret")
        .unwrap()
        .verify(Some(&header), b"", now())
        .unwrap_err();
    assert!(error.to_string().contains("twice"), "{error}");
    let field = "it has the field";
    for fields in [
        "role=publisher&role=moderator",
        "role=publisher&r%6fle=moderator",
    ] {
        let fields = format!("session_id={OPENTOK_SESSION}&create_time={NOW}&{fields}");
        let error = opentok_verifier()
            .verify_client_token(&t1(API_KEY, &fields, API_SECRET), now())
            .unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
}

#[test]
fn user_tokens_of_the_client_sdk_are_not_rest_tokens() {
    let rest = |more: &str| {
        let claims = format!(r#"{{"application_id":"{APPLICATION}"{more}}}"#);
        vonage_verifier().verify_rest_token(&rs256(RS256, &claims), now())
    };
    let times = format!(r#","iat":{NOW},"exp":{}"#, NOW + 900);
    for more in [
        "",
        r#","sub":"video""#,
        r#","subject":"video""#,
        r#","sub":null,"acl":null,"aud":null"#,
        r#","aud":"video.api.vonage.com""#,
        r#","aud":["other","https://video.api.vonage.com/"]"#,
        r#","acl":{"paths":{"/**":{}}}"#,
        r#","acl":{"paths":{"/*/users/**":{},"/v2/project/**":{}}}"#,
        r#","sub":"video","acl":{"paths":{"/session/**":{}}}"#,
    ] {
        assert!(rest(&format!("{times}{more}")).is_ok(), "{more}");
    }
    for (more, name) in [
        (r#","sub":"alice""#, "sub"),
        (r#","sub":"""#, "sub"),
        (r#","sub":"Video""#, "sub"),
        (r#","sub":7"#, "sub"),
        (r#","subject":"alice""#, "subject"),
        (r#","aud":"other""#, "aud"),
        (r#","aud":[]"#, "aud"),
        (r#","acl":{}"#, "acl"),
        (r#","acl":{"paths":{}}"#, "acl"),
        (r#","acl":{"paths":{"/*/conversations/**":{}}}"#, "acl"),
        (
            r#","acl":{"paths":{"/*/users/**":{},"/*/legs/**":{}}}"#,
            "acl",
        ),
        (r#","sub":"video","acl":{"paths":["/other/**"]}"#, "acl"),
        (r#","acl":"everything""#, "acl"),
    ] {
        let error = rest(&format!("{times}{more}")).unwrap_err();
        assert_eq!(error, VerifyError::OtherPurpose { name }, "{more}");
        assert!(error.to_string().contains("Client SDK"), "{error}");
        let claims = format!(r#"{{"application_id":"{APPLICATION}"{times}{more}}}"#);
        let inspection = inspect(&rs256(RS256, &claims), now());
        assert!(!inspection.is_fine(), "{inspection}");
    }
    // Without an expiry, as the .NET SDK signs them; not without any time.
    assert!(rest(&format!(r#","iat":{NOW}"#)).is_ok());
    assert_eq!(rest(""), Err(VerifyError::MissingClaim { name: "iat" }));
    assert!(matches!(
        rest(&format!(r#","exp":{}"#, NOW + 31 * DAY)),
        Err(VerifyError::TtlTooLong { .. })
    ));
}

#[test]
fn session_ids_begin_with_one_or_two() {
    let rest = &OPENTOK_SESSION[1..];
    for first in ["é", "3", "a", "0", "١", "\u{200b}"] {
        let id = format!("{first}{rest}");
        assert_eq!(
            SessionInfo::decode(&id),
            Err(SessionIdError::NoPrefix),
            "{id}"
        );
        assert!(opentok().token(&id).sign_at(now()).is_err());
    }
    assert!(SessionInfo::decode(&format!("2{rest}")).is_ok());
}

#[test]
fn claims_that_no_verifier_would_read_are_refused_at_signing() {
    let credentials = opentok();
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mint = |json: &str| -> Result<String, TokenError> {
        credentials
            .token(OPENTOK_SESSION)
            .claim("mine", ClaimValue::json(json)?)
            .sign_at(now())
    };
    let verifier = credentials.verifier().unwrap();
    for depth in [1, 100, 126] {
        let token = mint(&nested(depth)).unwrap();
        assert!(verifier.verify_client_token(&token, now()).is_ok());
    }
    for depth in [127, 128, 1_000, 100_000] {
        let error = mint(&nested(depth)).unwrap_err();
        assert!(matches!(error, TokenError::ClaimNotJson { .. }), "{error}");
    }
    for twice in [r#"{"a":1,"a":2}"#, r#"[{"a":1,"\u0061":2}]"#] {
        let error = mint(twice).unwrap_err();
        assert!(error.to_string().contains("twice"), "{error}");
    }
    for (format, long) in [(TokenFormat::Jwt, 49_000), (TokenFormat::T1, 49_000)] {
        let mint = |length: usize| {
            credentials
                .token(OPENTOK_SESSION)
                .format(format)
                .claim("mine", "a".repeat(length))
                .sign_at(now())
        };
        assert!(matches!(mint(long), Err(TokenError::TooLarge { .. })));
        let fits = mint(48_000).unwrap();
        assert!(verifier.verify_client_token(&fits, now()).is_ok());
    }
}
