//! Echoes: a secret of a request is not shown, wherever a server repeats it.
//!
//! A line with the secret, and the body of an error response, in which `@` stands for the secret,
//! `^` for the secret as JSON and `~` for it percent-encoded.

#![no_main]

use bytes::Bytes;
use http::{Request, StatusCode, header::AUTHORIZATION};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use vonage_video_core::{
    ApiError, Error,
    shared::{SentSecrets, escape},
};
use vonage_video_fuzz::{assert_one_line, first_line};

fuzz_target!(|text: &str| {
    let (secret, body) = first_line(text);
    let secret = secret.trim();
    // A shorter one is only looked for as a word.
    if secret.chars().filter(char::is_ascii_alphanumeric).count() < 8 {
        return;
    }
    let quoted = json!(secret).to_string();
    let mut encoded = String::new();
    escape(&mut encoded, secret);
    let body = body
        .replace('@', secret)
        .replace('^', &quoted)
        .replace('~', &encoded);
    let mut request = Request::post("/v2/project/123456/session/s/signal")
        .body(Bytes::from(json!({ "data": secret }).to_string()))
        .expect("a request");
    if let Ok(value) = secret.parse() {
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    let mut error = Error::api(ApiError::read(StatusCode::BAD_REQUEST, body.into()));
    SentSecrets::of(&request).hide_in(&mut error);
    let shown = error.to_string();
    assert_one_line(&shown);
    // What is shown is these, and our own words, in which a secret such as "Bad Request" may stand.
    let api = error.api_error().expect("an error response");
    let said = [&api.message].into_iter().chain(&api.description);
    for said in said.chain(&api.details).chain(&api.request_id) {
        assert!(!said.contains(secret), "{said}");
    }
});
