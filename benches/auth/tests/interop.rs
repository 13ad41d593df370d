//! Another library verifies what we sign, and we verify what it signs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use vonage_video_auth::{Credentials, PublicKey, RestTokens, Role, Verifier, WebhookVerifier};

const API_KEY: &str = "123456";
const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";
const OPENTOK_SESSION: &str =
    "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
const VONAGE_SESSION: &str = "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-";
const PRIVATE_KEY: &str =
    include_str!("../../../crates/vonage-video-auth/tests/fixtures/keys/pkcs8.pem");
const PUBLIC_KEY: &str =
    include_str!("../../../crates/vonage-video-auth/tests/fixtures/keys/public.pem");
const DATA: &str = "name=Zoë \"Z\" \\ \u{1}🎥";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ist: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    application_id: Option<String>,
    iat: u64,
    exp: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connection_data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payload_hash: Option<String>,
}

/// jsonwebtoken reads the system's clock, so tokens are minted as of it.
fn now() -> SystemTime {
    let whole = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is past 1970")
        .as_secs();
    UNIX_EPOCH + Duration::from_secs(whole)
}

fn unix_now() -> u64 {
    now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is past 1970")
        .as_secs()
}

fn theirs(token: &str, algorithm: Algorithm, key: &DecodingKey) -> Claims {
    let _ = aws_lc::DEFAULT_PROVIDER.install_default();
    let mut validation = Validation::new(algorithm);
    validation.leeway = 0;
    decode(token, key, &validation)
        .expect("the other library takes the token")
        .claims
}

#[test]
fn jsonwebtoken_verifies_what_we_sign() {
    let opentok = Credentials::opentok(API_KEY, API_SECRET).unwrap();
    let vonage = Credentials::vonage(APPLICATION, PRIVATE_KEY).unwrap();
    let secret = DecodingKey::from_secret(API_SECRET.as_bytes());
    let public = DecodingKey::from_rsa_pem(PUBLIC_KEY.as_bytes()).unwrap();
    for (credentials, session, algorithm, key) in [
        (opentok, OPENTOK_SESSION, Algorithm::HS256, &secret),
        (vonage, VONAGE_SESSION, Algorithm::RS256, &public),
    ] {
        let token = credentials
            .token(session)
            .role(Role::Moderator)
            .data(DATA)
            .sign()
            .unwrap();
        let claims = theirs(&token, algorithm, key);
        assert_eq!(claims.role.as_deref(), Some("moderator"));
        assert_eq!(claims.connection_data.as_deref(), Some(DATA));
        assert_eq!(claims.session_id.as_deref(), Some(session));
        assert_eq!(claims.exp - claims.iat, 86_400);
        let rest = RestTokens::new(credentials).authorization(now()).unwrap();
        let claims = theirs(rest.token(), algorithm, key);
        assert_eq!(
            claims.iss.or(claims.application_id).as_deref(),
            Some(rest_project(session))
        );
    }
}

fn rest_project(session: &str) -> &'static str {
    if session == OPENTOK_SESSION {
        API_KEY
    } else {
        APPLICATION
    }
}

#[test]
fn we_verify_what_jsonwebtoken_signs() {
    let _ = aws_lc::DEFAULT_PROVIDER.install_default();
    let now = unix_now();
    let mut claims = Claims {
        iss: Some(API_KEY.to_owned()),
        ist: Some("project".to_owned()),
        application_id: Some(APPLICATION.to_owned()),
        iat: now,
        exp: now + 300,
        session_id: Some(OPENTOK_SESSION.to_owned()),
        scope: Some("session.connect".to_owned()),
        role: Some("subscriber".to_owned()),
        connection_data: Some(DATA.to_owned()),
        payload_hash: None,
    };
    let secret = EncodingKey::from_secret(API_SECRET.as_bytes());
    let private = EncodingKey::from_rsa_pem(PRIVATE_KEY.as_bytes()).unwrap();
    let opentok = Verifier::opentok(API_KEY, API_SECRET).unwrap();
    let vonage = Verifier::vonage(APPLICATION, PublicKey::from_pem(PUBLIC_KEY).unwrap()).unwrap();
    for (verifier, algorithm, key) in [
        (&opentok, Algorithm::HS256, &secret),
        (&vonage, Algorithm::RS256, &private),
    ] {
        let token = encode(&Header::new(algorithm), &claims, key).unwrap();
        let read = verifier.verify_client_token(&token, self::now()).unwrap();
        assert_eq!(read.connection_data.as_deref(), Some(DATA));
        assert_eq!(read.role, Role::Subscriber);
    }
    claims.session_id = None;
    claims.scope = None;
    for (verifier, algorithm, key) in [
        (&opentok, Algorithm::HS256, &secret),
        (&vonage, Algorithm::RS256, &private),
    ] {
        let token = encode(&Header::new(algorithm), &claims, key).unwrap();
        verifier.verify_rest_token(&token, self::now()).unwrap();
    }

    // SHA-256 of {}.
    claims.payload_hash =
        Some("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".to_owned());
    let token = encode(&Header::new(Algorithm::HS256), &claims, &secret).unwrap();
    let verifier = WebhookVerifier::new(API_SECRET).unwrap();
    verifier
        .verify(Some(&format!("Bearer {token}")), b"{}", self::now())
        .unwrap();
}
