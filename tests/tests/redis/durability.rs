//! What asynchronous replication loses, shown.

use vonage_video::webhook::{Claimed, Inbox};
use vonage_video_redis::RedisStore;
use vonage_video_tests::{
    debian::until,
    redis_server::{self, RedisCluster},
};

use crate::inbox::{key, new};

/// The master acknowledges what its replica has not seen, and dies: the event is new again. The
/// page of the crate says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_failover_forgets_what_the_replica_had_not_seen() {
    if !redis_server::installed() {
        return;
    }
    let mut cluster = RedisCluster::start();
    let urls = cluster.urls();
    let inbox = RedisStore::cluster(urls.iter().map(String::as_str))
        .unwrap()
        .inbox();
    let master = cluster.master_of("{session}");
    let replica = cluster.replica_of(master);
    new(inbox.claim(&key("seen")).await).done().await.unwrap();
    until("the replica has what the master has", || {
        cluster.servers[replica].ask(&["dbsize"]) == "1"
    });
    // The link between the two breaks, and cannot be made again.
    cluster.servers[master].ask(&["acl", "setuser", "default", "-psync", "-sync"]);
    cluster.servers[master].ask(&["client", "kill", "type", "replica"]);
    new(inbox.claim(&key("unseen")).await).done().await.unwrap();
    assert!(matches!(
        inbox.claim(&key("unseen")).await,
        Ok(Claimed::Done)
    ));
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
}
