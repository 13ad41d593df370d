//! The inbox in memory.

use std::time::Duration;

use tokio::time::{advance, sleep};
use vonage_video::webhook::{Claimed, EventKey, Inbox, MemoryInbox};

use super::support::{joins, new};

fn key(name: &str) -> EventKey {
    joins("session", name).key()
}

const LEASE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn an_event_is_claimed_once_until_it_is_done_and_never_after() {
    let inbox = MemoryInbox::new();
    let claim = new(inbox.claim(&key("a")).await);
    assert!(matches!(
        inbox.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
    assert!(matches!(inbox.claim(&key("b")).await, Ok(Claimed::New(_))));
    claim.done().await.unwrap();
    advance(Duration::from_secs(24 * 60 * 60)).await;
    assert!(matches!(inbox.claim(&key("a")).await, Ok(Claimed::Done)));
    advance(Duration::from_secs(60 * 60)).await;
    // After 25 hours the service delivers no copy any more.
    assert!(matches!(inbox.claim(&key("a")).await, Ok(Claimed::New(_))));
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_is_dropped_is_given_back() {
    let inbox = MemoryInbox::new();
    drop(new(inbox.claim(&key("a")).await));
    drop(new(inbox.claim(&key("a")).await));
}

#[tokio::test(start_paused = true)]
async fn a_lease_expires_and_the_one_who_lost_it_cannot_renew_but_what_it_did_is_done() {
    let inbox = MemoryInbox::new().lease(LEASE);
    let lost = new(inbox.claim(&key("a")).await);
    advance(LEASE - Duration::from_secs(1)).await;
    assert!(lost.renew().await.unwrap());
    advance(LEASE - Duration::from_secs(1)).await;
    assert!(matches!(
        inbox.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
    advance(Duration::from_secs(1)).await;
    let taken = new(inbox.claim(&key("a")).await);
    assert!(!lost.renew().await.unwrap());
    lost.done().await.unwrap();
    assert!(matches!(inbox.claim(&key("a")).await, Ok(Claimed::Done)));
    // Giving back a claim does not undo what is done.
    drop(taken);
    assert!(matches!(inbox.claim(&key("a")).await, Ok(Claimed::Done)));
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_was_lost_and_is_dropped_does_not_give_back_that_of_another() {
    let inbox = MemoryInbox::new().lease(LEASE);
    let lost = new(inbox.claim(&key("a")).await);
    advance(LEASE).await;
    let _taken = new(inbox.claim(&key("a")).await);
    drop(lost);
    assert!(matches!(
        inbox.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
}

#[tokio::test(start_paused = true)]
async fn holding_a_claim_renews_it_for_as_long_as_the_work_lasts() {
    let inbox = MemoryInbox::new().lease(LEASE);
    let claim = new(inbox.claim(&key("a")).await);
    let work = claim.hold(async {
        for _ in 0..50 {
            sleep(LEASE / 2).await;
            assert!(matches!(
                inbox.claim(&key("a")).await,
                Ok(Claimed::InProgress)
            ));
        }
        7
    });
    assert_eq!(work.await, 7);
    claim.done().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_full_inbox_forgets_the_oldest_that_is_done_and_no_claim() {
    let inbox = MemoryInbox::new().max_bytes(2_000);
    let held = new(inbox.claim(&key("held")).await);
    for number in 0..100 {
        let claim = new(inbox.claim(&key(&format!("{number}"))).await);
        claim.done().await.unwrap();
    }
    assert!(matches!(inbox.claim(&key("99")).await, Ok(Claimed::Done)));
    assert!(matches!(
        inbox.claim(&key("held")).await,
        Ok(Claimed::InProgress)
    ));
    // The oldest is forgotten: a copy of it would be acted on again.
    assert!(matches!(inbox.claim(&key("0")).await, Ok(Claimed::New(_))));
    held.done().await.unwrap();

    let full = MemoryInbox::new().max_bytes(1_000);
    let mut claims = Vec::new();
    let error = loop {
        match full.claim(&key(&format!("{}", claims.len()))).await {
            Ok(Claimed::New(claim)) => claims.push(claim),
            Err(error) => break error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(error.to_string(), "the inbox is full of events in progress");
    assert!((2..10).contains(&claims.len()), "{}", claims.len());
    claims.pop();
    assert!(full.claim(&key("another")).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn clones_and_arcs_share_one_memory() {
    let inbox = MemoryInbox::new();
    let shared = std::sync::Arc::new(inbox.clone());
    new(shared.claim(&key("a")).await).done().await.unwrap();
    assert!(matches!(inbox.claim(&key("a")).await, Ok(Claimed::Done)));
}

#[tokio::test(start_paused = true)]
async fn claims_that_expired_do_not_fill_an_inbox() {
    let inbox = MemoryInbox::new().max_bytes(1_000);
    let mut number = 0;
    while let Ok(Claimed::New(claim)) = inbox.claim(&key(&number.to_string())).await {
        // Its owner is gone without a trace, as a task that hangs is.
        std::mem::forget(claim);
        number += 1;
    }
    assert!(number > 1);
    advance(LEASE).await;
    drop(new(inbox.claim(&key("another")).await));
}
