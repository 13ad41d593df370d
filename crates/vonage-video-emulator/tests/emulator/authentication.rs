//! Who may call: credentials are verified for real, and refused as each service refuses.

use std::time::Duration;

use crate::common::{Api, HOUR, MINUTE, begin, still};
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use vonage_video_auth::{Credentials, PrivateKey, Role};
use vonage_video_core::operations::{CreateSession, ListArchives, ListProjects};
use vonage_video_emulator::Project;

const LIST: &str = "/v2/project/{project}/archive";

/// Sends a request with headers of its own.
async fn send(api: &Api, target: &str, headers: &[(&str, &str)]) -> Response<Bytes> {
    let method = if target.contains("session") {
        "POST"
    } else {
        "GET"
    };
    let mut request = Request::builder()
        .method(method)
        .uri(target.replace("{project}", api.credentials.project()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Bytes::new()).unwrap();
    api.emulator.handle(request).await.unwrap()
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

fn rest_token(credentials: &Credentials, at: std::time::SystemTime) -> String {
    credentials.rest_token(at).unwrap().token().to_owned()
}

#[tokio::test]
async fn opentok_refuses_with_403_and_code_minus_one() {
    let api = Api::opentok();
    let stranger = Credentials::opentok("99999", "a".repeat(40).as_str()).unwrap();
    let wrong = Credentials::opentok(api.credentials.project(), "b".repeat(40).as_str()).unwrap();
    let session = api.routed().await;
    let client_token = api.token(&session, Role::Moderator);
    let long_ago = rest_token(&api.credentials, begin() - HOUR);
    let soon = rest_token(&api.credentials, begin() + HOUR);
    let good = rest_token(&api.credentials, begin());
    let bearer = format!("Bearer {good}");
    for (why, headers, message) in [
        ("nothing", vec![], "No suitable authentication found"),
        (
            "an unknown key",
            vec![("x-opentok-auth", rest_token(&stranger, begin()))],
            "Issuer not found",
        ),
        (
            "a wrong secret",
            vec![("x-opentok-auth", rest_token(&wrong, begin()))],
            "Invalid signature",
        ),
        (
            "an old token",
            vec![("x-opentok-auth", long_ago)],
            "expired",
        ),
        (
            "a token of tomorrow",
            vec![("x-opentok-auth", soon)],
            "issued time cannot be greater than current time",
        ),
        (
            "a client's token",
            vec![("x-opentok-auth", client_token)],
            "client token",
        ),
        (
            "no token",
            vec![("x-opentok-auth", "abc".to_owned())],
            "Invalid token format",
        ),
        (
            "two tokens in one",
            vec![("x-opentok-auth", format!("{good} {good}"))],
            "Invalid token",
        ),
    ] {
        let mut headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        headers.push(("accept", "application/json"));
        let response = send(&api, LIST, &headers).await;
        assert_eq!(response.status(), 403, "{why}");
        let body = json_of(&response);
        assert_eq!(body["code"], -1, "{why}");
        let words = body["message"].as_str().unwrap();
        assert_eq!(body["description"], words, "{why}");
        assert!(words.contains(message), "{why}: {words}");
        assert!(!words.contains(&good), "{why}: the token is not repeated");
    }
    let response = send(&api, LIST, &[("authorization", &bearer)]).await;
    assert_eq!(
        response.status(),
        401,
        "its token in the other service's header"
    );
    let response = send(&api, LIST, &[("x-opentok-auth", &good)]).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn vonage_refuses_with_401_in_the_form_of_its_gateway() {
    let api = Api::vonage();
    let other_key = include_str!("fixtures/another-key.pem");
    let id = api.credentials.project();
    let wrong = Credentials::vonage_with_key(id, PrivateKey::from_pem(other_key).unwrap()).unwrap();
    let unknown = "00000000-0000-4000-8000-0000000000ff";
    let stranger =
        Credentials::vonage_with_key(unknown, PrivateKey::from_pem(other_key).unwrap()).unwrap();
    let good = rest_token(&api.credentials, begin());
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let payload = good.split('.').nth(1).unwrap();
    for (why, header) in [
        ("nothing", None),
        (
            "another key",
            Some(format!("Bearer {}", rest_token(&wrong, begin()))),
        ),
        (
            "an unknown application",
            Some(format!("Bearer {}", rest_token(&stranger, begin()))),
        ),
        (
            "an old token",
            Some(format!(
                "Bearer {}",
                rest_token(&api.credentials, begin() - HOUR)
            )),
        ),
        ("no signature", Some(format!("Bearer {none}.{payload}."))),
        ("another scheme", Some(format!("Basic {good}"))),
        ("an empty token", Some("Bearer ".to_owned())),
    ] {
        let headers: Vec<(&str, &str)> = header
            .iter()
            .map(|it| ("authorization", it.as_str()))
            .collect();
        let response = send(&api, LIST, &headers).await;
        assert_eq!(response.status(), 401, "{why}");
        let body = json_of(&response);
        assert_eq!(body["title"], "Unauthorized", "{why}");
        assert!(
            body["type"].is_string() && body["detail"].is_string() && body["instance"].is_string()
        );
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
    }
    let response = send(&api, LIST, &[("authorization", &format!("bearer {good}"))]).await;
    assert_eq!(response.status(), 200, "schemes have no case");
}

#[tokio::test]
async fn the_project_in_the_path_must_be_the_caller() {
    for api in Api::both() {
        let mut other = api.request(&ListArchives::new());
        *other.uri_mut() = "/v2/project/12345/archive".parse().unwrap();
        let response = api.emulator.handle(other).await.unwrap();
        assert_eq!(response.status(), 403);
        let expected = "Id in the token does not match the one in the url";
        assert_eq!(json_of(&response)["message"], expected);
    }
}

#[tokio::test]
async fn opentok_writes_xml_to_those_who_do_not_ask_for_json() {
    let api = Api::opentok();
    let token = rest_token(&api.credentials, begin());
    let auth = ("x-opentok-auth", token.as_str());
    let text = |response: &Response<Bytes>| String::from_utf8(response.body().to_vec()).unwrap();

    let created = send(&api, "/session/create", &[auth]).await;
    assert_eq!(created.status(), 200);
    assert_eq!(created.headers()["content-type"], "text/xml;charset=UTF-8");
    let xml = text(&created);
    assert!(xml.contains("<sessions><Session><session_id>1_"), "{xml}");
    assert!(xml.contains("<partner_id>10000001</partner_id>"), "{xml}");
    for accept in ["application/json", "text/html, application/json;q=0.9"] {
        let created = send(&api, "/session/create", &[auth, ("accept", accept)]).await;
        assert_eq!(json_of(&created)[0]["partner_id"], "10000001", "{accept}");
    }

    let refused = send(&api, "/session/create", &[]).await;
    assert_eq!(refused.status(), 403);
    let expected = "<errorPayload><code>-1</code><message>No suitable authentication found</message><description/></errorPayload>";
    assert!(text(&refused).ends_with(expected), "{}", text(&refused));
    let listed = send(&api, LIST, &[auth]).await;
    assert_eq!(
        json_of(&listed),
        json!({ "count": 0, "items": [] }),
        "lists are always JSON"
    );
}

#[tokio::test]
async fn vonage_too_writes_a_session_as_xml_unless_json_is_named() {
    let api = Api::vonage();
    let bearer = format!("Bearer {}", rest_token(&api.credentials, begin()));
    let auth = ("authorization", bearer.as_str());
    let none: &[(&str, &str)] = &[];
    for accept in [none, &[("accept", "*/*")], &[("accept", "text/xml")]] {
        let headers = [&[auth], accept].concat();
        let created = send(&api, "/session/create", &headers).await;
        let xml = String::from_utf8_lossy(created.body());
        assert!(xml.contains("<session_id>"), "{accept:?}: {xml}");
        let listed = send(&api, LIST, &headers).await;
        assert_eq!(json_of(&listed)["count"], 0, "{accept:?}");
    }
    for path in [
        "/session/create",
        "//session//create/",
        "/hl/session/create",
    ] {
        let headers = [auth, ("accept", "application/json")];
        let created = send(&api, path, &headers).await;
        let project = &json_of(&created)[0]["project_id"];
        assert_eq!(project, api.credentials.project(), "{path}");
        let created = send(&api, path, &[auth]).await;
        assert!(created.body().starts_with(b"<?xml"), "{path}");
    }
}

#[tokio::test]
async fn refusals_are_json_without_accept() {
    for api in Api::both() {
        let mut request = Request::get(format!(
            "/v2/project/{}/archive/00000000-0000-4000-8000-000000000000",
            api.credentials.project()
        ))
        .body(Bytes::new())
        .unwrap();
        api.sign(&mut request);
        let response = api.emulator.handle(request).await.unwrap();
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert!(json_of(&response)["message"].is_string());
    }
    // One refusal was recorded as XML, for a client that accepts anything.
    let api = Api::opentok();
    let stranger = Credentials::opentok("99999", "a".repeat(40).as_str()).unwrap();
    let token = rest_token(&stranger, begin());
    let auth = ("x-opentok-auth", token.as_str());
    let xml = send(&api, LIST, &[auth, ("accept", "*/*")]).await;
    let expected =
        b"<errorPayload><code>-1</code><message>Issuer not found</message><description/></errorPayload>";
    assert!(xml.body().ends_with(expected), "{xml:?}");
    let json = send(&api, LIST, &[auth]).await;
    assert_eq!(
        json_of(&json),
        json!({ "code": -1, "message": "Issuer not found", "description": "Issuer not found" })
    );
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_by_the_date() {
    for api in Api::both() {
        api.emulator.skew_clock(-180);
        let response = api
            .emulator
            .handle(api.request(&ListArchives::new()))
            .await
            .unwrap();
        assert!([401, 403].contains(&response.status().as_u16()));
        let date = response.headers()["date"].to_str().unwrap();
        let server = httpdate::parse_http_date(date).unwrap();
        let skew = begin().duration_since(server).unwrap();
        assert!(skew >= 3 * MINUTE && skew < 3 * MINUTE + Duration::from_secs(2));
        api.emulator.skew_clock(0);
        api.send(ListArchives::new()).await.unwrap();
    }
}

#[tokio::test]
async fn leaps_in_time_do_not_make_credentials_old() {
    for api in Api::both() {
        api.pass(1000 * HOUR).await;
        api.send(ListArchives::new()).await.unwrap();
        let session = api.routed().await;
        api.join(&session, Role::Publisher);
    }
}

#[tokio::test]
async fn accounts_and_projects_have_calls_of_their_own() {
    let mut api = Api::opentok();
    let target = "/v2/project";
    let (status, body) = api.raw("GET", target, "").await;
    assert_eq!(status, 403, "{body}");
    api.credentials =
        Credentials::opentok_account("10000000", "fedcba9876543210fedcba9876543210fedcba98")
            .unwrap();
    api.send(ListProjects::new()).await.unwrap();
    crate::common::refused(api.send(CreateSession::new()).await, 403);
    let vonage = Api::vonage();
    let (status, _) = vonage
        .raw("GET", "/v2/project/{project}/callback", "")
        .await;
    assert_eq!(status, 404, "Vonage has no callbacks");
}

#[tokio::test]
async fn projects_are_made_from_whatever_identity_there_is() {
    let credentials = Credentials::opentok("4711", "c".repeat(40).as_str()).unwrap();
    let emulator = still()
        .project(Project::of(&credentials).unwrap())
        .in_memory()
        .unwrap();
    let api = Api {
        emulator,
        credentials,
    };
    api.routed().await;
    assert!(
        api.emulator.vonage().is_none(),
        "no demo beside an identity of one's own"
    );
    let error = Project::vonage(
        "no uuid",
        include_str!("../../src/world/demo/public-key.pem"),
    )
    .unwrap_err();
    assert!(error.to_string().contains("application id"), "{error}");
    let private = include_str!("fixtures/another-key.pem");
    let error = Project::vonage("00000000-0000-4000-8000-0000000000ff", private).unwrap_err();
    assert!(error.to_string().contains("private"), "{error}");
}
