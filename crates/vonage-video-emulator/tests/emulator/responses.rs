//! Answers have the members that clients look at, also when there is nothing to say: absent, null
//! and empty are three things.

use crate::common::{Api, SECOND};
use serde_json::{Value, json};

/// Makes a call that succeeds.
async fn ask(api: &Api, method: &str, path: &str, body: Value) -> Value {
    let path = format!("/v2/project/{{project}}/{path}");
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let (status, response) = api.raw(method, &path, &body).await;
    assert!(status.is_success(), "{method} {path}: {status} {response}");
    response
}

fn is_null(object: &Value, name: &str) -> bool {
    object.get(name) == Some(&Value::Null)
}

#[tokio::test]
async fn an_archive_without_a_link_says_so() {
    for api in Api::both() {
        let (session, _client) = api.busy().await;
        let start = json!({ "sessionId": session });
        let started = ask(&api, "POST", "archive", start).await;
        assert!(is_null(&started, "url"), "{started}");
        let path = format!("archive/{}", started["id"].as_str().unwrap());
        let list = ask(&api, "GET", "archive", Value::Null).await;
        assert!(is_null(&list["items"][0], "url"), "{list}");
        let layout = json!({ "type": "pip" });
        let changed = ask(&api, "PUT", &format!("{path}/layout"), layout).await;
        assert!(is_null(&changed, "url"), "{changed}");
        let stopped = ask(&api, "POST", &format!("{path}/stop"), Value::Null).await;
        assert!(is_null(&stopped, "url"), "{stopped}");
        api.pass(SECOND).await;
        let ready = ask(&api, "GET", &path, Value::Null).await;
        assert!(ready["url"].is_string(), "{ready}");
        // These are not there when they were not asked for.
        for absent in ["maxBitrate", "multiArchiveTag", "streams"] {
            assert!(ready.get(absent).is_none(), "{ready}");
        }
    }
}

#[tokio::test]
async fn a_broadcast_that_ended_has_no_addresses() {
    for api in Api::both() {
        let (session, _client) = api.busy().await;
        let start = json!({ "sessionId": session, "outputs": { "hls": {} } });
        let started = ask(&api, "POST", "broadcast", start).await;
        assert!(started["broadcastUrls"]["hls"].is_string(), "{started}");
        let path = format!("broadcast/{}", started["id"].as_str().unwrap());
        let stopped = ask(&api, "POST", &format!("{path}/stop"), Value::Null).await;
        assert!(is_null(&stopped, "broadcastUrls"), "{stopped}");
        let list = ask(&api, "GET", "broadcast", Value::Null).await;
        assert!(is_null(&list["items"][0], "broadcastUrls"), "{list}");
    }
}

#[tokio::test]
async fn a_stream_without_classes_has_an_empty_list() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let list = ask(
        &api,
        "GET",
        &format!("session/{session}/stream"),
        Value::Null,
    )
    .await;
    let stream = &list["items"][0];
    assert_eq!(stream["layoutClassList"], json!([]), "{list}");
    let id = stream["id"].as_str().unwrap();
    let path = format!("session/{session}/stream/{id}");
    assert_eq!(&ask(&api, "GET", &path, Value::Null).await, stream);
}

#[tokio::test]
async fn refusals_have_the_recorded_words() {
    for api in Api::both() {
        let p = "/v2/project/{project}";
        let (session, _client) = api.busy().await;
        let relayed = api.relayed().await;
        let start = |session| json!({ "sessionId": session }).to_string();
        let archive = format!("{p}/archive");
        let (status, _) = api.raw("POST", &archive, &start(&session)).await;
        assert_eq!(status, 200);
        let signal = format!("{p}/session/{session}/signal");
        for (path, body, status, code, message) in [
            (&archive, start(&session), 409, 15001, "HTTP 409 Conflict"),
            (
                &archive,
                start(&relayed),
                409,
                15008,
                "Only routed sessions are allowed to initiate archives.",
            ),
            (
                &signal,
                json!({ "type": "a" }).to_string(),
                400,
                15202,
                "Signal payload 'data' must be set",
            ),
        ] {
            let (got, response) = api.raw("POST", path, &body).await;
            assert_eq!(got, status, "{response}");
            assert_eq!(response["code"], code, "{response}");
            assert_eq!(response["message"], message, "{response}");
        }
        let empty = api.routed().await;
        let (status, response) = api
            .raw("GET", &format!("{p}/session/{empty}/stream"), "")
            .await;
        assert_eq!(status, 404);
        let words = "Session not found";
        let expected = json!({ "code": 404, "message": words, "description": words });
        assert_eq!(response, expected);
    }
}
