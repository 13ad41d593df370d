//! Keys that are elsewhere: a signer of one's own, at once or later.

use vonage_video_auth::{
    AsyncSigner, Credentials, PrivateKey, SignFuture, Signer, SignerError, TokenError,
};

use crate::common::*;

/// The private key, playing a KMS.
fn rsa(message: &[u8]) -> Vec<u8> {
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, body).unwrap();
    let key = ring::rsa::KeyPair::from_pkcs8(&der).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &ring::signature::RSA_PKCS1_SHA256,
        &ring::rand::SystemRandom::new(),
        message,
        &mut signature,
    )
    .unwrap();
    signature
}

struct Remote(fn(&[u8]) -> Result<Vec<u8>, SignerError>);

impl AsyncSigner for Remote {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async move {
            // Comes back to the executor once, as a network would.
            let mut waited = false;
            std::future::poll_fn(|context| {
                if std::mem::replace(&mut waited, true) {
                    return std::task::Poll::Ready(());
                }
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
            (self.0)(message)
        })
    }
}

#[test]
fn a_signer_of_ones_own_signs() {
    let verifier = vonage().verifier().unwrap();
    let credentials =
        Credentials::with_signer(APPLICATION, |message: &[u8]| Ok(rsa(message))).unwrap();
    let token = credentials.token(VONAGE_SESSION).sign_at(now()).unwrap();
    verifier.verify_client_token(&token, now()).unwrap();
    verifier
        .verify_rest_token(credentials.rest_token(now()).unwrap().token(), now())
        .unwrap();
    assert!(credentials.verifier().is_none());
    assert!(!credentials.is_async());

    let credentials =
        Credentials::with_async_signer(APPLICATION, Remote(|message| Ok(rsa(message)))).unwrap();
    assert!(credentials.is_async());
    assert!(matches!(
        credentials.token(VONAGE_SESSION).sign_at(now()),
        Err(TokenError::NeedsAsync)
    ));
    let token = block_on(credentials.token(VONAGE_SESSION).sign_async_at(now())).unwrap();
    verifier.verify_client_token(&token, now()).unwrap();
    // Without an asynchronous signer there is nothing to wait for.
    block_on(opentok().token(OPENTOK_SESSION).sign_async_at(now())).unwrap();
}

#[test]
fn a_private_key_is_a_signer() {
    let key = PrivateKey::from_pem(PRIVATE_KEY).unwrap();
    assert_eq!(Signer::sign(&key, b"message").unwrap(), rsa(b"message"));

    // Wrapped, as by somebody who counts signatures.
    let wrapped = move |message: &[u8]| Signer::sign(&key, message);
    let credentials = Credentials::with_signer(APPLICATION, wrapped).unwrap();
    let token = credentials.token(VONAGE_SESSION).sign_at(now()).unwrap();
    let verifier = vonage().verifier().unwrap();
    verifier.verify_client_token(&token, now()).unwrap();
}

#[test]
fn a_signer_that_fails_or_answers_wrongly_is_an_error() {
    let failing = Credentials::with_signer(APPLICATION, |_: &[u8]| {
        Err(SignerError::from("the KMS is closed"))
    })
    .unwrap();
    let error = failing.token(VONAGE_SESSION).sign_at(now()).unwrap_err();
    assert_eq!(error.to_string(), "the signer failed");
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the KMS is closed"
    );

    // The last is the signature of a key of 2048 bits in hexadecimal digits.
    for (length, byte) in [(0, 0), (1, 0), (255, 0), (342, 0), (1025, 0), (512, b'a')] {
        let response = move |_: &[u8]| Ok(vec![byte; length]);
        let wrong = Credentials::with_signer(APPLICATION, response).unwrap();
        let error = wrong.rest_token(now()).unwrap_err();
        assert!(
            matches!(error, TokenError::NotASignature { length: found } if found == length),
            "{error}"
        );
    }
    let wrong = Credentials::with_async_signer(APPLICATION, Remote(|_| Ok(Vec::new()))).unwrap();
    assert!(matches!(
        block_on(wrong.token(VONAGE_SESSION).sign_async_at(now())),
        Err(TokenError::NotASignature { length: 0 })
    ));
}

#[cfg(feature = "aws-lc-rs")]
#[test]
fn aws_lc_signs_the_same_tokens_where_it_is_asked_to() {
    use vonage_video_auth::{AwsLcSigner, Seed, Verifier};

    let signer = AwsLcSigner::from_pem(PRIVATE_KEY).unwrap();
    let verifier = Verifier::vonage(APPLICATION, signer.public_key()).unwrap();
    let credentials = Credentials::with_signer(APPLICATION, signer).unwrap();
    // PKCS#1 v1.5 is deterministic: the same claims have the same signature.
    let seed = Seed::new(now(), 0, [7; 16]);
    let token = credentials.token(VONAGE_SESSION).sign_with(&seed).unwrap();
    let usual = vonage().token(VONAGE_SESSION).sign_with(&seed).unwrap();
    assert_eq!(token, usual);
    assert!(verifier.verify_client_token(&token, now()).is_ok());
    let rest = credentials.rest_token(now()).unwrap();
    assert!(verifier.verify_rest_token(rest.token(), now()).is_ok());

    for (pem, words) in [
        (PUBLIC_KEY, "public key"),
        (include_str!("../fixtures/keys/ec.pem"), "elliptic curve"),
        (include_str!("../fixtures/keys/rsa1024.pem"), "1024 bits"),
        (include_str!("../fixtures/keys/exponent3.pem"), "exponent 3"),
        ("undefined", "placeholder"),
    ] {
        let error = AwsLcSigner::from_pem(pem).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/pkcs8.pem");
    let debug = format!("{:?}", AwsLcSigner::from_file(file).unwrap());
    assert_eq!(debug, "AwsLcSigner(RSA, 2048 bits)");
}
