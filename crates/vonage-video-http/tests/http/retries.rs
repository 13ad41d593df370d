//! The table of retries, proved with servers that fail before and after the effect.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use vonage_video_core::{
    Error, ErrorKind, Sent,
    operations::{Dial, GetArchive, ListArchives, SignalSession, StartArchive, StartBroadcast},
};
use vonage_video_http::{AttemptReport, CallReport, Client, Observer};

use crate::{
    memory::{Memory, canned, canned_with},
    server::{SESSION, Server, Step, archive, respond, respond_with},
};

/// What a server may do to a request that it has acted upon.
fn breaks() -> Vec<(&'static str, Vec<Step>)> {
    vec![
        ("resets", vec![Step::Reset]),
        ("closes", vec![Step::Close]),
        (
            "closes in the headers",
            vec![Step::Send(b"HTTP/1.1 200 OK\r\nx".to_vec()), Step::Close],
        ),
        (
            "closes in the body",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id".to_vec()),
                Step::Close,
            ],
        ),
        ("500", respond(500, "{}")),
        (
            "502",
            respond(502, "<html><title>Bad Gateway</title></html>"),
        ),
        ("503", respond(503, "")),
        ("504", respond(504, "")),
    ]
}

async fn effects(
    client: &Client,
    server: &Server,
) -> Vec<(&'static str, Result<(), Error>, usize)> {
    let mut outcomes = Vec::new();
    macro_rules! do_once {
        ($($operation:expr),*) => {$({
            let before = server.seen().len();
            let outcome = client.send($operation).await.map(|_| ());
            outcomes.push((stringify!($operation), outcome, server.seen().len() - before));
        })*};
    }
    do_once!(
        StartArchive::new(SESSION),
        SignalSession::new(SESSION, "hi"),
        StartBroadcast::new(SESSION, broadcast_outputs()),
        Dial::new(SESSION, "token", sip())
    );
    outcomes
}

