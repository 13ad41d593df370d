//! Signs with a private key that never leaves Vault's transit engine: of the type `rsa-2048`.
//!
//! Needs `VAULT_ADDR`, `VAULT_TOKEN`, `VAULT_KEY` (its name) and `VONAGE_APPLICATION_ID`, which has
//! the public half of the key.

use std::{env, error::Error};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};
use vonage_video::{
    Client, Credentials,
    auth::{AsyncSigner, SignFuture, SignerError},
    operations::CreateSession,
};

struct Vault {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl AsyncSigner for Vault {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(self.ask(message))
    }
}

impl Vault {
    fn from_env() -> Result<Self, env::VarError> {
        let (address, key) = (env::var("VAULT_ADDR")?, env::var("VAULT_KEY")?);
        Ok(Self {
            http: reqwest::Client::new(),
            url: format!("{address}/v1/transit/sign/{key}/sha2-256"),
            token: env::var("VAULT_TOKEN")?,
        })
    }

    async fn ask(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let request = self
            .http
            .post(&self.url)
            .header("x-vault-token", &self.token);
        // Vault computes the digest. Its default for RSA keys is PSS, which is another signature.
        let request = request.json(&json!({
            "input": BASE64.encode(message),
            "signature_algorithm": "pkcs1v15",
        }));
        let response: Value = request.send().await?.error_for_status()?.json().await?;
        // Like `vault:v1:…`, with the version of the key.
        let signature = response["data"]["signature"].as_str();
        let signature = signature.and_then(|text| text.rsplit(':').next());
        Ok(BASE64.decode(signature.ok_or("the response has no signature")?)?)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // reqwest leaves the choice of a cryptography library to the program.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let application = env::var("VONAGE_APPLICATION_ID")?;
    let credentials = Credentials::with_async_signer(&application, Vault::from_env()?)?;
    let video = Client::new(credentials)?;
    let session = video.send(CreateSession::new()).await?;
    let token = video.token(&session.id).sign_async().await?;
    println!("{}\n{token}", session.id);
    Ok(())
}
