//! From a request to a handler and its response.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use http::Request;
use serde_json::{Map, Value};
use tokio::sync::Notify;
use vonage_video::webhook::{
    Inbox, MemoryInbox, Outcome, RespondWhen, WebhookEvent, WebhookSigner, WebhookVerifier,
    Webhooks, test,
};

use super::support::{
    Counter, Log, Unreachable, archive, deliver, joins, new, post, settle, webhooks,
};

const EXAMPLES: &str = include_str!("../../../../../tests/fixtures/webhooks.json");

#[tokio::test]
async fn every_documented_event_reaches_its_handler_and_no_other() {
    let log = Log::default();
    let to = |name: &'static str| {
        let log = log.clone();
        move || {
            log.add(name);
            async {}
        }
    };
    macro_rules! all {
        ($webhooks:expr, $($handler:ident => $name:literal),*) => {{
            let mut webhooks = $webhooks;
            $(let note = to($name); webhooks = webhooks.$handler(move |_| note());)*
            webhooks
        }};
    }
    let webhooks = all!(webhooks(),
        on_session_created => "sessionCreated", on_session_destroyed => "sessionDestroyed",
        on_session_notification => "sessionNotification", on_connection_created => "connectionCreated",
        on_connection_destroyed => "connectionDestroyed", on_stream_created => "streamCreated",
        on_stream_destroyed => "streamDestroyed", on_archive => "archive", on_broadcast => "broadcast",
        on_render => "render", on_captions => "captions", on_call_created => "callCreated",
        on_call_updated => "callUpdated", on_call_destroyed => "callDestroyed",
        on_mute_forced => "muteForced", otherwise => "otherwise"
    );
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap();
    let mut expected = Vec::new();
    for (name, body) in examples {
        assert_eq!(
            deliver(&webhooks, &WebhookEvent::from(body)).await,
            200,
            "{name}"
        );
        expected.push(name.split('.').next().unwrap().to_owned());
    }
    let unknown = serde_json::from_str(r#"{"event":"hologramStarted"}"#).unwrap();
    assert_eq!(deliver(&webhooks, &unknown).await, 200);
    expected.push("otherwise".to_owned());
    assert_eq!(log.lines(), expected);
}

#[tokio::test]
async fn every_delivery_after_the_first_is_taken_and_not_acted_on() {
    let (handled, every) = (Counter::default(), Counter::default());
    let (count, count_every) = (handled.clone(), every.clone());
    let webhooks = webhooks()
        .on_every(move |_| {
            count_every.up();
            async {}
        })
        .on_archive(move |_| {
            count.up();
            async {}
        });
    let event = archive("a", "available");
    for _ in 0..3 {
        assert_eq!(deliver(&webhooks, &event).await, 200);
    }
    assert_eq!((handled.get(), every.get()), (1, 1));
    assert_eq!(deliver(&webhooks, &archive("b", "available")).await, 200);
    assert_eq!(deliver(&webhooks, &joins("session", "a")).await, 200);
    assert_eq!((handled.get(), every.get()), (2, 3));
}

#[tokio::test]
async fn a_handler_that_fails_is_called_again_with_the_next_delivery() {
    let tried = Counter::default();
    let count = tried.clone();
    let webhooks = webhooks().on_archive(move |_| {
        let attempt = count.up();
        async move {
            match attempt {
                1 => Err("the database is away"),
                2 => panic!("a bug"),
                _ => Ok(()),
            }
        }
    });
    let event = archive("a", "available");
    let request = test::signed(&event);
    let authorization = request.headers()["authorization"].to_str().unwrap();
    let outcome = webhooks
        .handle(Some(authorization), request.body().as_bytes())
        .await;
    assert!(matches!(outcome, Outcome::Failed(_)));
    assert_eq!(
        outcome.to_string(),
        "a handler failed: the database is away"
    );
    assert_eq!(outcome.status(), 503);
    let outcome = webhooks
        .handle(Some(authorization), request.body().as_bytes())
        .await;
    assert!(matches!(outcome, Outcome::Panicked), "{outcome:?}");
    assert_eq!(outcome.status(), 503);
    assert_eq!(deliver(&webhooks, &event).await, 200);
    assert_eq!(deliver(&webhooks, &event).await, 200);
    assert_eq!(tried.get(), 3);
}

