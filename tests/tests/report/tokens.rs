//! Rows about tokens and credentials.

use std::time::{Duration, SystemTime};

use serde_json::json;
use vonage_video::{
    Credentials, Role, SessionInfo, TokenPolicy,
    auth::{TokenError, Verifier},
    operations::ListArchives,
};

use crate::stage::{Stage, now};

pub(crate) async fn expiry_in_milliseconds() {
    let stage = Stage::new().await;
    let session = vonage_session(&stage);
    let claims = stage
        .node("expiryInMilliseconds", json!({"vonageSession": session}))
        .await;
    assert!(
        claims["exp"].as_f64().expect("an expiry") > 1.7e12,
        "{claims}"
    );

    let credentials = stage.vonage();
    let milliseconds = now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("after 1970")
        .as_millis();
    let far = SystemTime::UNIX_EPOCH
        + Duration::from_secs(u64::try_from(milliseconds).expect("a number"));
    let error = credentials
        .token(&session)
        .expires_at(far)
        .sign()
        .expect_err("refused");
    assert!(
        matches!(error, TokenError::LooksLikeMilliseconds { .. }),
        "{error}"
    );
    let month = Duration::from_secs(30 * 24 * 3600);
    credentials
        .token(&session)
        .ttl(month)
        .sign()
        .expect("30 days");
    let error = credentials
        .token(&session)
        .ttl(month + Duration::from_secs(1))
        .sign()
        .expect_err("refused");
    assert!(matches!(error, TokenError::TooLong { .. }), "{error}");
}

pub(crate) async fn wrong_kind_of_credentials() {
    let stage = Stage::new().await;
    let seen = stage.node("listWithAccountKey", json!({})).await;
    assert_eq!(seen["error"], "Invalid API key or secret");
    assert_eq!(
        stage.emulator.requests().len(),
        1,
        "it was asked over the network"
    );

    let error = Credentials::opentok("a1b2c3d4", "AbCdEf0123456789").expect_err("refused");
    assert!(error.to_string().contains("Vonage"), "{error}");
    assert_eq!(stage.emulator.requests().len(), 1, "nothing was sent");
}

pub(crate) async fn expiry_of_another_format() {
    let stage = Stage::new().await;
    let session = vonage_session(&stage);
    let claims = stage
        .node("expiryOnVonage", json!({"vonageSession": session}))
        .await;
    let ttl = claims["exp"].as_i64().expect("an expiry") - claims["iat"].as_i64().expect("a time");
    assert!(
        (86_399..=86_401).contains(&ttl),
        "a minute was asked for: {claims}"
    );

    let public =
        include_str!("../../../crates/vonage-video-emulator/src/world/demo/public-key.pem");
    let public = vonage_video::auth::PublicKey::from_pem(public).expect("the demo's");
    let opentok = stage.emulator.opentok().expect("a demo");
    let secret = opentok.secret().expect("a secret");
    let vonage = stage.vonage();
    let minute = Duration::from_secs(60);
    let other = SessionInfo::new(opentok.id(), now(), "nonce").encode();
    for (credentials, verifier, session, format) in [
        (
            &vonage,
            Verifier::vonage(vonage.project(), public),
            &session,
            vonage_video::TokenFormat::Jwt,
        ),
        (
            &stage.opentok(),
            Verifier::opentok(opentok.id(), secret),
            &other,
            vonage_video::TokenFormat::Jwt,
        ),
        (
            &stage.opentok(),
            Verifier::opentok(opentok.id(), secret),
            &other,
            vonage_video::TokenFormat::T1,
        ),
    ] {
        let token = credentials
            .token(session)
            .ttl(minute)
            .format(format)
            .sign()
            .expect("a token");
        let claims = verifier
            .expect("a verifier")
            .verify_client_token(&token, now())
            .expect("claims");
        let (issued, expires) = (
            claims.issued_at.expect("a time"),
            claims.expires_at.expect("an expiry"),
        );
        assert_eq!(
            expires.duration_since(issued).expect("later"),
            minute,
            "{format:?}"
        );
    }
}

pub(crate) async fn key_in_one_line() {
    let stage = Stage::new().await;
    let seen = stage.node("listWithKeyInOneLine", json!({})).await;
    let error = seen["error"].as_str().expect("an error");
    assert!(error.contains("must be an asymmetric key"), "{error}");

    let project = stage.emulator.vonage().expect("a demo");
    let line = stage.private_key().replace('\n', "\\n");
    let credentials = Credentials::vonage(project.id(), &line).expect("credentials");
    let client = stage.builder(credentials).build().expect("a client");
    client.send(ListArchives::new()).await.expect("a list");
    let error = Credentials::vonage(project.id(), "./private.key").expect_err("refused");
    assert!(error.to_string().contains("file name"), "{error}");
}

pub(crate) async fn role_from_the_request() {
    let stage = Stage::new().await;
    let session = vonage_session(&stage);
    let claims = stage
        .node("roleFromRequest", json!({"vonageSession": session}))
        .await;
    assert_eq!(claims["role"], "superuser");

    let policy = TokenPolicy::new()
        .highest_role(Role::Publisher)
        .longest_ttl(Duration::from_secs(3600));
    let credentials = stage.vonage();
    let refused = |role: &str| {
        let token = credentials.token(&session).role(role).policy(&policy);
        token.sign().expect_err("refused")
    };
    let error = refused("moderator");
    assert!(matches!(error, TokenError::Policy(_)), "{error}");
    let error = refused("superuser");
    assert!(matches!(error, TokenError::UnknownRole(_)), "{error}");
}

pub(crate) async fn layout_classes() {
    let stage = Stage::new().await;
    let project = stage.emulator.opentok().expect("a demo");
    let session = SessionInfo::new(project.id(), now(), "nonce").encode();
    let verifier = Verifier::opentok(project.id(), project.secret().expect("a secret"))
        .expect("a verifier")
        .leeway(Duration::from_secs(1));
    let classes = |token: &str| {
        let claims = verifier.verify_client_token(token, now());
        claims.expect("claims").layout_classes
    };
    let seen = stage.go("layoutClasses", json!({"session": session})).await;
    let token = seen["value"].as_str().expect("a token");
    assert_eq!(classes(token), ["focus,wide"]);

    let credentials = stage.opentok();
    for format in [
        vonage_video::TokenFormat::Jwt,
        vonage_video::TokenFormat::T1,
    ] {
        let token = credentials
            .token(&session)
            .layout_classes(["focus", "wide"])
            .format(format)
            .sign()
            .expect("a token");
        assert_eq!(classes(&token), ["focus", "wide"], "{format:?}");
    }
}

fn vonage_session(stage: &Stage) -> String {
    SessionInfo::new(
        stage.emulator.vonage().expect("a demo").id(),
        now(),
        "nonce",
    )
    .encode()
}
