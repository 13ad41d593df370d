//! `kms-aws`, `kms-google` and `kms-vault`, with stand-ins that sign with the emulator's key.

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use rsa::{
    Pkcs1v15Sign, RsaPrivateKey,
    pkcs8::DecodePrivateKey as _,
    sha2::{Digest as _, Sha256},
};
use serde_json::{Value, json};

use crate::{
    program::Program,
    stage::{Stage, serve},
};

type Responded = Result<Json<Value>, StatusCode>;

/// The key, as a key management service holds it.
#[derive(Clone)]
struct Key(RsaPrivateKey);

impl Key {
    fn of(stage: &Stage) -> Self {
        let key = stage.emulator.vonage().unwrap().private_key().unwrap();
        Self(RsaPrivateKey::from_pkcs8_pem(key).unwrap())
    }

    fn sign(&self, digest: &[u8]) -> String {
        let padding = Pkcs1v15Sign::new::<Sha256>();
        BASE64.encode(self.0.sign(padding, digest).unwrap())
    }
}

fn check(condition: bool) -> Result<(), StatusCode> {
    condition.then_some(()).ok_or(StatusCode::FORBIDDEN)
}

fn bytes(value: &Value) -> Vec<u8> {
    BASE64.decode(value.as_str().unwrap()).unwrap()
}

/// The program creates a session, which takes a signature, and prints a token, another one.
fn run(program: &str, stage: &Stage, variables: &[(&str, &str)]) {
    let application = stage.emulator.vonage().unwrap().id();
    let mut variables = variables.to_vec();
    variables.extend([
        ("VONAGE_APPLICATION_ID", application),
        ("VONAGE_PRIVATE_KEY", ""),
    ]);
    let said = Program::start_with(program, &[], &stage.emulator, &variables).end();
    let (session, token) = said.split_once('\n').unwrap();
    stage.emulator.join(session, token).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn aws_kms_signs() {
    let stage = Stage::new().await;
    let key = Key::of(&stage);
    let sign = move |headers: HeaderMap, body: String| async move {
        let header = |name: &str| headers.get(name).map_or("", |it| it.to_str().unwrap());
        check(header("x-amz-target") == "TrentService.Sign")?;
        check(header("content-type") == "application/x-amz-json-1.1")?;
        check(header("x-amz-security-token") == "a session")?;
        let day = header("x-amz-date").get(..8).unwrap_or_default();
        let names = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{day}/eu-central-1/kms/aws4_request, \
             SignedHeaders={names}, Signature="
        );
        check(header("authorization").starts_with(&authorization))?;
        let body: Value = serde_json::from_str(&body).unwrap();
        check(body["KeyId"] == "alias/video" && body["MessageType"] == "DIGEST")?;
        check(body["SigningAlgorithm"] == "RSASSA_PKCS1_V1_5_SHA_256")?;
        let signature = key.sign(&bytes(&body["Message"]));
        Responded::Ok(Json(
            json!({"KeyId": "alias/video", "Signature": signature}),
        ))
    };
    let address = serve(Router::new().route("/", post(sign))).await;
    let endpoint = format!("http://{address}");
    let variables = [
        ("AWS_ENDPOINT_URL_KMS", endpoint.as_str()),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        (
            "AWS_SECRET_ACCESS_KEY",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        ),
        ("AWS_SESSION_TOKEN", "a session"),
        ("KMS_KEY_ID", "alias/video"),
    ];
    run("kms-aws", &stage, &variables);
}

#[tokio::test(flavor = "multi_thread")]
async fn google_cloud_kms_signs() {
    let stage = Stage::new().await;
    let key = Key::of(&stage);
    let version = "projects/p/locations/global/keyRings/r/cryptoKeys/video/cryptoKeyVersions/1";
    let token = |headers: HeaderMap| async move {
        check(
            headers
                .get("metadata-flavor")
                .is_some_and(|it| it == "Google"),
        )?;
        let token = json!({"access_token": "ya29", "expires_in": 3599, "token_type": "Bearer"});
        Responded::Ok(Json(token))
    };
    let sign = move |headers: HeaderMap, Json(body): Json<Value>| async move {
        check(
            headers
                .get("authorization")
                .is_some_and(|it| it == "Bearer ya29"),
        )?;
        let signature = key.sign(&bytes(&body["digest"]["sha256"]));
        Responded::Ok(Json(json!({"name": version, "signature": signature})))
    };
    let metadata = "/computeMetadata/v1/instance/service-accounts/default/token";
    let router = Router::new()
        .route(metadata, get(token))
        .route(&format!("/v1/{version}:asymmetricSign"), post(sign));
    let address = serve(router).await;
    let endpoint = format!("http://{address}");
    let variables = [
        ("KMS_ENDPOINT", endpoint.as_str()),
        ("GCE_METADATA_HOST", &address),
        ("KMS_KEY_VERSION", version),
    ];
    run("kms-google", &stage, &variables);
}

#[tokio::test(flavor = "multi_thread")]
async fn vault_signs() {
    let stage = Stage::new().await;
    let key = Key::of(&stage);
    let sign = move |headers: HeaderMap, Json(body): Json<Value>| async move {
        check(
            headers
                .get("x-vault-token")
                .is_some_and(|it| it == "hvs.token"),
        )?;
        check(body["signature_algorithm"] == "pkcs1v15")?;
        let signature = key.sign(&Sha256::digest(bytes(&body["input"])));
        let data = json!({"key_version": 1, "signature": format!("vault:v1:{signature}")});
        Responded::Ok(Json(json!({"data": data})))
    };
    let router = Router::new().route("/v1/transit/sign/video/sha2-256", post(sign));
    let address = format!("http://{}", serve(router).await);
    let variables = [
        ("VAULT_ADDR", address.as_str()),
        ("VAULT_TOKEN", "hvs.token"),
        ("VAULT_KEY", "video"),
    ];
    run("kms-vault", &stage, &variables);
}