#[tokio::test]
async fn a_handler_that_panics_before_its_first_await_is_contained_too() {
    let webhooks = webhooks().on_archive(|archive| {
        assert_ne!(archive.id, "a", "a bug");
        async {}
    });
    assert_eq!(deliver(&webhooks, &archive("a", "available")).await, 503);
    assert_eq!(deliver(&webhooks, &archive("b", "available")).await, 200);
}

#[tokio::test]
async fn several_handlers_run_in_order_until_one_fails() {
    let log = Log::default();
    let (first, second, third) = (log.clone(), log.clone(), log.clone());
    let webhooks = webhooks()
        .on_archive(move |_| {
            first.add("first");
            async {}
        })
        .on_archive(move |archive| {
            second.add("second");
            async move {
                if archive.id == "bad" {
                    Err("no")
                } else {
                    Ok(())
                }
            }
        })
        .on_archive(move |_| {
            third.add("third");
            async {}
        });
    assert_eq!(deliver(&webhooks, &archive("bad", "available")).await, 503);
    assert_eq!(log.lines(), ["first", "second"]);
    assert_eq!(deliver(&webhooks, &archive("good", "available")).await, 200);
    assert_eq!(log.lines()[2..], ["first", "second", "third"]);
}

#[tokio::test]
async fn forged_unsigned_and_odd_requests_reach_no_handler() {
    let handled = Counter::default();
    let count = handled.clone();
    let webhooks = webhooks().body_limit(1_000).on_every(move |_| {
        count.up();
        async {}
    });
    let event = joins("session", "a");
    let good = || test::signed(&event);
    let with = |change: &dyn Fn(&mut Request<String>)| {
        let mut request = good();
        change(&mut request);
        request
    };
    for (status, request) in [
        (401, with(&|request| request.body_mut().push(' '))),
        (
            401,
            with(&|request| {
                _ = request
                    .headers_mut()
                    .insert("authorization", "Bearer x.y.z".parse().unwrap())
            }),
        ),
        (
            401,
            with(&|request| {
                let binary = http::HeaderValue::from_bytes(b"Bearer \xff").unwrap();
                request.headers_mut().insert("authorization", binary);
            }),
        ),
        (
            401,
            test::signed_by(
                &WebhookSigner::new("other").unwrap(),
                &event,
                SystemTime::now(),
            ),
        ),
        (
            503,
            with(&|request| _ = request.headers_mut().remove("authorization")),
        ),
        (
            413,
            with(&|request| *request.body_mut() = " ".repeat(1_001)),
        ),
        (
            405,
            with(&|request| *request.method_mut() = http::Method::PUT),
        ),
        (
            405,
            with(&|request| *request.method_mut() = http::Method::GET),
        ),
    ] {
        let shown = format!("{request:?}");
        assert_eq!(post(&webhooks, request).await, status, "{shown}");
    }
    assert_eq!(handled.get(), 0);
    for content_type in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let request = with(&|request| {
            _ = request
                .headers_mut()
                .insert("content-type", content_type.parse().unwrap())
        });
        assert_eq!(post(&webhooks, request).await, 200);
    }
    assert_eq!(handled.get(), 1);
}

#[tokio::test]
async fn a_signature_may_be_a_day_old_because_copies_are_removed() {
    let signer = WebhookSigner::new("own").unwrap();
    let signed_at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_728_036_000);
    let after = |age: u64| {
        let now = signed_at + Duration::from_secs(age);
        Webhooks::new(WebhookVerifier::new("own").unwrap()).clock(move || now)
    };
    let request = || test::signed_by(&signer, joins("session", "a"), signed_at);
    assert_eq!(post(&after(24 * 60 * 60), request()).await, 200);
    assert_eq!(post(&after(24 * 60 * 60 + 1), request()).await, 401);
    let strict = after(301).signature_age(Duration::from_secs(300));
    assert_eq!(post(&strict, request()).await, 401);
}

