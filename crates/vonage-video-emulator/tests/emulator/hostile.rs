//! Faults that put a client to the test: downloads that fail, lists that do not end, dates, foreign
//! responses, echoes; and SDKs that want contrary things.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use vonage_video_core::operations::{
    CreateSession, ListArchives, ListConnections, ListStreams, StartArchive, StartRender,
    StopArchive,
};
use vonage_video_emulator::{Emulator, Fault};

use crate::common::{Api, MINUTE, SECOND, begin, still};
use vonage_video_auth::Role;

/// The address of a finished archive's file.
async fn link(api: &Api) -> String {
    let (session, _client) = api.busy().await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap();
    api.pass(5 * SECOND).await;
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    api.pass(MINUTE).await;
    api.archive(&archive.id).await.url.unwrap()
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

#[tokio::test]
async fn downloads_meet_the_faults_that_name_them() {
    let api = Api::vonage();
    let url = link(&api).await;
    let whole = api.get("GET", &url, String::new()).await;
    assert_eq!(whole.status(), 200);
    let once = |fault: Fault| api.emulator.fault(fault.on("download").times(1)).unwrap();

    once(Fault::too_many(3));
    // No call of the API takes it.
    api.send(ListArchives::new()).await.unwrap();
    let busy = api.get("GET", &url, String::new()).await;
    assert_eq!(
        (busy.status().as_u16(), &busy.headers()["retry-after"]),
        (429, &"3".parse().unwrap())
    );

    once(Fault::garble());
    let page = api.get("GET", &url, String::new()).await;
    assert_eq!(page.headers()["content-type"], "text/html");

    once(Fault::date("Thu, 01 Jan 2099 00:00:00 GMT"));
    let late = api.get("GET", &url, String::new()).await;
    assert_eq!(late.headers()["date"], "Thu, 01 Jan 2099 00:00:00 GMT");
    assert_eq!(late.body(), whole.body());

    once(Fault::foreign(404));
    let foreign = api.get("GET", &url, String::new()).await;
    assert_eq!(foreign.status(), 404);

    for fault in [
        Fault::reset_before(),
        Fault::reset_after(),
        Fault::truncate(),
    ] {
        once(fault.clone());
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        assert!(api.emulator.handle(request).await.is_err(), "{fault:?}");
    }
    let delay = Duration::from_millis(60);
    for fault in [Fault::delay(delay), Fault::delay_body(delay)] {
        once(fault);
        let begin = now();
        let slow = api.get("GET", &url, String::new()).await;
        assert!(begin.elapsed() >= delay);
        assert_eq!(slow.body(), whole.body());
    }

    // A fault of every operation is not one of downloads.
    api.emulator.fault(Fault::status(500)).unwrap();
    let again = api.get("GET", &url, String::new()).await;
    assert_eq!(again.status(), 200);
}

#[expect(clippy::disallowed_methods, reason = "how long it really takes")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[tokio::test]
async fn a_fault_that_cannot_happen_is_refused() {
    let memory = Api::vonage();
    for fault in [Fault::refuse(), Fault::expired_certificate()] {
        let error = memory.emulator.fault(fault).unwrap_err();
        assert!(error.to_string().contains("memory"), "{error}");
    }
    for name in ["refuse", "expiredCertificate"] {
        let why = memory
            .refuse("POST", "faults", json!({ "do": name }), 400)
            .await;
        assert!(why.contains("memory"), "{why}");
    }
    let plain = Emulator::start().await.unwrap();
    plain.fault(Fault::refuse()).unwrap();
    let error = plain.fault(Fault::expired_certificate()).unwrap_err();
    assert!(error.to_string().contains("TLS"), "{error}");
}

#[tokio::test]
async fn lists_ignore_the_offset_or_repeat_their_last_page() {
    let api = Api::opentok();
    for _ in 0..5 {
        let (session, _client) = api.busy().await;
        api.send(StartArchive::new(&session)).await.unwrap();
        api.pass(SECOND).await;
    }
    let ids = async |offset: u32| {
        let list = ListArchives::new().count(2).offset(offset);
        let page = api.send(list).await.unwrap();
        assert_eq!(page.count, 5);
        page.items.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let (first, second, last) = (ids(0).await, ids(2).await, ids(4).await);
    assert_eq!((first.len(), second.len(), last.len()), (2, 2, 1));
    assert!(ids(6).await.is_empty());

    api.emulator
        .fault(Fault::ignore_offset().on("list_archives"))
        .unwrap();
    for offset in [0, 2, 4, 6, 600] {
        assert_eq!(ids(offset).await, first, "{offset}");
    }
    api.emulator.clear_faults();
    api.emulator.fault(Fault::repeat_last_page()).unwrap();
    assert_eq!(ids(2).await, second);
    for offset in [5, 6, 600] {
        assert_eq!(ids(offset).await, last, "{offset}");
    }
    // What is no page of a list is as usual.
    api.send(CreateSession::new()).await.unwrap();
    let session = api.busy().await.0;
    assert_eq!(api.send(ListStreams::new(&session)).await.unwrap().count, 1);
}

#[tokio::test]
async fn responses_are_foreign_echo_the_token_or_have_another_date() {
    for api in Api::both() {
        let list = || api.request(&ListArchives::new());
        for status in [200, 201, 404, 502] {
            api.emulator.fault(Fault::foreign(status).times(1)).unwrap();
            let response = api.emulator.handle(list()).await.unwrap();
            assert_eq!(response.status(), status);
            let body = json_of(&response);
            assert!(body["message"].is_string(), "{body}");
            assert!(
                body.get("items").is_none() && body.get("code").is_none(),
                "{body}"
            );
        }

        api.emulator.fault(Fault::echo(400).times(1)).unwrap();
        let path = format!("/v2/project/{}/broadcast", api.credentials.project());
        let secret = Bytes::from_static(b"{\"streamName\":\"key\"}");
        let mut request = Request::post(path).body(secret).unwrap();
        let token = api.credentials.rest_token(begin()).unwrap();
        let value = token.header_value().parse().unwrap();
        request.headers_mut().insert(token.header_name(), value);
        let response = api.emulator.handle(request).await.unwrap();
        assert_eq!(response.status(), 400);
        let body = json_of(&response);
        let message = format!("Invalid token: {}", token.token());
        assert_eq!(body["message"], message);
        assert_eq!(body["description"], r#"{"streamName":"key"}"#);

        for date in ["Thu, 01 Jan 2099 00:00:00 GMT", "yesterday", ""] {
            api.emulator.fault(Fault::date(date).times(1)).unwrap();
            let response = api.emulator.handle(list()).await.unwrap();
            assert_eq!(response.status(), 200);
            assert_eq!(response.headers()["date"], date);
        }
    }
}

#[tokio::test]
async fn the_control_api_takes_every_fault() {
    let api = Api::vonage();
    for fault in [
        json!({ "do": "date", "date": "Thu, 01 Jan 1970 00:00:00 GMT" }),
        json!({ "do": "ignoreOffset", "on": "list_archives" }),
        json!({ "do": "repeatLastPage" }),
        json!({ "do": "foreign", "status": 200, "times": 1 }),
        json!({ "do": "echo", "status": 401 }),
        json!({ "do": "truncate", "on": "download" }),
    ] {
        let shown = api.ok("POST", "faults", fault.clone()).await;
        let last = shown["faults"].as_array().unwrap().last().unwrap().clone();
        for (name, value) in fault.as_object().unwrap() {
            assert_eq!(&last[name], value, "{shown}");
        }
    }
    for fault in [
        json!({ "do": "foreign", "status": 99 }),
        json!({ "do": "echo", "status": 200 }),
        json!({ "do": "date", "date": "a\nb" }),
        json!({ "do": "date" }),
    ] {
        api.refuse("POST", "faults", fault, 400).await;
    }
}

/// The status of a stopped render, and the members of a list of connections.
async fn as_to(api: &Api, agent: &str) -> (u16, bool, bool) {
    let (session, _client) = api.busy().await;
    let token = api.token(&session, Role::Publisher);
    let start = StartRender::new(&session, token, "https://example.com/");
    let render = api.send(start).await.unwrap();
    let p = format!("/v2/project/{}", api.credentials.project());
    let ask = async |method: &str, path: String| {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("user-agent", agent)
            .body(Bytes::new())
            .unwrap();
        api.sign(&mut request);
        api.emulator.handle(request).await.unwrap()
    };
    let stopped = ask("DELETE", format!("{p}/render/{}", render.id)).await;
    assert!(stopped.body().is_empty());
    let list = ask("GET", format!("{p}/session/{session}/connection")).await;
    let list = json_of(&list);
    let has = |name: &str| list.get(name).is_some_and(|value| !value.is_null());
    (
        stopped.status().as_u16(),
        has("projectId"),
        has("applicationId"),
    )
}

#[tokio::test]
async fn where_sdks_want_contrary_things_it_goes_by_the_user_agent() {
    let (vonage, opentok) = (Api::vonage(), Api::opentok());
    for (agent, status, project, application) in [
        ("", 200, true, true),
        ("curl/8", 200, true, true),
        (
            "OpenTok-Ruby-SDK/4.13.0-Ruby-Version-3.1.2-p20",
            204,
            true,
            true,
        ),
        ("Opentok-Java-SDK/4.17.0 JRE/17.0.15", 200, true, false),
        ("vonage-java-sdk/9.13.0 java/17.0.15", 200, true, false),
        ("OpenTok-PHP-SDK/4.21.3", 200, true, false),
        ("Opentok-DotNet-SDK/3.22.0", 200, false, true),
        ("vonage-dotnet/8.35.0", 200, false, true),
        ("OpenTok-Python-SDK/3.13.0 python/3.11.2", 200, true, true),
    ] {
        let expected = (status, project, application);
        assert_eq!(as_to(&vonage, agent).await, expected, "{agent}");
        // On OpenTok nobody disagrees about the owner.
        assert_eq!(
            as_to(&opentok, agent).await,
            (status, true, false),
            "{agent}"
        );
    }
    let emulator = still().respond_as("opentok-ruby-sdk").in_memory().unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    let ruby = Api {
        emulator,
        credentials,
    };
    let java = "Opentok-Java-SDK/4.17.0";
    assert_eq!(as_to(&ruby, java).await, (204, true, true));
    let session = ruby.routed().await;
    ruby.send(ListConnections::new(&session)).await.unwrap();
}
