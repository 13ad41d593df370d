//! The tokens that the official SDKs minted with a frozen clock: we take all of theirs, and mint
//! the same claims.

use std::time::Duration;

use serde_json::{Map, Value, json};
use vonage_video_auth::{
    ClientTokenBuilder, Credentials, Environment, PublicKey, Role, Seed, SignatureState,
    TokenFormat, Verifier, inspect,
};

use crate::common::*;

const RECORDED: &str = include_str!("../fixtures/recorded_tokens.json");

struct Recording {
    verifiers: [Verifier; 2],
    tokens: Vec<Value>,
}

fn recording() -> Recording {
    let all: Value = serde_json::from_str(RECORDED).unwrap();
    let text = |pointer: &str| all.pointer(pointer).unwrap().as_str().unwrap();
    let opentok = Verifier::opentok(
        text("/keys/opentok/api_key"),
        text("/keys/opentok/api_secret"),
    )
    .unwrap();
    let key = PublicKey::from_pem(text("/keys/vonage/public_key_pem")).unwrap();
    let vonage = Verifier::vonage(text("/keys/vonage/application_id"), key).unwrap();
    assert_eq!(all["frozen_now"], NOW);
    Recording {
        verifiers: [opentok, vonage],
        tokens: all["tokens"].as_array().unwrap().clone(),
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

#[test]
fn every_recorded_token_is_verified_and_read_right() {
    let recording = recording();
    assert_eq!(recording.tokens.len(), 78);
    for token in &recording.tokens {
        let id = text(token, "id");
        let verifier = &recording.verifiers[usize::from(text(token, "api") == "vonage")];
        let claims = &token["claims"];
        if text(token, "kind") == "rest_auth" {
            let rest = verifier
                .verify_rest_token(text(token, "token"), now())
                .unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(
                rest.expires_at.unwrap(),
                after(claims["exp"].as_i64().unwrap() - NOW),
                "{id}"
            );
            assert!(!rest.account, "{id}");
            continue;
        }
        let client = verifier
            .verify_client_token(text(token, "token"), now())
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(client.session_id, claims["session_id"], "{id}");
        assert_eq!(client.role.as_str(), claims["role"], "{id}");
        assert_eq!(
            client.connection_data.as_deref(),
            claims["connection_data"].as_str(),
            "{id}"
        );
        assert_eq!(
            client.connection_data.as_deref(),
            token["inputs"]["data"].as_str(),
            "{id}"
        );
        let classes = token["inputs"]["initial_layout_class_list"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        assert_eq!(json!(client.layout_classes), json!(classes), "{id}");
        assert_eq!(client.issued_at, Some(now()), "{id}");
    }
}

#[test]
fn every_recorded_token_inspects_without_an_error() {
    for token in &recording().tokens {
        let inspection = inspect(text(token, "token"), now());
        assert!(inspection.is_fine(), "{}: {inspection}", text(token, "id"));
        assert_eq!(inspection.signature, SignatureState::NotChecked);
    }
}

fn rebuilt<'a>(credentials: &'a Credentials, inputs: &'a Value) -> ClientTokenBuilder<'a> {
    let mut token = credentials.token(text(inputs, "session_id"));
    if let Some(role) = inputs["role"].as_str() {
        token = token.role(role);
    }
    if let Some(seconds) = inputs["expire_in"].as_u64() {
        token = token.ttl(Duration::from_secs(seconds));
    }
    if let Some(data) = inputs["data"].as_str() {
        token = token.data(data);
    }
    if let Some(classes) = inputs["initial_layout_class_list"].as_array() {
        token = token.layout_classes(classes.iter().map(|class| class.as_str().unwrap()));
    }
    token
}

const NONCE: u32 = 424_242;

fn recorded<'r>(recording: &'r Recording, prefix: &str) -> Vec<&'r Value> {
    let found: Vec<_> = recording
        .tokens
        .iter()
        .filter(|token| text(token, "id").starts_with(prefix))
        .collect();
    assert_eq!(found.len(), 9, "{prefix}");
    found
}

#[test]
fn t1_is_byte_for_byte_what_the_python_sdk_mints() {
    let (recording, credentials) = (recording(), opentok());
    for token in recorded(&recording, "opentok-python/client_token/t1/") {
        let ours = rebuilt(&credentials, &token["inputs"]).format(TokenFormat::T1);
        let ours = ours.sign_with(&Seed::new(now(), NONCE, [0; 16])).unwrap();
        assert_eq!(ours, text(token, "token"), "{}", text(token, "id"));
    }
}

#[test]
fn hs256_is_claim_for_claim_what_the_python_sdk_mints() {
    let (recording, credentials) = (recording(), opentok());
    for token in recorded(&recording, "opentok-python/client_token/jwt/") {
        let ours = rebuilt(&credentials, &token["inputs"])
            .sign_with(&Seed::new(now(), NONCE, [0; 16]))
            .unwrap();
        assert_eq!(
            Value::Object(claims(&ours)),
            token["claims"],
            "{}",
            text(token, "id")
        );
    }
}

#[test]
fn rs256_is_claim_for_claim_what_the_node_sdk_mints() {
    let (recording, credentials) = (recording(), vonage());
    for token in recorded(&recording, "vonage-node/client_token/jwt/") {
        let id = uuid_bytes(token["claims"]["jti"].as_str().unwrap());
        let ours = rebuilt(&credentials, &token["inputs"])
            .sign_with(&Seed::new(now(), NONCE, id))
            .unwrap();
        assert_eq!(
            Value::Object(claims(&ours)),
            token["claims"],
            "{}",
            text(token, "id")
        );
    }
}

fn uuid_bytes(uuid: &str) -> [u8; 16] {
    u128::from_str_radix(&uuid.replace('-', ""), 16)
        .unwrap()
        .to_be_bytes()
}

#[test]
fn rest_tokens_have_the_claims_of_the_node_sdks() {
    let recording = recording();
    for (id, credentials) in [
        ("opentok-node/rest_auth/default", opentok()),
        ("vonage-node/rest_auth/default", vonage()),
    ] {
        let theirs = recording
            .tokens
            .iter()
            .find(|token| text(token, "id") == id)
            .unwrap();
        // Without the leeway, which they do not have.
        let tokens = vonage_video_auth::RestTokens::with_leeway(credentials, Duration::ZERO);
        let mut ours = claims(tokens.authorization(now()).unwrap().token());
        if let Some(jti) = ours.get_mut("jti") {
            *jti = theirs["claims"]["jti"].clone();
        }
        assert_eq!(Value::Object(ours), theirs["claims"], "{id}");
    }
}

#[test]
fn our_tokens_verify_as_theirs_do() {
    for (credentials, session, formats) in [
        (
            opentok(),
            OPENTOK_SESSION,
            &[TokenFormat::Jwt, TokenFormat::T1][..],
        ),
        (vonage(), VONAGE_SESSION, &[TokenFormat::Jwt][..]),
    ] {
        let verifier = credentials.verifier().unwrap();
        for format in formats {
            let token = credentials
                .token(session)
                .role(Role::Moderator)
                .data("é &=%+")
                .format(*format)
                .sign_at(now())
                .unwrap();
            let claims = verifier.verify_client_token(&token, now()).unwrap();
            assert_eq!(claims.format, *format);
            assert_eq!(claims.role, Role::Moderator);
            assert_eq!(claims.connection_data.as_deref(), Some("é &=%+"));
            assert_eq!(claims.expires_at, Some(after(86_400)));
            assert_eq!(
                claims.environment == Environment::Vonage,
                session == VONAGE_SESSION
            );
        }
    }
}

#[test]
fn no_two_tokens_are_equal() {
    for (credentials, session) in [(opentok(), OPENTOK_SESSION), (vonage(), VONAGE_SESSION)] {
        let mint = || credentials.token(session).sign_at(now()).unwrap();
        assert_ne!(mint(), mint());
    }
    let seed = Seed::new(now(), 1, [1; 16]);
    let credentials = vonage();
    let mint = || credentials.token(VONAGE_SESSION).sign_with(&seed).unwrap();
    assert_eq!(mint(), mint());
    let _: Map<String, Value> = claims(&mint());
}
