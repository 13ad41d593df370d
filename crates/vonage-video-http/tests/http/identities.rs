//! Who asks: wrong clocks, rotated keys, several projects at once.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use vonage_video_auth::Credentials;
use vonage_video_core::{
    ErrorKind,
    operations::{CreateProject, GetArchive, ListArchives, RegisterCallback, StartArchive},
};
use vonage_video_http::{Client, Clock};

use crate::server::{
    API_KEY, SESSION, Seen, Server, archive, opentok, respond, respond_with, vonage,
};

/// A clock that tests set.
#[derive(Clone)]
struct Wrong(Arc<AtomicU64>);

impl Clock for Wrong {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

/// Sun, 06 Nov 1994 08:49:37 GMT, by the server's clock.
const SERVER_NOW: u64 = 784_111_777;
const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

/// A claim of the request's token, without looking at its signature.
fn claim(seen: &Seen, name: &str) -> serde_json::Value {
    let token = seen
        .headers
        .get("x-opentok-auth")
        .or(seen.headers.get("authorization"))
        .unwrap();
    let payload = token.split('.').nth(1).unwrap();
    let bytes = base64url(payload);
    let claims: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    claims[name].clone()
}

/// base64url, by hand: a test needs no more.
fn base64url(text: &str) -> Vec<u8> {
    let mut bits = 0u32;
    let mut count = 0;
    let mut out = Vec::new();
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// Refuses tokens that are not valid now, by its own clock.
async fn strict() -> Server {
    Server::start(|seen, _| {
        let (iat, exp) = (
            claim(seen, "iat").as_u64().unwrap(),
            claim(seen, "exp").as_u64().unwrap(),
        );
        if iat <= SERVER_NOW && SERVER_NOW < exp {
            respond(200, &archive("a1", "started"))
        } else {
            respond_with(
                403,
                &[("date", DATE)],
                br#"{"code":-1,"message":"Token not valid"}"#,
            )
        }
    })
    .await
}

#[tokio::test]
async fn a_wrong_clock_is_noticed_and_the_call_is_signed_again() {
    for ours in [SERVER_NOW + 3600, SERVER_NOW - 3600, SERVER_NOW - 86_400] {
        let server = strict().await;
        let client = server
            .builder()
            .clock(Wrong(Arc::new(AtomicU64::new(ours))))
            .build()
            .unwrap();
        // Not safe to replay; but it was refused before it had its effect.
        client.send(StartArchive::new(SESSION)).await.unwrap();
        assert_eq!(server.seen().len(), 2);
        // From then on it is known.
        client.send(StartArchive::new(SESSION)).await.unwrap();
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn a_correction_is_taken_back_when_the_clock_is_set_right() {
    let server = strict().await;
    let ours = Arc::new(AtomicU64::new(SERVER_NOW));
    let client = server
        .builder()
        .clock(Wrong(Arc::clone(&ours)))
        .build()
        .unwrap();
    for now in [
        SERVER_NOW + 3600,
        SERVER_NOW,
        SERVER_NOW - 7200,
        SERVER_NOW + 7200,
        SERVER_NOW,
    ] {
        ours.store(now, Ordering::Relaxed);
        for _ in 0..2 {
            client.send(GetArchive::new("a1")).await.unwrap();
        }
    }
    assert_eq!(server.seen().len(), 15, "each step costs one more request");
}

#[tokio::test]
async fn a_date_that_is_more_than_a_day_off_corrects_nothing() {
    let server = strict().await;
    let client = server
        .builder()
        .clock(Wrong(Arc::new(AtomicU64::new(1_000))))
        .build()
        .unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    assert!(error.to_string().contains("too much to correct"), "{error}");
}

#[tokio::test]
async fn many_calls_with_a_wrong_clock_all_recover() {
    let server = strict().await;
    let client = server
        .builder()
        .clock(Wrong(Arc::new(AtomicU64::new(SERVER_NOW + 600))))
        .build()
        .unwrap();
    let calls: Vec<_> = (0..32)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn when_it_does_not_help_the_error_states_the_skew() {
    let server =
        Server::start(|_, _| respond_with(401, &[("date", DATE)], br#"{"message":"no"}"#)).await;
    let client = server
        .builder()
        .clock(Wrong(Arc::new(AtomicU64::new(SERVER_NOW - 240))))
        .build()
        .unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!(server.seen().len(), 2, "signed again once, not for ever");
    assert_eq!(error.attempts(), 1);
    let skew = error.api_error().unwrap().clock_skew.unwrap();
    assert_eq!(skew.seconds, 240);
    assert!(
        error.to_string().contains("clock is 240 s behind"),
        "{error}"
    );
    client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!(
        server.seen().len(),
        3,
        "a known skew is no reason to sign again"
    );
}

#[tokio::test]
async fn a_key_is_rotated_while_calls_are_under_way() {
    let keys = Arc::new(Mutex::new(Vec::new()));
    let server = Server::start({
        let keys = Arc::clone(&keys);
        move |seen, _| {
            keys.lock()
                .unwrap()
                .push((claim(seen, "iss"), seen.target.clone()));
            respond(200, &archive("a1", "started"))
        }
    })
    .await;
    let client = server.client();
    let clone = client.clone();
    let other = Credentials::opentok("654321", crate::server::API_SECRET).unwrap();
    let mut calls = Vec::new();
    for n in 0..64 {
        if n == 32 {
            clone.switch_credentials(other.clone()).unwrap();
            assert_eq!(client.credentials().project(), "654321");
        }
        calls.push(tokio::spawn(
            client.send(GetArchive::new("a1")).into_future(),
        ));
        tokio::task::yield_now().await;
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    client.send(GetArchive::new("a1")).await.unwrap();
    let keys = keys.lock().unwrap();
    assert_eq!(keys.last().unwrap().0, "654321");
    for (issuer, target) in keys.iter() {
        // The project that signs is the project in the path: never one's token on another's path.
        assert!(
            target.contains(issuer.as_str().unwrap()),
            "{issuer} {target}"
        );
    }
}

#[tokio::test]
async fn two_projects_on_one_pool_never_mix() {
    let server = Server::start(|seen, _| {
        let project = seen.path().split('/').nth(3).unwrap().to_owned();
        let ours = match seen.headers.get("authorization") {
            Some(_) => claim(seen, "application_id") == project,
            None => claim(seen, "iss") == project,
        };
        respond(if ours { 200 } else { 403 }, &archive(&project, "started"))
    })
    .await;
    let first = server.client();
    let second = first
        .with_credentials(Credentials::opentok("777777", crate::server::API_SECRET).unwrap())
        .unwrap();
    let third = first.with_credentials(vonage()).unwrap();
    let mut calls = Vec::new();
    for n in 0..150 {
        let client = [&first, &second, &third][n % 3].clone();
        calls.push(tokio::spawn(async move {
            let archive = client.send(GetArchive::new("a1")).await.unwrap();
            assert_eq!(archive.id.as_str(), client.credentials().project());
        }));
    }
    for call in calls {
        call.await.unwrap();
    }
    let before = server.connections();
    for client in [&first, &second, &third] {
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    assert_eq!(server.connections(), before, "the pool is shared");
}

#[tokio::test]
async fn what_these_credentials_cannot_ask_for_is_refused_before_sending() {
    let server = Server::start(|_, _| respond(200, "{}")).await;
    let with = |credentials| {
        Client::builder(credentials)
            .variables(|_| None)
            .base_url(&server.url)
            .build()
            .unwrap()
    };
    let account = Credentials::opentok_account(API_KEY, crate::server::API_SECRET).unwrap();

    let callback = RegisterCallback::new("archive", "status", "https://example.com/");
    let error = with(vonage()).send(callback).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)));
    let said = error.to_string();
    assert!(
        said.contains("only the OpenTok environment") && said.contains("got Vonage credentials"),
        "{said}"
    );

    let project: CreateProject = serde_json::from_str("{}").unwrap();
    let error = with(opentok()).send(project).await.unwrap_err();
    assert!(error.to_string().contains("opentok_account"), "{error}");
    let error = with(account).send(ListArchives::new()).await.unwrap_err();
    assert!(
        error.to_string().contains("project's own credentials"),
        "{error}"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn credentials_of_another_project_are_refused_unless_a_switch_is_asked_for() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let client = server.client();
    let others = [
        Credentials::opentok("654321", crate::server::API_SECRET).unwrap(),
        vonage(),
        Credentials::opentok_account(API_KEY, crate::server::API_SECRET).unwrap(),
    ];
    for other in others {
        let error = client.set_credentials(other.clone()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error:?}");
        assert!(error.to_string().contains("switch_credentials"), "{error}");
        assert_eq!(client.credentials().project(), API_KEY);
        client.switch_credentials(other.clone()).unwrap();
        assert_eq!(client.credentials().project(), other.project());
        client.switch_credentials(opentok()).unwrap();
    }
    // A rotated secret is of the same project.
    let rotated =
        Credentials::opentok(API_KEY, "abcdef7890abcdef1234567890abcdef12345678").unwrap();
    client.set_credentials(rotated).unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
}

#[tokio::test]
async fn a_client_can_be_made_from_variables_alone() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let url = server.url.clone();
    let client = Client::from_vars(move |name| match name {
        "OPENTOK_API_KEY" => Some(API_KEY.to_owned()),
        "OPENTOK_API_SECRET" => Some(crate::server::API_SECRET.to_owned()),
        "VONAGE_VIDEO_BASE_URL" => Some(url.clone()),
        _ => None,
    })
    .unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!(claim(&server.seen()[0], "iss"), API_KEY);
    let error = Client::from_vars(|_| None).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
}
