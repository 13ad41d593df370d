//! Whether every instance finds the servers again after an outage, not only those that are lucky.

use std::time::Duration;

use vonage_video::webhook::PresenceStore;
use vonage_video_redis::{RedisPresence, RedisStore};
use vonage_video_tests::{
    debian::until,
    redis_server::{self, RedisCluster, RedisServer},
};

/// How long an instance may take to find a cluster that is whole again.
const LONGEST: Duration = Duration::from_secs(20);

/// Each asks for sessions in all slots until it gets a response for each.
async fn all_find_it(stores: &[RedisPresence], when: &str) {
    for (number, store) in stores.iter().enumerate() {
        let mut failed = Vec::new();
        let found = tokio::time::timeout(LONGEST, async {
            for session in 0..12 {
                let session = format!("session-{session}").into();
                while let Err(error) = store.get(&session).await {
                    failed.push(format!("{error:?}"));
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        });
        let found = found.await;
        assert!(
            found.is_ok(),
            "{when}: instance {number}: {:?}",
            failed.last()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_outage_every_instance_finds_the_cluster_again() {
    if !redis_server::installed() {
        return;
    }
    let mut cluster = RedisCluster::start();
    let urls = cluster.urls();
    let stores: Vec<_> = (0..6)
        .map(|_| {
            let urls = urls.iter().map(String::as_str);
            RedisStore::cluster(urls).unwrap().presence()
        })
        .collect();
    all_find_it(&stores, "at first").await;
    for round in 0..3 {
        // Some are asked all the time, some are not.
        let mut asking = tokio::task::JoinSet::new();
        for store in &stores[..3] {
            for number in 0..16 {
                let store = store.clone();
                asking.spawn(async move {
                    loop {
                        let _ = store.get(&format!("session-{number}").into()).await;
                        tokio::task::yield_now().await;
                    }
                });
            }
        }
        tokio::task::block_in_place(|| {
            cluster.servers.iter_mut().for_each(RedisServer::kill);
            cluster.servers.iter_mut().for_each(RedisServer::restart);
            cluster.until_whole();
        });
        asking.shutdown().await;
        all_find_it(&stores, &format!("after outage {round}")).await;

        let master = cluster.masters()[0];
        let replica = cluster.replica_of(master);
        cluster.servers[master].kill();
        let _ = stores[round].get(&"session".into()).await;
        tokio::task::block_in_place(|| {
            until("the replica has taken over", || {
                cluster.masters().contains(&replica)
            });
        });
        all_find_it(&stores[..3], &format!("after failover {round}")).await;
        tokio::task::block_in_place(|| {
            cluster.servers[master].restart();
            cluster.until_whole();
        });
        all_find_it(&stores, &format!("after return {round}")).await;
    }
}

/// As while all nodes restart: a connection that learns of nodes, none of which it reaches, is
/// left without one, and never asks again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_of_which_no_node_was_reached_for_a_moment_is_found_again() {
    if !redis_server::installed() {
        return;
    }
    let cluster = RedisCluster::start();
    let urls = cluster.urls();
    let store = RedisStore::cluster(urls.iter().map(String::as_str)).unwrap();
    let store = [store.presence()];
    all_find_it(&store, "at first").await;
    let replicas = cluster
        .masters()
        .into_iter()
        .map(|it| cluster.replica_of(it));
    let replicas: Vec<_> = replicas.collect();
    tokio::task::block_in_place(|| cluster.announce(true));
    for replica in replicas {
        // Now commands are redirected, and the list of nodes is asked for.
        cluster.servers[replica].ask(&["cluster", "failover", "takeover"]);
    }
    let mut failed = 0;
    for session in 0..12 {
        let session = format!("session-{session}").into();
        failed += usize::from(store[0].get(&session).await.is_err());
    }
    assert!(failed > 0, "the store reached nodes that were nowhere");
    tokio::task::block_in_place(|| cluster.announce(false));
    all_find_it(&store, "when the nodes are there again").await;
}
