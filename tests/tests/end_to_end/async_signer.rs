//! A key that is elsewhere: a signer that has to wait serves calls and client tokens alike, and
//! signs no more than it must.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ring::{rand::SystemRandom, rsa::KeyPair, signature::RSA_PKCS1_SHA256};
use vonage_video::{Client, ErrorKind, operations::CreateSession};
use vonage_video_auth::{AsyncSigner, Credentials, SignFuture, SignerError};
use vonage_video_emulator::{Emulator, Project};

/// Plays a KMS: answers later, and counts.
struct Remote {
    key: Option<KeyPair>,
    signatures: Arc<AtomicUsize>,
}

impl AsyncSigner for Remote {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.signatures.fetch_add(1, Ordering::SeqCst);
            let key = self.key.as_ref().ok_or("the KMS is closed")?;
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| SignerError::from("no signature"))?;
            Ok(signature)
        })
    }
}

fn key() -> KeyPair {
    let project = Project::demo_vonage().unwrap();
    let body: String = project
        .private_key()
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    KeyPair::from_pkcs8(&BASE64_STANDARD.decode(body).unwrap()).unwrap()
}

fn client(emulator: &Emulator, key: Option<KeyPair>) -> (Client, Arc<AtomicUsize>) {
    let signatures = Arc::new(AtomicUsize::new(0));
    let remote = Remote {
        key,
        signatures: Arc::clone(&signatures),
    };
    let id = emulator.vonage().unwrap().id().to_owned();
    let client = Client::builder(Credentials::with_async_signer(&id, remote).unwrap())
        .base_url(emulator.url())
        .build()
        .unwrap();
    (client, signatures)
}

#[tokio::test]
async fn calls_share_one_signature_and_a_token_has_its_own() {
    let emulator = Emulator::start().await.unwrap();
    let (video, signatures) = client(&emulator, Some(key()));
    let calls: Vec<_> = (0..16)
        .map(|_| tokio::spawn(video.send(CreateSession::new()).into_future()))
        .collect();
    let mut sessions = Vec::new();
    for call in calls {
        sessions.push(call.await.unwrap().unwrap());
    }
    assert_eq!(signatures.load(Ordering::SeqCst), 1);

    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let token = video
        .token(&sessions[0].id)
        .sign_async_at(now)
        .await
        .unwrap();
    let verifier = emulator.vonage().unwrap().credentials().unwrap().verifier();
    verifier.unwrap().verify_client_token(&token, now).unwrap();
    assert_eq!(signatures.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_the_signer_says_reaches_the_caller_and_nothing_is_sent() {
    let emulator = Emulator::start().await.unwrap();
    let (video, _) = client(&emulator, None);
    let error = video.send(CreateSession::new()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error}");
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    assert_eq!(cause.to_string(), "the KMS is closed");
}
