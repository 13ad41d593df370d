//! Clocks that step, and dates that lie: no token is ever signed for a time more than a day away,
//! no call is signed more than twice, and the next call to an honest server is accepted.
//!
//! Lines of `STEP DATE`: a call to a server whose clock is STEP seconds ahead, and which puts DATE
//! into the header `Date` of what it refuses: a number for a time that many seconds ahead of this
//! machine's, or any text.

#![no_main]

use std::{
    sync::{Arc, LazyLock, Mutex},
    time::{Duration, SystemTime},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use vonage_video_auth::Verifier;
use vonage_video_core::operations::ListArchives;
use vonage_video_fuzz::{
    API_KEY, API_SECRET, assert_one_line, now,
    server::{client, json, run},
};

const DAY: i64 = 24 * 60 * 60;
/// By how much tokens are backdated, and more.
const MARGIN: i64 = 120;

static VERIFIER: LazyLock<Verifier> =
    LazyLock::new(|| Verifier::opentok(API_KEY, API_SECRET).expect("an API key and its secret"));

/// What a server does until the next call.
#[derive(Clone, Default)]
struct Mood {
    ahead: i64,
    date: Option<String>,
    requests: usize,
}

fuzz_target!(|text: &str| {
    let mood = Arc::new(Mutex::new(Mood::default()));
    let server = Arc::clone(&mood);
    let client = client(move |request| {
        let mut mood = server.lock().expect("no panic");
        mood.requests += 1;
        let token = request.headers()["x-opentok-auth"]
            .to_str()
            .expect("a token");
        assert!(
            signed_for(token).abs() <= DAY + MARGIN,
            "{}",
            signed_for(token)
        );
        if VERIFIER.verify_rest_token(token, later(mood.ahead)).is_ok() {
            return json(200, r#"{"count":0,"items":[]}"#);
        }
        let mut response = json(403, r#"{"code":-1,"message":"Token not valid"}"#);
        let honest = httpdate::fmt_http_date(later(mood.ahead));
        let date = mood.date.clone().unwrap_or(honest);
        if let Ok(date) = date.parse() {
            response.headers_mut().insert("date", date);
        }
        response
    });
    let call = |ahead: i64, date: Option<String>| {
        *mood.lock().expect("no panic") = Mood {
            ahead,
            date,
            requests: 0,
        };
        let outcome = run(client.send(ListArchives::new()).into_future());
        let requests = mood.lock().expect("no panic").requests;
        assert!((1..=2).contains(&requests), "{requests} requests");
        outcome
    };
    for line in text.lines().take(50) {
        let (step, date) = line.split_once(' ').unwrap_or((line, "0"));
        let step = step.parse::<i64>().unwrap_or(0) % (DAY - MARGIN);
        let date = match date.parse::<i64>() {
            Ok(ahead) => httpdate::fmt_http_date(later(ahead % (200 * 365 * DAY))),
            Err(_) => date.to_owned(),
        };
        if let Err(error) = call(step, Some(date)) {
            assert_one_line(&error.to_string());
        }
        // Whatever was said, an honest server is believed.
        let outcome = call(step, None);
        assert!(outcome.is_ok(), "{step} after {line:?}: {outcome:?}");
    }
});

/// A time this many seconds after the moment of every run; the first that there is, if before.
fn later(seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let time = match seconds {
        0.. => now().checked_add(by),
        _ => now().checked_sub(by),
    };
    time.filter(|time| *time > SystemTime::UNIX_EPOCH)
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

/// For how many seconds after the moment of every run a token was issued.
fn signed_for(token: &str) -> i64 {
    let payload = token.split('.').nth(1).expect("a JWT");
    let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).expect("Base64");
    let claims: Value = serde_json::from_slice(&payload).expect("claims");
    let issued = claims["iat"].as_i64().expect("a time of issue");
    let now = now().duration_since(SystemTime::UNIX_EPOCH);
    issued - i64::try_from(now.expect("later").as_secs()).expect("not so late")
}
