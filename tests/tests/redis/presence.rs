//! Who is in a session, for all instances.

use vonage_video::{
    Timestamp,
    models::Connection,
    webhook::{PresenceStore, WebhookEvent},
};
use vonage_video_redis::RedisStore;
use vonage_video_tests::redis_server::{self, RedisServer};

fn at(second: u64) -> Timestamp {
    Timestamp::from_millis(1_728_036_000_000 + second * 1000)
}

fn joins(id: &str) -> WebhookEvent {
    let mut event = WebhookEvent::connection_created("session", id, at(0));
    if let WebhookEvent::ConnectionCreated(event) = &mut event {
        event.connection.data = Some("Jane Doe".to_owned());
    }
    event
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_all_instances_take_effect_although_they_come_at_once() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let mut changes = tokio::task::JoinSet::new();
    for instance in 0..4 {
        let store = RedisStore::single(&server.url()).unwrap().presence();
        changes.spawn(async move {
            for number in 0..25 {
                let event = joins(&format!("{instance}-{number}"));
                store.apply(&event, at(1)).await.unwrap();
            }
        });
    }
    changes.join_all().await;
    let store = RedisStore::single(&server.url()).unwrap().presence();
    let presence = store.get(&"session".into()).await.unwrap().unwrap();
    assert_eq!(presence.count(), 100);
}

#[tokio::test]
async fn a_session_is_stored_without_personal_data_with_a_ttl_and_reconciled_and_removed() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let store = RedisStore::single(&server.url())
        .unwrap()
        .prefix("app")
        .presence();
    let session = "session".into();
    assert_eq!(store.get(&session).await.unwrap(), None);
    store.apply(&joins("a"), at(1)).await.unwrap();
    let key = "app:presence:{session}";
    let state = server.ask(&["hget", key, "state"]);
    assert!(state.starts_with(r#"{"version":1"#), "{state}");
    assert!(!state.contains("Jane"), "{state}");
    let ttl: i64 = server.ask(&["ttl", key]).parse().unwrap();
    assert!((172_790..=172_800).contains(&ttl), "{ttl}");

    let with = store.clone().with_personal_data();
    let mut later = joins("b");
    if let WebhookEvent::ConnectionCreated(event) = &mut later {
        event.timestamp = Some(at(2));
    }
    with.apply(&later, at(2)).await.unwrap();
    let presence = with.get(&session).await.unwrap().unwrap();
    assert_eq!(
        presence.participant(&"b".into()).unwrap().data(),
        Some("Jane Doe")
    );

    store
        .reconcile(&session, &[], &[Connection::new("c")], at(60))
        .await
        .unwrap();
    let presence = store.get(&session).await.unwrap().unwrap();
    let here: Vec<_> = presence
        .participants()
        .map(|it| it.connection_id().as_str())
        .collect();
    assert_eq!(here, ["c"]);

    // Of those who left long ago nothing is kept.
    let day = 24 * 60 * 60;
    let late = WebhookEvent::connection_created("session", "d", at(2 * day));
    store.apply(&late, at(2 * day)).await.unwrap();
    let presence = store.get(&session).await.unwrap().unwrap();
    assert_eq!(presence.everybody().count(), 2);

    store.remove(&session).await.unwrap();
    assert_eq!(store.get(&session).await.unwrap(), None);
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_refused_and_left_alone() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let store = RedisStore::single(&server.url()).unwrap().presence();
    let key = "vonage-video:presence:{session}";
    server.ask(&[
        "hset",
        key,
        "mark",
        "m",
        "state",
        r#"{"version":2,"of":"tomorrow"}"#,
    ]);
    let error = store.apply(&joins("a"), at(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "the stored presence cannot be read");
    assert_eq!(server.ask(&["hget", key, "mark"]), "m");
}
