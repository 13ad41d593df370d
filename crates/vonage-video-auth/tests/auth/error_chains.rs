//! Each cause of an error is printed once, however deep the chain is printed.

use std::error::Error as StdError;

use vonage_video_auth::{
    Credentials, Error, PrivateKey, PublicKey, Role, SessionInfo, SignerError, TokenPolicy,
    WebhookVerifier,
};

use crate::common::*;

/// As `anyhow` prints with `{:#}`.
fn chain(error: &dyn StdError) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    texts
}

#[test]
fn no_text_of_a_chain_stands_in_another() {
    let opentok = opentok();
    let token = || opentok.token(OPENTOK_SESSION);
    let failing = Credentials::with_signer(APPLICATION, |_: &[u8]| {
        Err(SignerError::from("the KMS is closed"))
    })
    .unwrap();
    let policy = TokenPolicy::new()
        .highest_role(Role::Subscriber)
        .longest_ttl(seconds(60));
    let sessions = TokenPolicy::new().sessions(["another"]);
    let variables = |name: &str| match name {
        "VONAGE_APPLICATION_ID" => Some(APPLICATION.to_owned()),
        "VONAGE_PRIVATE_KEY_PATH" => Some("/no/such/file.key".to_owned()),
        _ => None,
    };
    let cut = PRIVATE_KEY.replace("-----END PRIVATE KEY-----", "");
    let errors: Vec<Box<dyn StdError>> = vec![
        Box::new(Credentials::vonage("123456", PRIVATE_KEY).unwrap_err()),
        Box::new(Credentials::vonage(APPLICATION, "").unwrap_err()),
        Box::new(Credentials::vonage(APPLICATION, &cut).unwrap_err()),
        Box::new(Credentials::vonage(APPLICATION, PUBLIC_KEY).unwrap_err()),
        Box::new(Credentials::opentok("x", "y").unwrap_err()),
        Box::new(Credentials::opentok(API_KEY, "undefined").unwrap_err()),
        Box::new(Credentials::from_vars(|_| None).unwrap_err()),
        Box::new(Credentials::from_vars(variables).unwrap_err()),
        Box::new(PrivateKey::from_file("/no/such/file.key").unwrap_err()),
        Box::new(PublicKey::from_file("/no/such/file.key").unwrap_err()),
        Box::new(PublicKey::from_pem(PRIVATE_KEY).unwrap_err()),
        Box::new(failing.token(VONAGE_SESSION).sign_at(now()).unwrap_err()),
        Box::new(failing.rest_token(now()).unwrap_err()),
        Box::new(opentok.token("x").sign_at(now()).unwrap_err()),
        Box::new(opentok.token(VONAGE_SESSION).sign_at(now()).unwrap_err()),
        Box::new(token().role("Moderator").sign_at(now()).unwrap_err()),
        Box::new(token().ttl(seconds(0)).sign_at(now()).unwrap_err()),
        Box::new(
            token()
                .policy(&policy)
                .role(Role::Moderator)
                .sign_at(now())
                .unwrap_err(),
        ),
        Box::new(token().policy(&sessions).sign_at(now()).unwrap_err()),
        Box::new(SessionInfo::decode("x").unwrap_err()),
        Box::new("x".parse::<Role>().unwrap_err()),
        Box::new(
            opentok
                .verifier()
                .unwrap()
                .verify_client_token("x", now())
                .unwrap_err(),
        ),
        Box::new(WebhookVerifier::new("").unwrap_err()),
        Box::new(
            WebhookVerifier::new("s")
                .unwrap()
                .verify(None, b"", now())
                .unwrap_err(),
        ),
    ];
    assert!(errors.len() > 20);
    for error in &errors {
        assert_once(error.as_ref());
    }
    // And the same inside of the one error type for all.
    assert_once(&Error::from(
        Credentials::vonage(APPLICATION, "").unwrap_err(),
    ));
    let missing = PrivateKey::from_file("/no/such/file.key").unwrap_err();
    let texts = chain(&Error::from(missing));
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[1].contains("No such file"), "{texts:?}");
    let signing = failing.token(VONAGE_SESSION).sign_at(now()).unwrap_err();
    assert_eq!(
        chain(&Error::from(signing)),
        ["the signer failed", "the KMS is closed"]
    );
}

#[track_caller]
fn assert_once(error: &dyn StdError) {
    let texts = chain(error);
    for (index, text) in texts.iter().enumerate() {
        assert!(!text.is_empty() && !text.ends_with('.'), "{text:?}");
        for other in &texts[index + 1..] {
            assert!(!text.contains(other.as_str()), "{texts:?}");
            assert!(!other.contains(text.as_str()), "{texts:?}");
        }
    }
}

#[test]
fn only_what_a_caller_can_mend_is_the_callers_fault() {
    let opentok = opentok();
    let token = || opentok.token(OPENTOK_SESSION);
    let policy = TokenPolicy::new().longest_ttl(seconds(60));
    for error in [
        token().ttl(seconds(0)).sign_at(now()),
        token().ttl(seconds(1 << 40)).sign_at(now()),
        token().data("x".repeat(1_001)).sign_at(now()),
        token().layout_classes(["a b"]).sign_at(now()),
        token().role("root").sign_at(now()),
        token().claim("exp", 1).sign_at(now()),
        token().ttl(seconds(61)).policy(&policy).sign_at(now()),
        opentok.token("x").sign_at(now()),
        opentok.token(VONAGE_SESSION).sign_at(now()),
    ] {
        let error = error.unwrap_err();
        assert!(error.is_caller_fault(), "{error}");
    }
    let failing =
        Credentials::with_signer(APPLICATION, |_: &[u8]| Err(SignerError::from("x"))).unwrap();
    let wrong = Credentials::with_signer(APPLICATION, |_: &[u8]| Ok(Vec::new())).unwrap();
    let account = Credentials::opentok_account(API_KEY, API_SECRET).unwrap();
    for error in [
        failing.token(VONAGE_SESSION).sign_at(now()),
        wrong.token(VONAGE_SESSION).sign_at(now()),
        account.token(OPENTOK_SESSION).sign_at(now()),
        vonage()
            .token(VONAGE_SESSION)
            .format(vonage_video_auth::TokenFormat::T1)
            .sign_at(now()),
    ] {
        let error = error.unwrap_err();
        assert!(!error.is_caller_fault(), "{error}");
    }
}
