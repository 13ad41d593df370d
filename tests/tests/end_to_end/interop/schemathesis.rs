//! Requests made from `openapi.json` by a public tool, sent to the emulator: no server error, and
//! no response that the document does not allow.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use vonage_video_auth::{Credentials, Role};
use vonage_video_emulator::{Emulator, Publish};
use vonage_video_tests::{
    interop::{Kit, run},
    place::{sources, temporary},
};

/// What is looked for in the responses. Left out are the checks that say which requests must be
/// refused: the service is lenient, and so is the emulator.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method";
/// Whether credentials are asked for. The tool changes one header and leaves the other, which on
/// OpenTok is the one that counts.
const AND_AUTH: &str = ",ignored_auth";

/// Every bound of every field, one at a time: some 2,300 requests.
const COVERAGE: &[&str] = &["--phases", "coverage"];
/// Requests at random, the same in every run.
const FUZZING: &[&str] = &["--phases", "fuzzing", "--max-examples", "4", "--seed", "7"];

#[tokio::test(flavor = "multi_thread")]
async fn vonage_answers_as_the_document_says() {
    let emulator = Emulator::start().await.expect("an emulator");
    let project = emulator.vonage().expect("a demo").clone();
    let key = project.private_key().expect("the demo's");
    let credentials = Credentials::vonage(project.id(), key).expect("credentials");
    check(&emulator, &credentials, COVERAGE, PROJECT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opentok_answers_as_the_document_says() {
    let emulator = Emulator::start().await.expect("an emulator");
    let project = emulator.opentok().expect("a demo").clone();
    let secret = project.secret().expect("a secret");
    let credentials = Credentials::opentok(project.id(), secret).expect("credentials");
    check(&emulator, &credentials, FUZZING, PROJECT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_answered_as_the_document_says() {
    let emulator =
        Emulator::builder().account("7654321", "aaaabbbbccccddddeeeeffff0000111122223333");
    let emulator = emulator.start().await.expect("an emulator");
    let account =
        Credentials::opentok_account("7654321", "aaaabbbbccccddddeeeeffff0000111122223333");
    check(&emulator, &account.expect("credentials"), COVERAGE, ACCOUNT).await;
}

/// The paths that project credentials are for, and those that account credentials are for.
const PROJECT: &str = r"/v2/project/\{project\}|/session/create";
const ACCOUNT: &str = r"^/v2/project(/\{projectId\}.*)?$";

async fn check(emulator: &Emulator, credentials: &Credentials, phases: &[&str], paths: &str) {
    let Some(kit) = Kit::Schemathesis.get() else {
        return;
    };
    let header = authorization(credentials);
    let auth = if header.0 == "Authorization" || credentials.is_account() {
        AND_AUTH
    } else {
        ""
    };
    let checks = format!("{CHECKS}{auth}");
    let known = if credentials.is_account() {
        json!({})
    } else {
        furnish(emulator, credentials).await
    };
    let sources = sources();
    let mut command = kit.program("st");
    command
        .arg("run")
        .arg(sources.join("../crates/vonage-video-core/api/openapi.json"))
        .args([
            "--url",
            emulator.url(),
            "--header",
            &format!("{}: {}", header.0, header.1),
        ])
        // Without it the service answers some calls with XML.
        .args(["--header", "Accept: application/json"])
        .args(["--checks", &checks, "--include-path-regex", paths])
        .args(phases)
        .args([
            "--generation-database",
            "none",
            "--suppress-health-check",
            "all",
            "--no-color",
            "--warnings",
            "off",
        ])
        .args(["--continue-on-failure", "--request-timeout", "10"])
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", sources.join("interop/schemathesis"))
        .env("KNOWN", known.to_string())
        .current_dir(temporary("schemathesis"));
    let (output, success) = tokio::task::spawn_blocking(move || run(&mut command, b""))
        .await
        .expect("an end");
    assert!(success, "{output}");
}

/// A token that outlives the check.
fn authorization(credentials: &Credentials) -> (String, String) {
    let token = credentials.rest_token(now()).expect("a token");
    // As the document spells them: the tool takes them away again, to see that they are needed.
    let name = if token.header_name().eq_ignore_ascii_case("authorization") {
        "Authorization"
    } else {
        "X-OPENTOK-AUTH"
    };
    (name.to_owned(), token.header_value().to_owned())
}

/// A session with clients, streams, and one of everything else; the ids of all by the names that
/// the document has for them.
async fn furnish(emulator: &Emulator, credentials: &Credentials) -> Value {
    let project = credentials.project();
    let session = post(
        emulator,
        credentials,
        "/session/create",
        "p2p.preference=disabled",
    )
    .await[0]["session_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let token = credentials
        .token(&session)
        .role(Role::Moderator)
        .ttl(Duration::from_secs(3600))
        .sign_at(now())
        .expect("a token");
    let (mut connections, mut streams) = (Vec::new(), Vec::new());
    for _ in 0..8 {
        let client = emulator.join(session.as_str(), &token).expect("a client");
        streams.push(
            client
                .publish(Publish::default())
                .expect("a stream")
                .to_string(),
        );
        connections.push(client.id().to_string());
    }
    let ids = |path: &str, body: Value| {
        let path = format!("/v2/project/{project}/{path}");
        async move {
            post(emulator, credentials, &path, &body.to_string()).await["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        }
    };
    let archive = ids(
        "archive",
        json!({"sessionId": session, "streamMode": "manual"}),
    )
    .await;
    let automatic = ids(
        "archive",
        json!({"sessionId": session, "multiArchiveTag": "second"}),
    )
    .await;
    let broadcast = ids(
        "broadcast",
        json!({"sessionId": session, "outputs": {"hls": {}}, "streamMode": "manual"}),
    )
    .await;
    let render = ids(
        "render",
        json!({"sessionId": session, "token": token, "url": "https://example.com/page"}),
    )
    .await;
    json!({
        "project": [project],
        "sessionId": [session],
        "connectionId": connections,
        "streamId": streams, "addStream": streams, "removeStream": streams,
        "archiveId": [archive, automatic],
        "broadcastId": [broadcast],
        "renderId": [render],
        "token": [token],
    })
}

async fn post(emulator: &Emulator, credentials: &Credentials, path: &str, body: &str) -> Value {
    let (name, value) = authorization(credentials);
    let request = Request::post(path)
        .header(name, value)
        .header("accept", "application/json")
        .body(Bytes::from(body.to_owned()))
        .expect("a request");
    let response = emulator.handle(request).await.expect("a response");
    assert!(
        response.status().is_success(),
        "{path}: {} {:?}",
        response.status(),
        response.body()
    );
    serde_json::from_slice(response.body()).expect("JSON")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the emulator's clock is that of this machine"
)]
fn now() -> SystemTime {
    SystemTime::now()
}
