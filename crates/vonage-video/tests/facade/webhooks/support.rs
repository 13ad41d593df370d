//! Events, and counting what handlers did.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tower_service::Service;
use vonage_video::{
    Archive, Timestamp,
    webhook::{
        BoxFuture, Claim, Claimed, EventKey, Inbox, StoreError, WebhookEvent, Webhooks, test,
    },
};

pub(crate) fn at(second: u64) -> Timestamp {
    Timestamp::from_millis(1_728_036_000_000 + second * 1000)
}

pub(crate) fn joins(session: &str, connection: &str) -> WebhookEvent {
    WebhookEvent::connection_created(session, connection, at(0))
}

pub(crate) fn archive(id: &str, status: &str) -> WebhookEvent {
    let mut archive = Archive::new(id);
    archive.session_id = "session".into();
    archive.status = status.into();
    archive.updated_at = Some(at(1));
    archive.into()
}

pub(crate) fn webhooks() -> Webhooks {
    Webhooks::new(test::verifier())
}

/// Delivers an event as the service does, and returns the status.
pub(crate) async fn deliver(webhooks: &Webhooks, event: &WebhookEvent) -> u16 {
    post(webhooks, test::signed(event)).await
}

pub(crate) async fn post(webhooks: &Webhooks, request: http::Request<String>) -> u16 {
    let response = webhooks.clone().call(request).await.unwrap();
    assert_eq!(response.body(), "", "a response tells a sender nothing");
    response.status().as_u16()
}

/// Lets every other task run until it waits.
pub(crate) async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<AtomicUsize>);

impl Counter {
    pub(crate) fn up(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(crate) fn down(&self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }

    pub(crate) fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(crate) fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// An inbox that cannot be reached.
pub(crate) struct Unreachable;

impl Inbox for Unreachable {
    fn claim<'a>(&'a self, _: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>> {
        Box::pin(async { Err(StoreError::new("cannot reach the inbox")) })
    }
}

pub(crate) fn new(claimed: Result<Claimed, StoreError>) -> Claim {
    match claimed {
        Ok(Claimed::New(claim)) => claim,
        other => panic!("{other:?}"),
    }
}