fn broadcast_outputs() -> vonage_video_core::models::BroadcastOutputs {
    serde_json::from_str(r#"{"hls":{}}"#).unwrap()
}

fn sip() -> vonage_video_core::models::SipTarget {
    serde_json::from_str(r#"{"uri":"sip:a@example.com"}"#).unwrap()
}

#[tokio::test]
async fn what_may_have_had_its_effect_is_sent_once() {
    for (what, steps) in breaks() {
        let server = Server::start(move |_, _| steps.clone()).await;
        for (operation, outcome, requests) in effects(&server.client(), &server).await {
            let error = outcome.unwrap_err();
            assert_eq!(requests, 1, "{what}: {operation}: {error:?}");
            assert_ne!(error.sent(), Sent::No, "{what}: {operation}");
            assert!(!error.is_retryable(), "{what}: {operation}");
        }
    }
}

#[tokio::test]
async fn what_is_safe_is_sent_until_it_succeeds() {
    for (what, steps) in breaks() {
        let server = Server::start(move |_, number| match number {
            0 | 1 => steps.clone(),
            _ => respond(200, &archive("a1", "started")),
        })
        .await;
        let archive = server.client().send(GetArchive::new("a1")).await;
        assert_eq!(archive.unwrap().id.as_str(), "a1", "{what}");
        assert_eq!(server.seen().len(), 3, "{what}");
    }
}

#[tokio::test]
async fn the_last_failure_is_told_with_the_number_of_attempts() {
    let server =
        Server::start(|_, number| respond(503, &format!(r#"{{"message":"n{number}"}}"#))).await;
    let error = server
        .client()
        .send(GetArchive::new("a1"))
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(
        error.to_string(),
        "get_archive: 503 Service Unavailable: n2 (after 3 attempts)"
    );
}

#[tokio::test]
async fn a_caller_may_say_that_twice_is_better_than_not_at_all() {
    let server = Server::start(|_, number| match number {
        0 => vec![Step::Reset],
        _ => respond(200, &archive("a1", "started")),
    })
    .await;
    server
        .client()
        .send(StartArchive::new(SESSION))
        .allow_replay()
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_to_wait_is_waited_for() {
    let canned = |status| {
        Memory::new(vec![
            canned_with(status, ("retry-after", "7"), ""),
            canned(200, archive("a1", "started")),
        ])
    };
    let start = tokio::time::Instant::now();
    // A 429 proves that the server did nothing, so even this is sent again.
    let server = canned(429);
    let client = server.builder().build().unwrap();
    client.send(StartArchive::new(SESSION)).await.unwrap();
    assert_eq!((start.elapsed().as_secs(), server.requests()), (7, 2));

    let server = canned(503);
    let client = server.builder().build().unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!((start.elapsed().as_secs(), server.requests()), (14, 2));

    // A gateway may add `Retry-After` to a 503 after the effect.
    let server = canned(503);
    let client = server.builder().build().unwrap();
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert!(!error.is_retryable(), "{error}");
    assert_eq!((start.elapsed().as_secs(), server.requests()), (14, 1));
}

#[tokio::test(start_paused = true)]
async fn waits_between_attempts_grow_are_spread_and_are_bounded() {
    let server = Memory::new(vec![None]);
    let mut waits = Vec::new();
    for _ in 0..20 {
        // Each with a budget of its own.
        let client = server.client();
        let start = tokio::time::Instant::now();
        let error = client
            .send(GetArchive::new("a1"))
            .attempts(8)
            .await
            .unwrap_err();
        assert_eq!(error.attempts(), 8);
        waits.push(start.elapsed());
    }
    // 100, 200, 400, 800, 1600, 2000 and 2000 ms at most.
    assert!(
        waits
            .iter()
            .all(|wait| *wait <= Duration::from_millis(7100)),
        "{waits:?}"
    );
    assert!(
        waits
            .iter()
            .any(|wait| *wait >= Duration::from_millis(1000)),
        "{waits:?}"
    );
    waits.sort();
    waits.dedup();
    assert!(waits.len() > 10, "{waits:?}");
}

#[tokio::test]
async fn a_wait_that_does_not_fit_is_not_begun() {
    let server = Server::start(|_, _| respond_with(429, &[("retry-after", "3600")], b"")).await;
    let error = server
        .client()
        .send(GetArchive::new("a1"))
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(
        error.api_error().unwrap().retry_after,
        Some(Duration::from_secs(3600))
    );
    assert!(error.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn other_refusals_are_final() {
    for status in [400, 401, 403, 404, 405, 408, 409, 413, 422, 302] {
        let server = Server::start(move |_, _| respond(status, r#"{"message":"no"}"#)).await;
        let error = server
            .client()
            .send(GetArchive::new("a1"))
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let server = Server::start(|_, _| respond(500, "")).await;
    let client = server.builder().clock(Fast).build().unwrap();
    for _ in 0..300 {
        client.send(GetArchive::new("a1")).await.unwrap_err();
    }
    // A hundred retries are allowed, and no more while nothing succeeds.
    assert_eq!(server.seen().len(), 400);
}

/// A clock on which waits take no time.
struct Fast;

impl vonage_video_http::Clock for Fast {
    fn now(&self) -> std::time::SystemTime {
        std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        if duration < Duration::from_secs(3) {
            Box::pin(std::future::ready(()))
        } else {
            Box::pin(std::future::pending())
        }
    }
}

#[tokio::test]
async fn an_earlier_attempt_that_may_have_arrived_is_not_forgotten() {
    let server = Server::start(|_, _| vec![Step::Shutdown]).await;
    let client = server.builder().build().unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect), "{error:?}");
    assert_eq!(server.seen().len(), 1);
    assert_eq!((error.sent(), error.attempts()), (Sent::Maybe, 3));
    assert!(error.is_retryable(), "a read may be read again");
}

#[derive(Default)]
struct Counts {
    attempts: AtomicUsize,
    retries: AtomicUsize,
    calls: AtomicUsize,
    failures: AtomicUsize,
}

struct Counting(Arc<Counts>);

impl Observer for Counting {
    fn attempt(&self, report: &AttemptReport<'_>) {
        assert!(report.attempt >= 1);
        self.0.attempts.fetch_add(1, Ordering::SeqCst);
        if report.retry_after.is_some() {
            assert!(report.error.is_some());
            self.0.retries.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn call(&self, report: &CallReport<'_>) {
        assert_eq!(report.operation, "list_archives");
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        if report.error.is_some() {
            assert_eq!(report.status.unwrap().as_u16(), 404);
            assert_eq!(report.request_id, Some("r9"));
            self.0.failures.fetch_add(1, Ordering::SeqCst);
        } else {
            assert_eq!(report.attempts, 2);
        }
    }
}

#[tokio::test]
async fn the_observer_is_told_of_attempts_and_calls() {
    let server = Server::start(|_, number| match number {
        0 => respond(502, ""),
        1 => respond(200, "{}"),
        _ => respond_with(404, &[("x-request-id", "r9")], b""),
    })
    .await;
    let counts = Arc::new(Counts::default());
    let client = server
        .builder()
        .observer(Counting(Arc::clone(&counts)))
        .build()
        .unwrap();
    client.send(ListArchives::new()).await.unwrap();
    client.send(ListArchives::new()).await.unwrap_err();
    let read = |count: &AtomicUsize| count.load(Ordering::SeqCst);
    assert_eq!(
        (
            read(&counts.attempts),
            read(&counts.retries),
            read(&counts.calls),
            read(&counts.failures)
        ),
        (3, 1, 2, 1)
    );
}
