//! Signs with a private key that never leaves AWS KMS: of the kind `RSA_2048`, for signing.
//!
//! Needs `KMS_KEY_ID`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, for temporary
//! credentials `AWS_SESSION_TOKEN`, and `VONAGE_APPLICATION_ID`, which has the key's public half.

mod sigv4;

use std::{env, error::Error};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use jiff::Timestamp;
use ring::digest;
use serde_json::{Value, json};
use sigv4::{authorization, canonical_request};
use vonage_video::{
    Client, Credentials,
    auth::{AsyncSigner, SignFuture, SignerError},
    operations::CreateSession,
};

struct Kms {
    http: reqwest::Client,
    endpoint: String,
    region: String,
    key: String,
    id: String,
    secret: String,
    session: Option<String>,
}

impl AsyncSigner for Kms {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(self.ask(message))
    }
}

impl Kms {
    fn from_env() -> Result<Self, env::VarError> {
        let region = env::var("AWS_REGION")?;
        let endpoint = env::var("AWS_ENDPOINT_URL_KMS");
        Ok(Self {
            http: reqwest::Client::new(),
            endpoint: endpoint.unwrap_or_else(|_| format!("https://kms.{region}.amazonaws.com")),
            region,
            key: env::var("KMS_KEY_ID")?,
            id: env::var("AWS_ACCESS_KEY_ID")?,
            secret: env::var("AWS_SECRET_ACCESS_KEY")?,
            session: env::var("AWS_SESSION_TOKEN").ok(),
        })
    }

    async fn ask(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        // The digest, because KMS takes messages of 4096 bytes at most.
        let message = digest::digest(&digest::SHA256, message);
        let body = json!({
            "KeyId": self.key,
            "Message": BASE64.encode(message),
            "MessageType": "DIGEST",
            "SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256",
        });
        let body = body.to_string();
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let host = self.endpoint.split("://").last().unwrap_or_default();
        let mut headers = vec![
            ("content-type", "application/x-amz-json-1.1"),
            ("host", host),
            ("x-amz-date", &time),
        ];
        if let Some(token) = &self.session {
            headers.push(("x-amz-security-token", token));
        }
        headers.push(("x-amz-target", "TrentService.Sign"));
        let scope = format!("{}/{}/kms/aws4_request", &time[..8], self.region);
        let request = canonical_request("POST", "/", "", &headers, body.as_bytes());
        let authorization =
            authorization(&self.id, &self.secret, &time, &scope, &headers, &request);
        let mut request = self.http.post(&self.endpoint).body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.header("authorization", authorization);
        let response = request.send().await?.error_for_status()?;
        let response: Value = response.json().await?;
        Ok(BASE64.decode(response["Signature"].as_str().ok_or("no signature")?)?)
    }
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
