//! What pages of strangers, odd values and silent receivers cannot do to an emulator.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header::HOST};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use vonage_video_auth::Role;
use vonage_video_core::operations::{CreateSession, ListArchives, StartArchive};
use vonage_video_emulator::{Emulator, Fault, WebhookTarget};

use crate::common::{Api, receiver::Receiver, still};

/// A request with these headers, in memory.
async fn ask(
    emulator: &Emulator,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
) -> Response<Bytes> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Bytes::from_static(b"{}")).unwrap();
    emulator.handle(request).await.unwrap()
}

#[tokio::test]
async fn a_page_that_points_its_own_name_here_gets_nothing() {
    let emulator = still().in_memory().unwrap();
    for path in [
        "/",
        "/_emulator/page.js",
        "/_emulator/state",
        "/_emulator/requests",
        "/_emulator/webhooks",
        "/_emulator/openapi.json",
        "/session/create",
        "/v2/project/1/archive",
    ] {
        let host = [("host", "evil.example:8843")];
        let response = ask(&emulator, Method::GET, path, &host).await;
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn the_control_api_serves_its_own_page_under_every_name_and_no_other_page() {
    let emulator = still()
        .public_url("http://emulator:8843")
        .in_memory()
        .unwrap();
    for host in [
        "localhost:8843",
        "127.0.0.1:1",
        "[::1]:1",
        "a.localhost",
        "emulator:8843",
    ] {
        let origin = format!("http://{host}");
        let headers = [
            ("host", host),
            ("origin", &origin),
            ("sec-fetch-site", "same-origin"),
        ];
        let response = ask(&emulator, Method::DELETE, "/_emulator/faults", &headers).await;
        assert!(
            response.status().is_success(),
            "{host}: {}",
            response.status()
        );
    }
    for foreign in [
        &[("origin", "http://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "http://localhost:9999")],
        &[
            ("origin", "http://localhost:8843"),
            ("origin", "http://evil.example"),
        ],
        &[
            ("origin", "http://evil.example"),
            ("origin", "http://localhost:8843"),
        ],
        &[("sec-fetch-site", "cross-site")],
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let headers = [&[("host", "localhost:8843")], foreign].concat();
            let response = ask(&emulator, method, "/_emulator/faults", &headers).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{foreign:?}");
        }
    }
}

#[tokio::test]
async fn no_time_and_no_skew_makes_it_panic() {
    let api = Api::vonage();
    for seconds in [
        i64::MAX,
        i64::MIN,
        300_000_000_000,
        -300_000_000_000,
        40_000_000,
    ] {
        let (status, _) = api
            .control("PUT", "clock", json!({ "skewSeconds": seconds }))
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{seconds}");
        api.emulator.skew_clock(seconds);
        api.ok("GET", "clock", Value::Null).await;
    }
    api.emulator.skew_clock(0);
    api.emulator.advance(Duration::MAX).await;
    let (status, _) = api
        .control("POST", "clock/advance", json!({ "seconds": 1 }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "the year 9999 is over");
    let clock = api.ok("GET", "clock", Value::Null).await;
    assert_eq!(clock["now"], 253_402_300_799_999_u64);
    // A session can still be asked for; its token is refused by then, or not, but nothing panics.
    let _ = api
        .emulator
        .handle(api.request(&CreateSession::new()))
        .await;
}

#[tokio::test]
async fn what_was_asked_for_wrongly_changes_nothing() {
    let api = Api::vonage();
    let kept = json!({ "targets": [{ "url": "http://127.0.0.1:1/kept" }] });
    api.ok("PUT", "webhooks", kept).await;
    let many: Vec<Value> = (0..1_001)
        .map(|port| json!({ "url": format!("http://127.0.0.1:{port}/") }))
        .collect();
    for (targets, told) in [
        (json!(many), "too many"),
        (json!([{ "url": "nonsense" }]), "is not a URL"),
        (json!([{ "url": "https://127.0.0.1/" }]), "is not a URL"),
        (
            json!([{ "url": "http://127.0.0.1:2/", "events": ["conectionCreated"] }]),
            "did you mean \"connectionCreated\"?",
        ),
    ] {
        let (status, body) = api
            .control("PUT", "webhooks", json!({ "targets": targets }))
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(body["message"].as_str().unwrap().contains(told), "{body}");
    }
    let left = api.ok("GET", "webhooks", Value::Null).await;
    assert_eq!(left["targets"][0]["url"], "http://127.0.0.1:1/kept");

    for (on, told) in [
        ("strat_archive", "did you mean \"start_archive\"?"),
        ("startArchive", "did you mean \"start_archive\"?"),
        ("hologram", "there is no operation"),
    ] {
        let error = api.emulator.fault(Fault::status(503).on(on)).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
        let body = json!({ "on": on, "do": "status", "status": 503 });
        assert_eq!(
            api.control("POST", "faults", body).await.0,
            StatusCode::BAD_REQUEST
        );
    }
}

#[tokio::test]
async fn a_silent_receiver_keeps_nobody_waiting() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("http://{}/", silent.local_addr().unwrap());
    let receiver = Receiver::start().await;
    let api = Api::vonage();
    let target = |url: &str| WebhookTarget::new(url).events(["sessionCreated"]);
    api.emulator.add_webhook(target(&silent)).unwrap();
    api.emulator.add_webhook(target(&receiver.url)).unwrap();
    let session = api.routed().await;
    let _client = api.join(&session, Role::Publisher);
    let began = tokio::time::Instant::now();
    // A day of retries: one silence is waited for, and the other receiver has long been told.
    api.emulator.advance(Duration::from_secs(24 * 3600)).await;
    assert!(
        began.elapsed() < Duration::from_secs(12),
        "{:?}",
        began.elapsed()
    );
    let deliveries = api.emulator.deliveries();
    let to = |url: &str| deliveries.iter().find(|it| it.url == url).unwrap();
    assert!(to(&receiver.url).arrived());
    assert!(
        to(&silent).attempts.len() > 50,
        "{}",
        to(&silent).attempts.len()
    );
}

#[tokio::test]
async fn it_names_what_no_operation_reads() {
    let api = Api::vonage();
    let session = api.routed().await;
    let _client = api.join(&session, Role::Publisher);
    let mut request = api.request(&StartArchive::new(&session));
    let body = json!({
        "sessionId": session, "maxBitRate": 1_000_000, "layout": { "type": "bestFit", "screensharetype": "pip" },
        "name": null, "streams": [],
    });
    *request.body_mut() = Bytes::from(body.to_string());
    let target = format!("{}?offset=1", request.uri());
    *request.uri_mut() = target.parse().unwrap();
    let _ = api.emulator.handle(request).await.unwrap();
    api.send(ListArchives::new().count(3)).await.unwrap();

    let requests = api.emulator.requests();
    let ignored = requests[requests.len() - 2].ignored();
    assert_eq!(ignored, ["layout.screensharetype", "maxBitRate", "offset"]);
    assert_eq!(requests.last().unwrap().ignored(), [""; 0]);
    let shown = api.ok("GET", "requests?latest=2", Value::Null).await;
    assert_eq!(shown["items"][0]["ignored"][1], "maxBitRate");
    assert_eq!(shown["items"][0]["session"], session.as_str());
    assert!(shown["items"][1]["durationMs"].is_number());
}

#[tokio::test]
async fn links_have_the_host_that_was_asked() {
    for (builder, host, wanted) in [
        (
            still(),
            "emulator.localhost:7",
            "http://emulator.localhost:7/_emulator/files/",
        ),
        (
            still(),
            "video.api.vonage.com:443",
            "http://emulator.localhost/_emulator/files/",
        ),
        (
            still().public_url("https://video.test/"),
            "127.0.0.1:9",
            "https://video.test/_emulator/files/",
        ),
    ] {
        let emulator = builder.in_memory().unwrap();
        let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
        let api = Api {
            emulator,
            credentials,
        };
        let (session, _client) = api.busy().await;
        let archive = api.send(StartArchive::new(&session)).await.unwrap();
        api.send(archive.stop()).await.unwrap();
        api.pass(Duration::from_secs(600)).await;
        let archive = archive.id;
        let mut request = api.request(&vonage_video_core::operations::GetArchive::new(archive));
        request.headers_mut().insert(HOST, host.parse().unwrap());
        let response = api.emulator.handle(request).await.unwrap();
        let archive: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(
            archive["url"].as_str().unwrap().starts_with(wanted),
            "{archive}"
        );
    }
    assert!(still().public_url("emulator").in_memory().is_err());
}