#[tokio::test]
async fn without_signatures_the_rest_is_the_same() {
    let handled = Counter::default();
    let count = handled.clone();
    let webhooks = Webhooks::unsigned().on_archive(move |_| {
        count.up();
        async {}
    });
    let body = serde_json::to_string(&archive("a", "available")).unwrap();
    for _ in 0..2 {
        let request = Request::post("/").body(body.clone()).unwrap();
        assert_eq!(post(&webhooks, request).await, 200);
    }
    assert_eq!(handled.get(), 1);
    assert_eq!(webhooks.handle(None, b"<xml/>").await.status(), 400);
}

#[tokio::test]
async fn an_inbox_that_cannot_be_reached_closes_the_door() {
    let handled = Counter::default();
    let count = handled.clone();
    let webhooks = webhooks().inbox(Unreachable).on_every(move |_| {
        count.up();
        async {}
    });
    assert_eq!(deliver(&webhooks, &joins("session", "a")).await, 503);
    assert_eq!(handled.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_event_in_progress_elsewhere_comes_again() {
    let inbox = MemoryInbox::new();
    let event = joins("session", "a");
    let elsewhere = new(inbox.claim(&event.key()).await);
    let webhooks = webhooks().inbox(inbox);
    assert_eq!(deliver(&webhooks, &event).await, 503);
    elsewhere.done().await.unwrap();
    assert_eq!(deliver(&webhooks, &event).await, 200);
}

/// A handler of archives that waits for the gate, and counts those that it has handled.
fn gated(webhooks: Webhooks) -> (Webhooks, Arc<Notify>, Counter) {
    let (gate, handled) = (Arc::new(Notify::new()), Counter::default());
    let (wait, count) = (gate.clone(), handled.clone());
    let webhooks = webhooks.on_archive(move |_| {
        let (wait, count) = (wait.clone(), count.clone());
        async move {
            wait.notified().await;
            count.up();
        }
    });
    (webhooks, gate, handled)
}

#[tokio::test]
async fn a_response_before_the_handler_does_not_wait_for_it() {
    let (webhooks, gate, handled) = gated(webhooks().respond_when(RespondWhen::Claimed));
    assert_eq!(deliver(&webhooks, &archive("a", "available")).await, 200);
    assert_eq!(handled.get(), 0);
    gate.notify_one();
    webhooks.shutdown().await;
    assert_eq!(handled.get(), 1);
    assert_eq!(deliver(&webhooks, &archive("b", "available")).await, 503);
}

#[tokio::test]
async fn shutting_down_waits_for_the_handlers_and_takes_nothing_new() {
    let (webhooks, gate, handled) = gated(webhooks());
    let running = tokio::spawn({
        let webhooks = webhooks.clone();
        async move { deliver(&webhooks, &archive("a", "available")).await }
    });
    settle().await;
    let down = tokio::spawn({
        let webhooks = webhooks.clone();
        async move { webhooks.shutdown().await }
    });
    settle().await;
    assert!(!down.is_finished());
    assert_eq!(deliver(&webhooks, &archive("b", "available")).await, 503);
    gate.notify_one();
    down.await.unwrap();
    assert_eq!((running.await.unwrap(), handled.get()), (200, 1));
    webhooks.shutdown().await;
}

#[tokio::test]
async fn a_sender_that_hangs_up_does_not_stop_a_handler() {
    let (webhooks, gate, handled) = gated(webhooks());
    let event = archive("a", "available");
    let sender = tokio::spawn({
        let (webhooks, event) = (webhooks.clone(), event.clone());
        async move { deliver(&webhooks, &event).await }
    });
    settle().await;
    sender.abort();
    assert!(sender.await.unwrap_err().is_cancelled());
    // The second delivery comes while the first is at work.
    assert_eq!(deliver(&webhooks, &event).await, 503);
    gate.notify_one();
    webhooks.shutdown().await;
    assert_eq!(handled.get(), 1);
}
