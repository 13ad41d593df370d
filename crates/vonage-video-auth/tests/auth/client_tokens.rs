//! What a client token may be, and everything that is refused before it is signed.

use std::time::{Duration, UNIX_EPOCH};

use vonage_video_auth::{
    ClaimValue, ClientTokenBuilder, Credentials, LONGEST_DATA, LONGEST_TTL, Role, SessionIdError,
    SessionInfo, TokenError, TokenFormat,
};

use crate::common::*;

fn token(credentials: &Credentials) -> ClientTokenBuilder<'_> {
    credentials.token(OPENTOK_SESSION)
}

fn expiry(token: &str) -> i64 {
    claims(token)["exp"].as_i64().unwrap() - NOW
}

#[test]
fn lifetimes_are_held_to_the_second() {
    let credentials = opentok();
    let mint = |ttl: Duration| token(&credentials).ttl(ttl).sign_at(now());
    assert_eq!(expiry(&token(&credentials).sign_at(now()).unwrap()), 86_400);
    assert_eq!(expiry(&mint(LONGEST_TTL).unwrap()), 2_592_000);
    assert_eq!(expiry(&mint(seconds(1)).unwrap()), 1);
    assert_eq!(expiry(&mint(Duration::from_millis(1_500)).unwrap()), 2);
    assert!(matches!(
        mint(LONGEST_TTL + seconds(1)),
        Err(TokenError::TooLong { .. })
    ));
    assert!(matches!(
        mint(LONGEST_TTL + Duration::from_nanos(1)),
        Err(TokenError::TooLong { .. })
    ));
    assert!(matches!(mint(Duration::ZERO), Err(TokenError::Past { by }) if by.is_zero()));
    assert!(matches!(
        mint(Duration::MAX),
        Err(TokenError::LooksLikeMilliseconds { .. })
    ));

    let until = |offset| token(&credentials).expires_at(after(offset)).sign_at(now());
    assert_eq!(expiry(&until(2_592_000).unwrap()), 2_592_000);
    assert!(matches!(until(2_592_001), Err(TokenError::TooLong { .. })));
    assert!(matches!(until(-180), Err(TokenError::Past { by }) if by == seconds(180)));
    assert!(matches!(until(0), Err(TokenError::Past { .. })));

    // 30 days counted from a clock that does not stand at a whole second.
    let odd = now() + Duration::from_millis(999);
    assert_eq!(
        expiry(
            &token(&credentials)
                .expires_at(odd + LONGEST_TTL)
                .sign_at(odd)
                .unwrap()
        ),
        2_592_000
    );
}

#[test]
fn milliseconds_where_seconds_belong_are_found_out() {
    let credentials = opentok();
    let milliseconds = UNIX_EPOCH + seconds(NOW as u64 * 1_000 + 30_000);
    let error = token(&credentials)
        .expires_at(milliseconds)
        .sign_at(now())
        .unwrap_err();
    assert!(
        matches!(error, TokenError::LooksLikeMilliseconds { expires_at } if expires_at == NOW * 1_000 + 30_000)
    );
    assert!(error.to_string().contains("divide by 1000"), "{error}");

    let error = token(&credentials)
        .ttl(seconds(86_400_000))
        .sign_at(now())
        .unwrap_err();
    assert!(
        error.to_string().contains("were milliseconds meant?"),
        "{error}"
    );
    let error = token(&credentials)
        .ttl(seconds(NOW as u64 + 60))
        .sign_at(now())
        .unwrap_err();
    assert!(error.to_string().contains("use expires_at"), "{error}");
}

#[test]
fn odd_clocks_do_no_harm() {
    let credentials = opentok();
    token(&credentials).sign_at(UNIX_EPOCH).unwrap();
    assert!(token(&credentials).sign_at(UNIX_EPOCH - seconds(1)).is_ok());
    let far = UNIX_EPOCH + Duration::from_secs(i64::MAX as u64);
    assert!(matches!(
        token(&credentials).sign_at(far),
        Err(TokenError::LooksLikeMilliseconds { .. } | TokenError::Past { .. })
    ));
}

