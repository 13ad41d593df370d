//! What the control API does for users of the page, who have no credentials: operations, client
//! tokens, and what points an SDK at the emulator.

use serde_json::{Value, json};
use vonage_video_emulator::{Emulator, Project};

use crate::common::Api;

/// Names that are hostile to code that writes them somewhere.
const HOSTILE: &str = "<img src=x onerror=alert(1)>\u{202e}\u{0}\"'";

#[tokio::test]
async fn operations_are_performed_without_credentials() {
    for api in Api::both() {
        let (session, _client) = api.busy().await;
        let input = json!({ "input": { "sessionId": session, "name": HOSTILE } });
        let started = api.ok("POST", "operations/start_archive", input).await;
        assert_eq!(started["status"], 200);
        let list = api
            .ok("GET", &format!("archives?session={session}"), Value::Null)
            .await;
        assert_eq!(
            (&list["count"], &list["items"][0]["name"]),
            (&json!(1), &json!(HOSTILE))
        );
        let captions = json!({ "input": { "sessionId": session } });
        let captions = api.ok("POST", "operations/start_captions", captions).await;
        assert!(
            captions["body"]["captionsId"].is_string(),
            "its token is minted: {captions}"
        );
        let stop = json!({
            "project": api.credentials.project(),
            "input": { "archiveId": started["body"]["id"] },
        });
        api.ok("POST", "operations/stop_archive", stop).await;
        let none = json!({
            "project": api.credentials.project(),
            "input": { "archiveId": "7a6b9b45-8b77-4c2c-9b0d-000000000000" },
        });
        let path = "operations/stop_archive";
        let message = api.refuse("POST", path, none, 404).await;
        assert!(!message.is_empty());
        api.refuse(
            "POST",
            "operations/start_hologram",
            json!({"project": api.credentials.project()}),
            404,
        )
        .await;
        api.refuse("POST", "operations/start_archive", json!({}), 400)
            .await;
        let wrong = json!({ "input": { "sessionId": session, "name": {} } });
        api.refuse("POST", "operations/start_archive", wrong, 400)
            .await;
        let broadcast = json!({ "input": { "sessionId": session, "outputs": { "hls": {} } } });
        api.ok("POST", "operations/start_broadcast", broadcast)
            .await;
        let list = api.ok("GET", "broadcasts", Value::Null).await;
        assert_eq!(
            (&list["count"], &list["items"][0]["sessionId"]),
            (&json!(1), &json!(session))
        );
    }
}

#[tokio::test]
async fn tokens_are_minted_with_secrets_that_everybody_knows_only() {
    let api = Api::vonage();
    let session = api.routed().await;
    let mint = json!({ "sessionId": session, "role": "moderator", "data": HOSTILE });
    let minted = api.ok("POST", "tokens", mint).await;
    let token = minted["token"].as_str().unwrap();
    let clients = format!("sessions/{session}/clients");
    let joined = api.ok("POST", &clients, json!({ "token": token })).await;
    assert!(joined["connectionId"].is_string());
    let found = api
        .ok("POST", "tokens/inspect", json!({ "token": token }))
        .await;
    assert_eq!(
        (&found["valid"], &found["sessionIsHere"]),
        (&json!(true), &json!(true))
    );
    let damaged = format!("{}x", &token[..token.len() - 4]);
    let found = api
        .ok("POST", "tokens/inspect", json!({ "token": damaged }))
        .await;
    assert_eq!(found["valid"], false);

    let secret = "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd";
    let own = Project::opentok("45000000", secret).unwrap();
    let emulator = Emulator::builder()
        .project(own.clone())
        .in_memory()
        .unwrap();
    let credentials = own.credentials().unwrap().clone();
    let api = Api {
        emulator,
        credentials,
    };
    let created = api
        .ok("POST", "sessions", json!({ "project": "45000000" }))
        .await;
    let mint = json!({ "sessionId": created["sessionId"] });
    let message = api.refuse("POST", "tokens", mint, 403).await;
    assert!(message.contains("demo projects only"), "{message}");
    let overview = api.ok("GET", "overview", Value::Null).await;
    assert!(!overview.to_string().contains(secret), "{overview}");
}

#[tokio::test]
async fn the_overview_points_every_sdk_here() {
    let api = Api::vonage();
    let (_session, _client) = api.busy().await;
    let overview = api.ok("GET", "overview", Value::Null).await;
    assert_eq!(overview["url"], api.emulator.url());
    assert_eq!(overview["counts"]["clients"], 1);
    let projects = overview["projects"].as_array().unwrap();
    let snippets: Vec<_> = projects
        .iter()
        .flat_map(|it| it["snippets"].as_array().unwrap())
        .collect();
    for snippet in api.emulator.snippets(None) {
        assert!(
            snippets
                .iter()
                .any(|it| it["sdk"] == snippet.sdk && it["code"] == snippet.code)
        );
    }
    for (name, value) in api.emulator.variables() {
        let line = format!("export {name}='{value}'");
        let shown = |project: &Value| project["shell"].as_str().unwrap().contains(&line);
        assert!(projects.iter().any(shown), "{name}");
    }
    assert_eq!(overview["operations"].as_array().unwrap().len(), 47);
}
