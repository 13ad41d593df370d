//! Secrets of a request that a server repeats are not shown, however it encodes them.

use bytes::Bytes;
use http::{Request, StatusCode, header::AUTHORIZATION};
use serde_json::{Value, json};
use vonage_video_core::{ApiError, Error, shared::SentSecrets};

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiIxMjM0NTYifQ.c2lnbmF0dXJlLW9mLXRoaXM";
const KEY: &str = "live/se\u{e9}cret \"key\"+1";

fn request(body: &Value) -> Request<Bytes> {
    Request::post("/v2/project/123456/broadcast?streamMode=auto&search=hidden-query-value")
        .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
        .header("x-tenant", "acme-secret")
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap()
}

/// All that an error shows when a server responds with this body.
fn shown(request: &Request<Bytes>, body: String) -> String {
    let mut error = Error::api(ApiError::read(StatusCode::BAD_REQUEST, body.into()));
    SentSecrets::of(request).hide_in(&mut error);
    let api = error.api_error().unwrap();
    format!(
        "{error} {error:?} {} {:?} {:?} {:?}",
        api.message, api.description, api.details, api.request_id
    )
}

fn broadcast() -> Value {
    json!({
        "sessionId": "1_session",
        "outputs": {"rtmp": [{"streamName": KEY, "serverUrl": "rtmp://h/app"}]},
    })
}

#[test]
fn a_token_that_is_repeated_is_not_shown() {
    let request = request(&broadcast());
    let (_, signature) = TOKEN.rsplit_once('.').unwrap();
    for echo in [
        TOKEN.to_owned(),
        format!("Bearer {TOKEN}"),
        format!("'{TOKEN}'"),
        signature.to_owned(),
        TOKEN.get(..60).unwrap().to_owned(),
        TOKEN.to_uppercase(),
        "hidden-query-value".to_owned(),
        "hidden%2Dquery%2Dvalue".to_owned(),
        "acme-secret".to_owned(),
    ] {
        for body in [
            json!({"message": format!("Invalid token: {echo}")}),
            json!({"message": "m", "description": echo}),
            json!({"message": "m", "instance": echo}),
            json!({"message": "m", "invalid_parameters": [{"name": "token", "reason": echo}]}),
            json!({"errors": [{"message": echo}]}),
            json!({"anything": {"else": echo}}),
            json!(echo),
            json!(null),
        ] {
            for body in [
                body.to_string(),
                format!("<html><title>{echo}</title></html>"),
                format!("no shape at all: {echo}"),
            ] {
                let shown = shown(&request, body.clone()).to_lowercase();
                assert!(!shown.contains(&echo.to_lowercase()), "{body}: {shown}");
                assert!(shown.contains('…') || body == "null", "{body}: {shown}");
            }
        }
    }
}

#[test]
fn a_hidden_value_of_the_request_is_found_in_any_encoding() {
    let request = request(&broadcast());
    let json = Value::from(KEY).to_string();
    let twice = Value::from(json.clone()).to_string();
    for echo in [
        KEY.to_owned(),
        json.clone(),
        twice,
        json.replace('/', "\\/").replace('\u{e9}', "\\u00e9"),
        "live%2Fse%C3%A9cret%20%22key%22%2B1".to_owned(),
        "live/se\u{e9}cret+%22key%22%2B1".to_owned(),
        "live/se&#233;cret &quot;key&quot;+1".to_owned(),
        "live/se&#xE9;cret &#34;key&#x22;+1".to_owned(),
        broadcast().to_string(),
    ] {
        for body in [
            json!({"message": format!("cannot read {echo} here")}).to_string(),
            format!("cannot read {echo} here"),
        ] {
            let shown = shown(&request, body.clone());
            assert!(
                !shown.contains("cret") && !shown.contains("key"),
                "{body}: {shown}"
            );
            assert!(shown.contains("here"), "{body}: {shown}");
        }
    }
}

/// What precedes a secret must not swallow its first letter as part of an escape.
#[test]
fn a_value_behind_half_an_escape_is_hidden() {
    for secret in [
        "nuclear-codes-1",
        "u0041bcd-code-2",
        "41bcd-code-3",
        "t.e.s.t-c-o-d-e-s",
    ] {
        let request = request(&json!({"data": secret}));
        for before in ["\\", "%", "&#", "\\\\", "\\u", "%2"] {
            let body = json!({"message": format!("bad {before}{secret} here")}).to_string();
            let shown = shown(&request, body);
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_value_cut_by_the_server_or_by_us_is_hidden_as_far_as_it_goes() {
    let request = request(&json!({"data": "correct horse battery staple"}));
    for body in [
        json!({"message": "bad data: correct horse b..."}).to_string(),
        format!("{}correct horse", "x ".repeat(4993)),
    ] {
        let shown = shown(&request, body);
        assert!(
            !shown.contains("correct") && !shown.contains("horse"),
            "{shown}"
        );
    }
}

#[test]
fn short_values_are_hidden_as_words_and_harmless_ones_are_shown() {
    let request = request(&json!({"sessionId": "1_session", "data": "at", "password": "a1"}));
    let body = json!({"message": "what is at 'a1' in 1_session? atlas a12"}).to_string();
    let shown = shown(&request, body);
    assert!(
        shown.contains("what is … '…' in 1_session? atlas a12"),
        "{shown}"
    );
}

#[test]
fn secrets_in_json_in_a_string_are_found() {
    let data = json!({"password": "hunter2-hunter2"}).to_string();
    let request = request(&json!({"data": data}));
    let shown = shown(
        &request,
        json!({"message": "got hunter2-hunter2"}).to_string(),
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn a_form_is_read_as_pairs() {
    let body = "archiveMode=manual&location=10.0.0.1&secret=hunter%202%20hunter";
    let request = Request::post("/session/create")
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap();
    let shown = shown(&request, "no: hunter 2 hunter".to_owned());
    assert!(!shown.contains("hunter"), "{shown}");
}

/// Decoded, `%47` is one letter, which leaves too few to find the secret in any encoding; as it was
/// sent it is found even amid letters.
#[test]
fn a_secret_with_an_escape_in_it_is_found_amid_letters() {
    let secret = "ey\"%471110";
    let request = request(&json!({ "data": secret }));
    let shown = shown(&request, format!("no shape at all: 4{secret}x"));
    assert!(!shown.contains("471110"), "{shown}");
}