#[test]
fn lengths_are_counted_in_characters() {
    let credentials = opentok();
    let with = |data: String| token(&credentials).data(data).sign_at(now());
    with("é".repeat(LONGEST_DATA)).unwrap();
    assert!(matches!(
        with("é".repeat(LONGEST_DATA + 1)),
        Err(TokenError::DataTooLong { length: 1001 })
    ));
    assert!(matches!(
        with("x".repeat(LONGEST_DATA + 1)),
        Err(TokenError::DataTooLong { length: 1001 })
    ));

    let classes = |count: usize| {
        token(&credentials)
            .layout_classes(vec!["x".repeat(9); count])
            .sign_at(now())
    };
    classes(100).unwrap(); // 999 with the spaces
    assert!(matches!(
        classes(101),
        Err(TokenError::LayoutTooLong { length: 1009 })
    ));
    for class in ["", "two words", "tab\t", "line\n"] {
        assert!(
            matches!(
                token(&credentials)
                    .layout_classes(["ok", class])
                    .sign_at(now()),
                Err(TokenError::LayoutClass { .. })
            ),
            "{class:?}"
        );
    }
    assert!(matches!(
        token(&credentials)
            .role(Role::Other(String::new()))
            .sign_at(now()),
        Err(TokenError::EmptyRole)
    ));
}

#[test]
fn a_role_that_does_not_exist_is_refused_unless_it_is_asked_for_as_such() {
    let credentials = opentok();
    let mint = |role: &str| token(&credentials).role(role).sign_at(now());
    assert!(mint("moderator").is_ok());
    for (name, words) in [
        (
            "Moderator",
            "did you mean \"moderator\"? roles are in lower case",
        ),
        ("publisher-only", "did you mean \"publisheronly\"?"),
        (
            "owner",
            "use subscriber, publisher, publisheronly or moderator",
        ),
        ("", "use subscriber, publisher, publisheronly or moderator"),
    ] {
        let error = mint(name).unwrap_err();
        assert!(matches!(error, TokenError::UnknownRole(_)));
        assert!(error.to_string().contains(words), "{name:?}: {error}");
        assert!(error.is_caller_fault());
    }
    let owned = String::from("owner");
    assert!(token(&credentials).role(&owned).sign_at(now()).is_err());
    let other = token(&credentials)
        .role(Role::Other(owned.clone()))
        .sign_at(now())
        .unwrap();
    let claims = credentials
        .verifier()
        .unwrap()
        .verify_client_token(&other, now())
        .unwrap();
    assert_eq!(claims.role, Role::Other(owned));
}

#[test]
fn an_issued_token_says_when_the_next_one_is_due() {
    let credentials = opentok();
    let issued = token(&credentials)
        .ttl(seconds(1_000))
        .issue_at(now())
        .unwrap();
    assert_eq!(issued.issued_at(), now());
    assert_eq!(issued.refresh_after(), after(800));
    assert_eq!(issued.expires_at(), after(1_000));
    let claims = credentials
        .verifier()
        .unwrap()
        .verify_client_token(issued.as_str(), now())
        .unwrap();
    assert_eq!(claims.refresh_after(), Some(after(800)));
    assert_eq!(String::from(issued.clone()), issued.into_string());
    let rest = credentials.rest_token(now()).unwrap();
    // 30 seconds of the five minutes are leeway; four fifths of what is left.
    assert_eq!(rest.refresh_after(), after(216));
}

#[test]
fn data_cannot_break_out_of_its_claim() {
    let credentials = opentok();
    let verifier = credentials.verifier().unwrap();
    let hostile = "x\",\"role\":\"moderator\"}&role=moderator&exp=9\u{0}\n\\:%26=+é🎥";
    for format in [TokenFormat::Jwt, TokenFormat::T1] {
        let token = token(&credentials)
            .data(hostile)
            .role(Role::Subscriber)
            .layout_classes(["a&role=moderator", "b\"c"])
            .claim("x&role", "moderator")
            .format(format)
            .sign_at(now())
            .unwrap();
        let claims = verifier.verify_client_token(&token, now()).unwrap();
        assert_eq!(claims.connection_data.as_deref(), Some(hostile));
        assert_eq!(claims.role, Role::Subscriber);
        assert_eq!(claims.layout_classes, ["a&role=moderator", "b\"c"]);
        assert_eq!(claims.expires_at, Some(after(86_400)));
    }
}

