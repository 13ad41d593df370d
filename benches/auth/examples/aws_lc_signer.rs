//! Signs Vonage tokens with aws-lc-rs instead of ring, twice as fast on processors with
//! AVX512-IFMA. A KMS or an HSM goes into the same place: a closure, or an `AsyncSigner` where the
//! answer comes over a network.
//!
//! `cargo run --example aws_lc_signer` here.

use std::error::Error;
use std::time::SystemTime;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use vonage_video_auth::{Credentials, PublicKey, SignerError, Verifier};

const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
const SESSION: &str = "1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-";
const PRIVATE_KEY: &str =
    include_str!("../../../crates/vonage-video-auth/tests/fixtures/keys/pkcs8.pem");

fn main() -> Result<(), Box<dyn Error>> {
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let key = RsaKeyPair::from_pkcs8(&base64::prelude::BASE64_STANDARD.decode(body)?)?;
    let public: PublicKeyX509Der<'_> = key.public_key().as_der()?;
    let verifier = Verifier::vonage(APPLICATION, PublicKey::from_der(public.as_ref())?)?;

    let random = SystemRandom::new();
    let credentials = Credentials::with_signer(APPLICATION, move |message: &[u8]| {
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
            .map_err(SignerError::from)?;
        Ok(signature)
    })?;

    let token = credentials.token(SESSION).sign()?;
    let claims = verifier.verify_client_token(&token, SystemTime::now())?;
    println!("{token}\nlets a {} into {}", claims.role, claims.session_id);
    Ok(())
}
