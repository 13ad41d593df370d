//! Presences of many sessions in memory.

use vonage_video::{
    models::Connection,
    webhook::{MemoryPresence, PresenceStore, WebhookEvent, Webhooks},
};

use super::support::{at, deliver, joins};

#[tokio::test]
async fn every_event_reaches_the_presence_of_its_session_before_its_handler() {
    let presence = MemoryPresence::new();
    let seen = presence.clone();
    let now = at(5).to_system_time().unwrap();
    let webhooks = Webhooks::unsigned()
        .clock(move || now)
        .presence(presence.clone())
        .on_connection_created(move |event| {
            let there = seen.session(&event.session_id).unwrap();
            assert!(there.since(&event.connection.id).is_some());
            async {}
        });
    let deliver = async |event: WebhookEvent| {
        let body = serde_json::to_vec(&event).unwrap();
        webhooks.handle(None, &body).await.status()
    };
    assert_eq!(deliver(joins("one", "a")).await, 200);
    assert_eq!(deliver(joins("one", "b")).await, 200);
    assert_eq!(deliver(joins("two", "c")).await, 200);
    assert_eq!(
        deliver(WebhookEvent::connection_destroyed("one", "a", at(3))).await,
        200
    );
    assert_eq!(presence.session(&"one".into()).unwrap().count(), 1);
    assert_eq!(presence.session(&"two".into()).unwrap().count(), 1);
    assert_eq!(presence.session(&"three".into()), None);
}

#[tokio::test]
async fn a_store_is_reconciled_swept_and_emptied() {
    let store = MemoryPresence::new();
    let hour = 60 * 60;
    store.apply(&joins("one", "a"), at(0)).await.unwrap();
    store.apply(&joins("two", "b"), at(0)).await.unwrap();
    let (one, two) = ("one".into(), "two".into());
    store
        .reconcile(&one, &[], &[Connection::new("c")], at(10))
        .await
        .unwrap();
    let presence = store.get(&one).await.unwrap().unwrap();
    let here: Vec<_> = presence
        .participants()
        .map(|it| it.connection_id().as_str())
        .collect();
    assert_eq!(here, ["c"]);

    store.reconcile(&one, &[], &[], at(20)).await.unwrap();
    store.sweep(at(24 * hour));
    assert!(store.session(&one).is_some());
    store.sweep(at(26 * hour));
    assert_eq!(store.session(&one), None);
    assert!(store.session(&two).is_some(), "somebody is there");
    store.remove(&two).await.unwrap();
    assert_eq!(store.session(&two), None);

    // An event that tells nothing leaves nothing behind.
    let old = WebhookEvent::connection_created("three", "d", at(0));
    store.apply(&old, at(26 * hour)).await.unwrap();
    assert_eq!(store.session(&"three".into()), None);
}

#[tokio::test]
async fn a_session_that_goes_on_for_days_remembers_those_of_the_last_day_only() {
    let store = MemoryPresence::new();
    let day = 24 * 60 * 60;
    for number in 0..10 {
        let (id, now) = (number.to_string(), at(number * day));
        let joined = WebhookEvent::connection_created("one", &*id, now);
        store.apply(&joined, now).await.unwrap();
        let left = WebhookEvent::connection_destroyed("one", &*id, at(number * day + 60));
        store.apply(&left, at(number * day + 60)).await.unwrap();
    }
    let presence = store.session(&"one".into()).unwrap();
    let remembered = presence.everybody().map(|it| it.connection_id().as_str());
    assert_eq!(remembered.collect::<Vec<_>>(), ["8", "9"]);
}

#[tokio::test]
async fn copies_do_not_reach_the_presence_again() {
    let presence = MemoryPresence::new();
    let webhooks = super::support::webhooks().presence(presence.clone());
    let mut event = joins("one", "a");
    if let WebhookEvent::ConnectionCreated(event) = &mut event {
        event.timestamp = Some(std::time::SystemTime::now().into());
        event.connection.created_at = None;
    }
    assert_eq!(deliver(&webhooks, &event).await, 200);
    let first = presence.session(&"one".into());
    assert_eq!(deliver(&webhooks, &event).await, 200);
    assert_eq!(presence.session(&"one".into()), first);
}
