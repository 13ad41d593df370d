//! Signs with a private key that never leaves Google Cloud KMS: `RSA_SIGN_PKCS1_2048_SHA256`.
//!
//! Needs `KMS_KEY_VERSION` (`projects/…/cryptoKeyVersions/1`) and `VONAGE_APPLICATION_ID`, which
//! has the key's public half. Runs on Google Cloud, as a service account that may sign with the
//! key.

use std::{env, error::Error};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use ring::digest;
use serde_json::{Value, json};
use vonage_video::{
    Client, Credentials,
    auth::{AsyncSigner, SignFuture, SignerError},
    operations::CreateSession,
};

struct Kms {
    http: reqwest::Client,
    endpoint: String,
    metadata: String,
    key: String,
}

impl AsyncSigner for Kms {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(self.ask(message))
    }
}

impl Kms {
    fn from_env() -> Result<Self, env::VarError> {
        let or = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
        Ok(Self {
            http: reqwest::Client::new(),
            endpoint: or("KMS_ENDPOINT", "https://cloudkms.googleapis.com"),
            metadata: or("GCE_METADATA_HOST", "metadata.google.internal"),
            key: env::var("KMS_KEY_VERSION")?,
        })
    }

    async fn ask(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let message = digest::digest(&digest::SHA256, message);
        let url = format!("{}/v1/{}:asymmetricSign", self.endpoint, self.key);
        let request = self.http.post(url).bearer_auth(self.access_token().await?);
        let request = request.json(&json!({"digest": {"sha256": BASE64.encode(message)}}));
        let response: Value = request.send().await?.error_for_status()?.json().await?;
        Ok(BASE64.decode(text(&response, "signature")?)?)
    }

    /// The service account's token. The metadata server keeps it until it is about to expire, so it
    /// need not be kept here.
    async fn access_token(&self) -> Result<String, SignerError> {
        let path = "computeMetadata/v1/instance/service-accounts/default/token";
        let request = self.http.get(format!("http://{}/{path}", self.metadata));
        let request = request.header("metadata-flavor", "Google");
        let response: Value = request.send().await?.error_for_status()?.json().await?;
        Ok(text(&response, "access_token")?.to_owned())
    }
}

fn text<'a>(response: &'a Value, name: &str) -> Result<&'a str, String> {
    let value = response[name].as_str();
    value.ok_or_else(|| format!("the response has no {name}"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // reqwest leaves the choice of a cryptography library to the program.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let application = env::var("VONAGE_APPLICATION_ID")?;
    let credentials = Credentials::with_async_signer(&application, Kms::from_env()?)?;
    let video = Client::new(credentials)?;
    let session = video.send(CreateSession::new()).await?;
    let token = video.token(&session.id).sign_async().await?;
    println!("{}\n{token}", session.id);
    Ok(())
}
