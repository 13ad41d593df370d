//! What asynchronous replication loses, shown.

use vonage_video::{
    Timestamp,
    models::Connection,
    webhook::{Claimed, Inbox, PresenceStore, WebhookEvent},
};
use vonage_video_redis::RedisStore;
use vonage_video_tests::{
    debian::until,
    redis_server::{self, RedisCluster},
};

use crate::inbox::{key, new};

/// The master acknowledges what its replica has not seen, and dies: an event that was acted on is
/// new again, so is one that is claimed, and a participant is missing until the session is
/// reconciled. The page of the crate says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_failover_forgets_what_the_replica_had_not_seen() {
    if !redis_server::installed() {
        return;
    }
    let mut cluster = RedisCluster::start();
    let urls = cluster.urls();
    let store = RedisStore::cluster(urls.iter().map(String::as_str)).unwrap();
    let (inbox, presence) = (store.inbox(), store.presence());
    let at = |second: u64| Timestamp::from_millis(1_728_036_000_000 + second * 1000);
    let joins = |id: &str| WebhookEvent::connection_created("session", id, at(0));
    let master = cluster.master_of("{session}");
    let replica = cluster.replica_of(master);
    new(inbox.claim(&key("seen")).await).done().await.unwrap();
    presence.apply(&joins("seen"), at(1)).await.unwrap();
    until("the replica has what the master has", || {
        cluster.servers[replica].ask(&["dbsize"]) == "2"
    });
    // The link between the two breaks, and cannot be made again.
    cluster.servers[master].ask(&["acl", "setuser", "default", "-psync", "-sync"]);
    cluster.servers[master].ask(&["client", "kill", "type", "replica"]);
    new(inbox.claim(&key("unseen")).await).done().await.unwrap();
    assert!(matches!(
        inbox.claim(&key("unseen")).await,
        Ok(Claimed::Done)
    ));
    let _held = new(inbox.claim(&key("held")).await);
    presence.apply(&joins("unseen"), at(2)).await.unwrap();
    cluster.servers[master].kill();
    until("the replica has taken over", || {
        cluster.masters().contains(&replica)
    });

    let mut found = inbox.claim(&key("seen")).await;
    for _ in 0..200 {
        if found.is_ok() {
            break;
        }
        found = inbox.claim(&key("seen")).await;
    }
    assert!(matches!(found, Ok(Claimed::Done)), "{found:?}");
    assert!(matches!(
        inbox.claim(&key("unseen")).await,
        Ok(Claimed::New(_))
    ));
    assert!(matches!(
        inbox.claim(&key("held")).await,
        Ok(Claimed::New(_))
    ));

    let session = "session".into();
    let here = async || {
        let known = presence.get(&session).await.unwrap().unwrap();
        let ids = known
            .participants()
            .map(|it| it.connection_id().to_string());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(here().await, ["seen"]);
    let listed = ["seen", "unseen"].map(Connection::new);
    let reconciled = presence.reconcile(&session, &[], &listed, at(60));
    reconciled.await.unwrap();
    assert_eq!(here().await, ["seen", "unseen"]);
}
