//! The inbox that all instances share.

use std::time::Duration;

use vonage_video::{
    Timestamp,
    webhook::{Claim, Claimed, EventKey, Inbox, StoreError, WebhookEvent},
};
use vonage_video_redis::RedisStore;
use vonage_video_tests::{
    debian::until,
    redis_server::{self, RedisServer},
};

pub(crate) fn key(id: &str) -> EventKey {
    WebhookEvent::connection_created("session", id, Timestamp::from_millis(7)).key()
}

pub(crate) fn new(claimed: Result<Claimed, StoreError>) -> Claim {
    match claimed {
        Ok(Claimed::New(claim)) => claim,
        other => panic!("{other:?}"),
    }
}

/// Two instances, with connections of their own.
fn two(server: &RedisServer) -> [RedisStore; 2] {
    [(); 2].map(|()| RedisStore::single(&server.url()).unwrap())
}

#[tokio::test]
async fn an_event_is_claimed_by_one_instance_until_it_is_done_for_all() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let [one, other] = two(&server).map(|store| store.inbox());
    let claim = new(one.claim(&key("a")).await);
    assert!(matches!(
        other.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
    assert!(matches!(
        one.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
    assert!(claim.renew().await.unwrap());
    claim.done().await.unwrap();
    assert!(matches!(other.claim(&key("a")).await, Ok(Claimed::Done)));
    assert!(matches!(other.claim(&key("b")).await, Ok(Claimed::New(_))));

    // Every key has a TTL, and the session is its hash tag.
    let stored = format!("vonage-video:inbox:{{session}}:{}", key("a"));
    let ttl: i64 = server.ask(&["ttl", &stored]).parse().unwrap();
    assert!((89_990..=90_000).contains(&ttl), "{ttl}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_claim_is_given_back_and_an_expired_one_too() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let [one, other] = two(&server).map(|store| store.inbox().lease(Duration::from_millis(300)));
    let stored = |id: &str| format!("vonage-video:inbox:{{session}}:{}", key(id));
    let gone = |id: &str| server.ask(&["exists", &stored(id)]) == "0";

    drop(new(one.claim(&key("a")).await));
    until("the claim is given back", || gone("a"));
    assert!(matches!(other.claim(&key("a")).await, Ok(Claimed::New(_))));

    // Its process hangs: the lease is the guarantee.
    let hung = new(one.claim(&key("b")).await);
    until("the lease has expired", || gone("b"));
    let taken = new(other.claim(&key("b")).await);
    assert!(!hung.renew().await.unwrap());
    // Too late, but done is done: the other's is a copy by then.
    hung.done().await.unwrap();
    drop(taken);
    assert!(matches!(other.claim(&key("b")).await, Ok(Claimed::Done)));
}

#[tokio::test]
async fn a_claim_that_expired_is_renewed_if_nobody_has_taken_it() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let inbox = RedisStore::single(&server.url()).unwrap().inbox();
    let claim = new(inbox.claim(&key("a")).await);
    server.ask(&["flushall"]);
    assert!(claim.renew().await.unwrap());
    assert!(matches!(
        inbox.claim(&key("a")).await,
        Ok(Claimed::InProgress)
    ));
}

#[tokio::test]
async fn of_many_that_claim_at_once_one_has_it() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let stores = two(&server);
    let mut claims = tokio::task::JoinSet::new();
    for number in 0..100 {
        let inbox = stores[number % 2].inbox();
        claims.spawn(async move { inbox.claim(&key("a")).await.unwrap() });
    }
    let found = claims.join_all().await;
    let new = found
        .iter()
        .filter(|it| matches!(it, Claimed::New(_)))
        .count();
    assert_eq!(new, 1);
}

#[tokio::test]
async fn without_the_server_nothing_is_claimed_and_with_it_everything_goes_on() {
    if !redis_server::installed() {
        return;
    }
    let mut server = RedisServer::start();
    let inbox = RedisStore::single(&server.url()).unwrap().inbox();
    new(inbox.claim(&key("a")).await).done().await.unwrap();
    let held = new(inbox.claim(&key("b")).await);
    server.kill();
    let error = inbox.claim(&key("c")).await.unwrap_err();
    assert_eq!(error.to_string(), "redis cannot be reached");
    server.restart();
    let mut found = inbox.claim(&key("a")).await;
    for _ in 0..100 {
        if found.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        found = inbox.claim(&key("a")).await;
    }
    // What was acknowledged was on the disk.
    assert!(matches!(found, Ok(Claimed::Done)), "{found:?}");
    assert!(matches!(
        inbox.claim(&key("b")).await,
        Ok(Claimed::InProgress)
    ));
    assert!(held.renew().await.unwrap());
}

#[tokio::test]
async fn an_address_that_cannot_be_one_is_refused_without_showing_its_password() {
    let error = RedisStore::single("http://user:hunter2@localhost").unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let store = RedisStore::single("redis://user:hunter2@127.0.0.1:1").unwrap();
    assert!(!format!("{store:?} {:?}", store.inbox()).contains("hunter2"));
    let error = store.inbox().claim(&key("a")).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}