#[test]
fn extra_claims_are_added_and_cannot_replace_others() {
    let credentials = vonage();
    let token = credentials
        .token(VONAGE_SESSION)
        .claim("plan", "gold")
        .claim("level", 7)
        .claim("trial", false)
        .claim("list", ClaimValue::json("[1, {\"a\": null}]").unwrap())
        .claim(
            "id",
            ClaimValue::json("123456789012345678901234567890").unwrap(),
        );
    let token = token.sign_at(now()).unwrap();
    let read = vonage()
        .verifier()
        .unwrap()
        .verify_client_token(&token, now());
    assert!(
        read.unwrap()
            .payload
            .contains(":123456789012345678901234567890")
    );
    let all = claims(&token);
    assert_eq!(all["plan"], "gold");
    assert_eq!(all["level"], 7);
    assert_eq!(all["trial"], false);
    assert_eq!(all["list"], serde_json::json!([1, {"a": null}]));

    for name in [
        "role",
        "exp",
        "iat",
        "acl",
        "sub",
        "session_id",
        "application_id",
        "scope",
        "expire_time",
        "connection_data",
        "",
    ] {
        let error = credentials
            .token(VONAGE_SESSION)
            .claim(name, "x")
            .sign_at(now())
            .unwrap_err();
        assert!(
            matches!(error, TokenError::ReservedClaim { .. }),
            "{name}: {error}"
        );
    }
    let twice = credentials
        .token(VONAGE_SESSION)
        .claim("a", 1)
        .claim("a", 2);
    assert!(matches!(
        twice.sign_at(now()),
        Err(TokenError::ReservedClaim { .. })
    ));
    assert!(matches!(
        ClaimValue::json("{} {}"),
        Err(TokenError::ClaimNotJson { .. })
    ));
}

#[test]
fn foreign_and_unreadable_sessions_are_refused_unless_told_otherwise() {
    let (opentok, vonage) = (opentok(), vonage());
    for (credentials, session) in [(&opentok, VONAGE_SESSION), (&vonage, OPENTOK_SESSION)] {
        let error = credentials.token(session).sign_at(now()).unwrap_err();
        assert!(
            matches!(error, TokenError::ForeignSession { .. }),
            "{error}"
        );
        assert!(
            error.to_string().contains(API_KEY) && error.to_string().contains(APPLICATION),
            "{error}"
        );
        credentials
            .token(session)
            .allow_foreign_session()
            .sign_at(now())
            .unwrap();
    }
    // The key in another field than the owner's is no ownership.
    let location = SessionInfo::new("999", now(), "n")
        .with_location(API_KEY)
        .encode();
    assert!(
        matches!(opentok.token(&location).sign_at(now()), Err(TokenError::ForeignSession { owner, .. }) if owner == "999")
    );

    for (session, error) in [
        ("", SessionIdError::Empty),
        ("1_", SessionIdError::NoFields),
        ("hello", SessionIdError::NoPrefix),
        ("1_!", SessionIdError::NotBase64),
    ] {
        let found = opentok.token(session).sign_at(now()).unwrap_err();
        assert!(
            matches!(&found, TokenError::Session(found) if *found == error),
            "{session}: {found}"
        );
    }
    opentok
        .token("SESSIONID")
        .allow_foreign_session()
        .sign_at(now())
        .unwrap();
    assert!(
        opentok
            .token("")
            .allow_foreign_session()
            .sign_at(now())
            .is_err()
    );
}

#[test]
fn each_kind_of_credentials_knows_its_formats() {
    let vonage = vonage();
    assert!(matches!(
        vonage
            .token(VONAGE_SESSION)
            .format(TokenFormat::T1)
            .sign_at(now()),
        Err(TokenError::T1OnVonage)
    ));
    let account = Credentials::opentok_account(API_KEY, API_SECRET).unwrap();
    assert!(matches!(
        account.token(OPENTOK_SESSION).sign_at(now()),
        Err(TokenError::AccountCredentials)
    ));
}

#[cfg(feature = "std")]
#[test]
fn the_system_clock_signs_tokens_that_are_good_now() {
    let token = token(&opentok()).sign().unwrap();
    let issued = claims(&token)["iat"].as_i64().unwrap();
    assert!(issued > NOW && issued < NOW * 2);
}
