//! Clocks that step, on either side, and dates that lie.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use http::Request;
use vonage_video_auth::Credentials;
use vonage_video_core::{Error, operations::GetArchive};
use vonage_video_http::{Body, Client, Clock};

use crate::{
    memory::{Canned, Memory, canned, canned_with},
    server::{archive, opentok, vonage},
};

/// The server's time: 2023-11-14 22:13:20.
const SERVER_NOW: i64 = 1_700_000_000;

/// A clock that tests set: seconds ahead of the server's.
#[derive(Clone, Default)]
struct Offset(Arc<AtomicI64>);

impl Offset {
    fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for Offset {
    fn now(&self) -> SystemTime {
        at(SERVER_NOW + self.0.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

fn at(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs())
}

fn is_valid(request: &Request<Body>, credentials: &Credentials) -> bool {
    let header = |name| request.headers().get(name)?.to_str().ok();
    let token =
        header("x-opentok-auth").or_else(|| header("authorization")?.strip_prefix("Bearer "));
    credentials
        .verifier()
        .unwrap()
        .verify_rest_token(token.unwrap(), at(SERVER_NOW))
        .is_ok()
}

/// A server whose clock is right, which verifies tokens for real. `date` is what it puts into
/// `Date`, by the number of the request.
fn strict(
    credentials: Credentials,
    date: impl Fn(usize) -> Option<String> + Send + Sync + 'static,
) -> Memory {
    Memory::responding(move |request, number| -> Canned {
        if is_valid(request, &credentials) {
            return canned(200, archive("a1", "started"));
        }
        let body = r#"{"code":-1,"message":"Token not valid"}"#;
        match date(number) {
            Some(date) => canned_with(403, ("date", &date), body),
            None => canned(403, body),
        }
    })
}

fn date(seconds: i64) -> String {
    httpdate::fmt_http_date(at(seconds))
}

fn client(server: &Memory, credentials: Credentials, clock: &Offset) -> Client {
    server
        .builder_for(credentials)
        .clock(clock.clone())
        .build()
        .unwrap()
}

async fn call(client: &Client) -> Result<(), Error> {
    client.send(GetArchive::new("a1")).await.map(drop)
}

#[tokio::test]
async fn a_clock_that_steps_either_way_and_back_costs_no_call() {
    for credentials in [opentok(), vonage()] {
        let server = strict(credentials.clone(), |_| Some(date(SERVER_NOW)));
        let clock = Offset::default();
        let client = client(&server, credentials, &clock);
        for step in [0, 3600, 3600, 0, 0, -3600, 3600, 40, 0, 80_000, -80_000, 0] {
            clock.set(step);
            for _ in 0..3 {
                call(&client)
                    .await
                    .unwrap_or_else(|error| panic!("{step}: {error}"));
            }
        }
    }
}

#[tokio::test]
async fn one_lying_date_harms_no_call_but_its_own() {
    for lie in [-7200, 7200, -80_000, 100 * 365 * 86_400] {
        let credentials = opentok();
        let refused = Arc::new(AtomicI64::new(1));
        let server = Memory::responding({
            let (credentials, refused) = (credentials.clone(), Arc::clone(&refused));
            move |request, _| {
                // One refusal with an old or future date, by a cache or a gateway; then the server.
                if refused.swap(0, Ordering::SeqCst) == 1 {
                    return canned_with(403, ("date", &date(SERVER_NOW + lie)), "");
                }
                if is_valid(request, &credentials) {
                    canned(200, archive("a1", "started"))
                } else {
                    canned_with(403, ("date", &date(SERVER_NOW)), "")
                }
            }
        });
        let client = client(&server, credentials, &Offset::default());
        let _ = call(&client).await;
        for _ in 0..4 {
            call(&client)
                .await
                .unwrap_or_else(|error| panic!("{lie}: {error}"));
        }
    }
}

#[tokio::test]
async fn a_date_more_than_a_day_away_gets_no_token_for_it_and_is_explained() {
    for lie in [86_401, -86_401, 76 * 365 * 86_400] {
        let server =
            Memory::responding(move |_, _| canned_with(401, ("date", &date(SERVER_NOW + lie)), ""));
        let client = client(&server, opentok(), &Offset::default());
        for _ in 0..3 {
            let error = call(&client).await.unwrap_err();
            assert!(error.to_string().contains("too much to correct"), "{error}");
        }
        assert_eq!(server.requests(), 3, "nothing is signed again");
    }
}

#[tokio::test]
async fn many_lies_in_a_row_cannot_add_up_to_more_than_a_day() {
    let tokens = Arc::new(std::sync::Mutex::new(Vec::new()));
    let server = Memory::responding({
        let tokens = Arc::clone(&tokens);
        move |request, number| {
            let token = request.headers()["x-opentok-auth"]
                .to_str()
                .unwrap()
                .to_owned();
            tokens.lock().unwrap().push(token);
            let ahead = 80_000 * (i64::try_from(number).unwrap() + 1);
            canned_with(401, ("date", &date(SERVER_NOW + ahead)), "")
        }
    });
    let client = client(&server, opentok(), &Offset::default());
    for _ in 0..5 {
        call(&client).await.unwrap_err();
    }
    let verifier = opentok().verifier().unwrap();
    for token in tokens.lock().unwrap().iter() {
        assert!(
            verifier
                .verify_rest_token(token, at(SERVER_NOW + 2 * 86_400))
                .is_err(),
            "a token for the day after tomorrow"
        );
    }
}
