//! Requests as the official SDKs really send them, each recorded or read in one of them.

use crate::common::Api;
use http::Request;
use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_emulator::Notice;

/// Creates a session from a body under a content type.
async fn create(api: &Api, kind: Option<&str>, body: &str) -> (u16, Value) {
    let mut request = Request::post("/session/create").header("accept", "application/json");
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    let mut request = request.body(bytes::Bytes::from(body.to_owned())).unwrap();
    api.sign(&mut request);
    let response = api.emulator.handle(request).await.unwrap();
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_slice(response.body()).unwrap_or(Value::Null),
    )
}

#[tokio::test]
async fn sessions_are_created_from_forms_of_all_kinds() {
    let form = Some("application/x-www-form-urlencoded");
    for api in Api::both() {
        for (kind, body, media, archive) in [
            (
                form,
                "archiveMode=manual&p2p.preference=enabled",
                "relayed",
                "manual",
            ),
            (
                form,
                "p2p.preference=disabled&archiveMode=always&location=null&archiveName=a+b",
                "routed",
                "always",
            ),
            (
                Some("application/json"),
                "p2p.preference=disabled&media_mode=routed&e2ee=False",
                "routed",
                "manual",
            ),
            (
                Some("application/json"),
                r#"{"p2p.preference":"enabled","e2ee":true}"#,
                "relayed",
                "manual",
            ),
            (
                form,
                "location=&p2p.preference=always&e2ee=True",
                "relayed",
                "manual",
            ),
            (None, "", "routed", "manual"),
        ] {
            let (status, response) = create(&api, kind, body).await;
            assert_eq!(status, 200, "{body}: {response}");
            let id = response[0]["session_id"].as_str().unwrap();
            let (_, shown) = api
                .control("GET", &format!("sessions/{id}"), Value::Null)
                .await;
            assert_eq!(
                (&shown["mediaMode"], &shown["archiveMode"]),
                (&json!(media), &json!(archive)),
                "{body}"
            );
            assert_eq!(
                shown["e2ee"],
                body.contains("e2ee=T") || body.contains("true"),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn slashes_stray_fields_and_nulls_make_no_difference() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let p = "/v2/project/{project}";
    let (status, body) = api.raw("POST", &format!("{p}/broadcast/"), &json!({
        "sessionId": session, "outputs": { "hls": {} }, "maxBitrate": 1000, "resolution": null, "multiBroadcastTag": null,
    }).to_string()).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["maxBitrate"], Value::Null);
    let id = body["id"].as_str().unwrap().to_owned();
    let (status, body) = api
        .raw(
            "GET",
            &format!("{p}/broadcast/?count=100&&session_id=nobody&"),
            "",
        )
        .await;
    assert_eq!((status.as_u16(), &body["count"]), (200, &json!(1)));
    let (status, body) = api
        .raw(
            "POST",
            &format!("{p}/broadcast/{id}/layout"),
            r#"{"type":"pip"}"#,
        )
        .await;
    assert_eq!((status.as_u16(), &body["id"]), (200, &json!(id)));
    let (status, _) = api
        .raw(
            "PATCH",
            &format!("{p}/broadcast/{id}/streams"),
            &json!({ "broadcastId": id, "addStream": "x" }).to_string(),
        )
        .await;
    assert_eq!(status, 405, "it is understood, and not in manual mode");

    let (status, body) = api.raw("POST", &format!("{p}/archive"), &json!({
        "sessionId": session, "name": null, "resolution": null, "multiArchiveTag": null, "maxBitrate": null, "hasAudio": true,
    }).to_string()).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["status"], "started");
    assert!(body["createdAt"].is_u64());
    let archive = body["id"].as_str().unwrap();
    for body in ["", "{}"] {
        let (status, response) = api
            .raw("POST", &format!("{p}/archive/{archive}/stop"), body)
            .await;
        assert_eq!(
            (status.as_u16(), &response["status"]),
            (200, &json!("stopped")),
            "{body:?}"
        );
    }
    let target = format!("{p}/session/{session}/mute");
    for body in [
        r#"{"active":true,"excludedStreamIds":null}"#,
        r#"{"active":true,"excludedStreamIds":[],"excludedStreams":["x"]}"#,
        r#"{"active":false,"excludedStreamIds":["x"]}"#,
    ] {
        let (status, response) = api.raw("POST", &target, body).await;
        assert_eq!(status, 200, "{body}: {response}");
        assert_eq!(response["status"], "ACTIVE");
    }
}

#[tokio::test]
async fn strings_where_other_things_belong_are_read() {
    let api = Api::opentok();
    let (session, _client) = api.busy().await;
    let token = api.token(&session, Role::Moderator);
    let p = "/v2/project/{project}";
    let transport =
        json!({ "transport": "json", "encoding": "base64", "audio_field": "a" }).to_string();
    let (status, body) = api.raw("POST", &format!("{p}/connect"), &json!({
        "sessionId": session, "token": token,
        "websocket": { "uri": "ws://a.example", "streams": [], "headers": {}, "audioTransport": transport },
    }).to_string()).await;
    assert_eq!(status, 200, "{body}");
    let (status, body) = api.raw("POST", &format!("{p}/captions"), &json!({
        "sessionId": session, "token": token, "partialCaptions": "false", "statusCallbackUrl": null,
    }).to_string()).await;
    assert_eq!(status, 202, "{body}");
    let captions = body["captionsId"].as_str().unwrap();
    let (status, _) = api
        .raw("DELETE", &format!("{p}/captions/{captions}/stop"), "")
        .await;
    assert_eq!(status, 202);
    let (status, body) = api.raw("POST", &format!("{p}/render"), &json!({
        "sessionId": session, "token": token, "url": "https://page.example/", "properties": null, "maxDuration": 1800,
    }).to_string()).await;
    assert_eq!(status, 202, "{body}");
}

#[tokio::test]
async fn a_body_on_a_get_and_odd_headers_do_no_harm() {
    let api = Api::vonage();
    let mut request = Request::get(format!("/v2/partner/{}/archive", api.credentials.project()))
        .header("accept", "*/*")
        .header("content-type", "application/json")
        .header("headers", "[object Object]")
        .body(bytes::Bytes::from_static(b"{\"stray\":1}"))
        .unwrap();
    api.sign(&mut request);
    let response = api.emulator.handle(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn wrong_methods_and_paths_are_told_apart() {
    let api = Api::vonage();
    let mut request = Request::patch(format!("/v2/project/{}/archive", api.credentials.project()))
        .body(bytes::Bytes::new())
        .unwrap();
    api.sign(&mut request);
    let response = api.emulator.handle(request).await.unwrap();
    assert_eq!(response.status(), 405);
    let allow = response.headers()["allow"].to_str().unwrap().to_owned();
    assert!(allow.contains("GET") && allow.contains("POST"), "{allow}");
    let (status, body) = api
        .raw("POST", "/v2/project/{project}/connect/x/stop", "")
        .await;
    assert_eq!(status, 404, "the service never had it: {body}");
    let (status, _) = api.raw("GET", "/v3/nothing", "").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn flags_that_tell_operations_apart_may_be_text() {
    for api in Api::both() {
        let (session, client) = api.busy().await;
        let target = format!("/v2/project/{{project}}/session/{session}/mute");
        for body in [
            json!({ "active": "true" }),
            json!({ "active": "true", "excludedStreamIds": [] }),
            json!({ "active": "True" }),
            json!({ "active": "false" }),
            json!({ "active": "False" }),
        ] {
            let (status, response) = api.raw("POST", &target, &body.to_string()).await;
            assert_eq!(status, 200, "{body}: {response}");
        }
        let muted = |notice: &Notice| matches!(notice, Notice::Muted { .. });
        let told = client.inbox().iter().filter(|it| muted(it)).count();
        assert!(told > 0, "{:?}", client.inbox());
        for body in [json!({ "active": "yes" }), json!({ "active": [] })] {
            let (status, response) = api.raw("POST", &target, &body.to_string()).await;
            assert_eq!(status, 400, "{body}: {response}");
        }
    }
}

#[tokio::test]
async fn an_operation_without_a_body_takes_empty_ones_of_every_language() {
    let p = "/v2/project/{project}";
    for body in ["", "{}", "[]", " [ ] ", "null"] {
        let api = Api::vonage();
        let (session, client) = api.busy().await;
        let stream = client.streams()[0].id.clone();
        let target = format!("{p}/session/{session}/stream/{stream}/mute");
        let (status, response) = api.raw("POST", &target, body).await;
        assert_eq!(status, 200, "{body}: {response}");
        let start = json!({ "sessionId": session }).to_string();
        let (_, archive) = api.raw("POST", &format!("{p}/archive"), &start).await;
        let id = archive["id"].as_str().unwrap();
        let target = format!("{p}/archive/{id}/stop");
        let (status, response) = api.raw("POST", &target, body).await;
        assert_eq!(status, 200, "{body}: {response}");
        // Where something is needed, nothing is still too little.
        let (status, response) = api.raw("POST", &format!("{p}/archive"), body).await;
        assert_eq!(status, 400, "{body}: {response}");
    }
    let api = Api::vonage();
    let (status, _) = api.raw("POST", &format!("{p}/archive"), "[1]").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn doubled_slashes_count_as_one_wherever_they_stand() {
    for api in Api::both() {
        for path in [
            "//v2/project/{project}/archive",
            "/v2//project/{project}/archive",
            "/v2/project//{project}/archive",
            "/v2/project/{project}///archive//",
            "//v2/partner//{project}/archive",
        ] {
            let (status, response) = api.raw("GET", path, "").await;
            assert_eq!(
                (status.as_u16(), &response["count"]),
                (200, &json!(0)),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn call_is_another_name_of_dial_and_headers_have_any_name() {
    for (api, path) in [
        (Api::opentok(), "/v2/project/{project}/call"),
        (Api::opentok(), "/v2/partner/{project}//call/"),
        (Api::vonage(), "/v2/project/{project}/dial"),
    ] {
        let (session, _client) = api.busy().await;
        let token = api.token(&session, Role::Publisher);
        let body = json!({ "sessionId": session, "token": token, "sip": {
            "uri": "sip:user@sip.example.com",
            "headers": { "P-Asserted-Identity": "<sip:a@example.com>", "User-to-User": "00aa;encoding=hex" },
        } });
        let (status, response) = api.raw("POST", path, &body.to_string()).await;
        assert_eq!(status, 200, "{path}: {response}");
        assert!(response["streamId"].is_string(), "{response}");
    }
}

#[tokio::test]
async fn the_classes_of_one_stream_are_set_by_its_own_path() {
    for api in Api::both() {
        let (session, client) = api.busy().await;
        let stream = client.streams()[0].id.clone();
        let p = format!("/v2/project/{{project}}/session/{session}/stream");
        let path = format!("{p}/{stream}");
        let body = json!({ "layoutClassList": ["full", "focus"] }).to_string();
        let (status, response) = api.raw("PUT", &path, &body).await;
        assert_eq!(status, 200, "{response}");
        let (_, shown) = api.raw("GET", &path, "").await;
        assert_eq!(shown["layoutClassList"], json!(["full", "focus"]));
        let (status, response) = api.raw("PUT", &path, "{}").await;
        assert_eq!(status, 400, "{response}");
        let nobody = format!("{p}/00000000-0000-4000-8000-000000000000");
        let (status, response) = api.raw("PUT", &nobody, &body).await;
        assert!([400, 404].contains(&status.as_u16()), "{status} {response}");
    }
}

#[tokio::test]
async fn a_session_is_created_from_the_query_too() {
    for api in Api::both() {
        for (query, body, media, archive) in [
            ("p2p.preference=enabled", "", "relayed", "manual"),
            (
                "archiveMode=always",
                "p2p.preference=disabled",
                "routed",
                "always",
            ),
            (
                "p2p.preference=enabled",
                "p2p.preference=disabled",
                "routed",
                "manual",
            ),
            (
                "p2p.preference=enabled",
                "p2p.preference=",
                "relayed",
                "manual",
            ),
            (
                "archiveMode=always",
                r#"{"p2p.preference":"disabled"}"#,
                "routed",
                "always",
            ),
        ] {
            let path = format!("/session/create?{query}");
            let (status, response) = api.raw("POST", &path, body).await;
            assert_eq!(status, 200, "{query} {body}: {response}");
            let id = response[0]["session_id"].as_str().unwrap();
            let path = format!("sessions/{id}");
            let (_, shown) = api.control("GET", &path, Value::Null).await;
            assert_eq!(
                (&shown["mediaMode"], &shown["archiveMode"]),
                (&json!(media), &json!(archive)),
                "{query} {body}"
            );
        }
    }
}
