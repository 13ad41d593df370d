//! What observers learn, and the budget for retries.

use std::sync::{Arc, Mutex};

use vonage_video_auth::Environment;
use vonage_video_core::{
    RetryPolicy,
    operations::{GetArchive, StartArchive},
};
use vonage_video_http::{AttemptReport, CallReport, Observer, RetryBudget};

use crate::{
    memory::{Memory, canned, canned_with},
    server::{APPLICATION_ID, SESSION, archive, vonage},
};

/// Notes each report, with a name of its own.
#[derive(Clone)]
struct Notes(&'static str, Arc<Mutex<Vec<String>>>);

impl Observer for Notes {
    fn attempt(&self, report: &AttemptReport<'_>) {
        let left = report.retries_left;
        let note = format!("{} attempt {} left {left}", self.0, report.attempt);
        self.1.lock().unwrap().push(note);
    }

    fn call(&self, report: &CallReport<'_>) {
        let note = format!(
            "{} call {} {} {} attempts {} {}",
            self.0,
            report.operation,
            report.environment,
            report.project,
            report.attempts,
            report.error.map_or("ok", |error| error.kind().as_str()),
        );
        self.1.lock().unwrap().push(note);
    }
}

#[tokio::test]
async fn every_observer_is_called_in_order_and_told_whose_call_it_was() {
    let server = Memory::new(vec![canned(200, archive("a1", "started"))]);
    let notes = Arc::new(Mutex::new(Vec::new()));
    let client = server
        .builder()
        .observer(Notes("first", Arc::clone(&notes)))
        .observer(Notes("second", Arc::clone(&notes)))
        .build()
        .unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!(
        *notes.lock().unwrap(),
        [
            "first attempt 1 left 100",
            "second attempt 1 left 100",
            "first call get_archive OpenTok 123456 attempts 1 ok",
            "second call get_archive OpenTok 123456 attempts 1 ok",
        ]
    );
    notes.lock().unwrap().clear();
    let other = client.with_credentials(vonage()).unwrap();
    other.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!(
        notes.lock().unwrap()[2],
        format!(
            "first call get_archive {} {APPLICATION_ID} attempts 1 ok",
            Environment::Vonage
        )
    );
}

#[tokio::test]
async fn a_call_that_is_refused_before_it_is_sent_is_reported() {
    let server = Memory::new(vec![canned(200, "")]);
    let notes = Arc::new(Mutex::new(Vec::new()));
    let client = server
        .builder()
        .observer(Notes("o", Arc::clone(&notes)))
        .build()
        .unwrap();
    client.send(StartArchive::new("")).await.unwrap_err();
    let call = client.send(StartArchive::new(SESSION)).header("host", "x");
    call.await.unwrap_err();
    let call = client.request(http::Method::GET, "a//b");
    call.await.unwrap_err();
    assert_eq!(
        *notes.lock().unwrap(),
        [
            "o call start_archive OpenTok 123456 attempts 0 invalid",
            "o call start_archive OpenTok 123456 attempts 0 invalid",
            "o call request OpenTok 123456 attempts 0 invalid",
        ]
    );
    assert_eq!(server.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_for_retries_is_seen_and_said() {
    let server = Memory::new(vec![canned(503, "")]);
    let client = server
        .builder()
        .retry_budget(RetryBudget::retries(3))
        .build()
        .unwrap();
    assert_eq!(client.retries_left(), 3);
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert!(!error.is_out_of_retry_budget());
    assert_eq!((error.attempts(), client.retries_left()), (3, 1));
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!((error.attempts(), client.retries_left()), (2, 0));
    assert!(error.is_out_of_retry_budget());
    assert!(error.to_string().contains("budget for retries"), "{error}");
    assert!(error.is_retryable(), "it may be made again all the same");

    let other = client.with_credentials(vonage()).unwrap();
    assert_eq!(other.retries_left(), 3, "a budget of its own");
}

#[tokio::test(start_paused = true)]
async fn without_a_budget_every_call_retries() {
    let server = Memory::new(vec![None]);
    let client = server
        .builder()
        .retry_budget(RetryBudget::unlimited())
        .build()
        .unwrap();
    for _ in 0..200 {
        let error = client.send(GetArchive::new("a1")).await.unwrap_err();
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_may_ask_for_no_longer_wait_than_is_allowed() {
    let policy = RetryPolicy::default().max_retry_after(std::time::Duration::from_secs(5));
    for (asked, requests) in [("5", 2), ("6", 1), ("86400", 1)] {
        let server = Memory::new(vec![
            canned_with(429, ("retry-after", asked), ""),
            canned(200, archive("a1", "started")),
        ]);
        let start = tokio::time::Instant::now();
        let client = server.builder().retry(policy.clone()).build().unwrap();
        let outcome = client.send(GetArchive::new("a1")).await;
        assert_eq!(server.requests(), requests, "{asked}");
        match outcome {
            Ok(_) => assert_eq!(start.elapsed().as_secs(), 5),
            Err(error) => {
                assert!(error.is_rate_limited() && start.elapsed().is_zero());
                assert!(
                    error.retry_after().is_some(),
                    "the caller can wait for itself"
                );
            }
        }
    }
}
