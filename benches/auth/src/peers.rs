//! Other Rust crates, used as their documentation says.

use jsonwebtoken::crypto::{CryptoProvider, aws_lc, rust_crypto};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use livekit_token::{AccessToken, VideoGrants};
use serde::Serialize;

use crate::inputs::*;
use crate::mint::Mint;

#[derive(Serialize)]
struct OpenTokClaims<'a> {
    iss: &'a str,
    ist: &'a str,
    iat: u64,
    exp: u64,
    nonce: u32,
    session_id: &'a str,
    role: &'a str,
    scope: &'a str,
    connection_data: &'a str,
    initial_layout_class_list: &'a str,
}

#[derive(Serialize)]
struct VonageClaims<'a> {
    application_id: &'a str,
    iat: u64,
    exp: u64,
    jti: &'a str,
    sub: &'a str,
    acl: Acl,
    session_id: &'a str,
    role: &'a str,
    scope: &'a str,
    connection_data: &'a str,
    initial_layout_class_list: &'a str,
}

#[derive(Serialize)]
struct Acl {
    paths: Paths,
}

#[derive(Serialize)]
struct Paths {
    #[serde(rename = "/session/**")]
    session: Empty,
}

#[derive(Serialize)]
struct Empty {}

fn install(provider: &'static CryptoProvider) {
    provider
        .install_default()
        .expect("this process has one contender");
}

fn hs256(provider: &'static CryptoProvider) -> Mint {
    install(provider);
    let key = EncodingKey::from_secret(API_SECRET.as_bytes());
    let header = Header::new(Algorithm::HS256);
    Box::new(move || {
        let now = unix_now();
        let claims = OpenTokClaims {
            iss: API_KEY,
            ist: "project",
            iat: now,
            exp: now + DAY,
            // A nonce for nothing: the crate has none to offer.
            nonce: now as u32,
            session_id: OPENTOK_SESSION,
            role: "publisher",
            scope: "session.connect",
            connection_data: DATA,
            initial_layout_class_list: &CLASSES.join(" "),
        };
        encode(&header, &claims, &key)
            .expect("the claims are fine")
            .len()
    })
}

fn rs256(provider: &'static CryptoProvider) -> Mint {
    install(provider);
    let key = EncodingKey::from_rsa_pem(PRIVATE_KEY.as_bytes()).expect("the fixture is a key");
    let header = Header::new(Algorithm::RS256);
    Box::new(move || {
        let now = unix_now();
        let claims = VonageClaims {
            application_id: APPLICATION,
            iat: now,
            exp: now + DAY,
            jti: "11111111-2222-4333-8444-555555555555",
            sub: "video",
            acl: Acl {
                paths: Paths { session: Empty {} },
            },
            session_id: VONAGE_SESSION,
            role: "publisher",
            scope: "session.connect",
            connection_data: DATA,
            initial_layout_class_list: &CLASSES.join(" "),
        };
        encode(&header, &claims, &key)
            .expect("the claims are fine")
            .len()
    })
}

pub fn hs256_rust_crypto() -> Mint {
    hs256(&rust_crypto::DEFAULT_PROVIDER)
}

pub fn hs256_aws_lc() -> Mint {
    hs256(&aws_lc::DEFAULT_PROVIDER)
}

pub fn rs256_rust_crypto() -> Mint {
    rs256(&rust_crypto::DEFAULT_PROVIDER)
}

pub fn rs256_aws_lc() -> Mint {
    rs256(&aws_lc::DEFAULT_PROVIDER)
}

pub fn livekit() -> Mint {
    Box::new(|| {
        let grants = VideoGrants {
            room_join: true,
            room: OPENTOK_SESSION.to_owned(),
            ..VideoGrants::default()
        };
        let token = AccessToken::with_api_key(API_KEY, API_SECRET)
            .with_identity("78901")
            .with_metadata(DATA)
            .with_grants(grants)
            .with_ttl(std::time::Duration::from_secs(DAY));
        token.to_jwt().expect("the claims are fine").len()
    })
}
