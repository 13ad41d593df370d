//! What the emulator delivers, late, twice, in the wrong order and again: which deliveries are one
//! event, who is in the session by them, and what id they bear.
#![allow(
    clippy::disallowed_methods,
    reason = "other processes live by the same clock"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use vonage_video::{
    Client, SessionId,
    operations::{CreateSession, ListConnections, ListStreams, StartArchive, StopArchive},
    webhook::{Presence, WebhookEvent, WebhookVerifier, receive},
};
use vonage_video_emulator::{Delivery, Emulator, Publish, WebhookTarget};

const SECRET: &str = "the signature secret";

/// A receiver that notes the ids of what it verifies and answers 500 to some.
#[derive(Clone, Default)]
struct Receiver {
    ids: Arc<Mutex<Vec<(String, String)>>>,
    refuses: Arc<Mutex<usize>>,
}

impl Receiver {
    async fn start(&self) -> String {
        let receiver = self.clone();
        let handler = move |headers: HeaderMap, body: Bytes| async move {
            let verifier = WebhookVerifier::new(SECRET).unwrap();
            let verified = receive(&verifier, &headers, &body).unwrap();
            let id = verified.claims.id.clone().unwrap();
            receiver
                .ids
                .lock()
                .unwrap()
                .push((verified.key().to_string(), id));
            let mut refuses = receiver.refuses.lock().unwrap();
            if *refuses > 0 {
                *refuses -= 1;
                return axum::http::StatusCode::INTERNAL_SERVER_ERROR;
            }
            axum::http::StatusCode::OK
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let app = Router::new().route("/", post(handler));
        tokio::spawn(async move { axum::serve(listener, app).await });
        url
    }
}

async fn started(
    target: impl FnOnce(WebhookTarget) -> WebhookTarget,
    url: &str,
) -> (Emulator, Client) {
    let target = target(WebhookTarget::new(url).secret(SECRET));
    let emulator = Emulator::builder()
        .stand_still()
        .webhook(target)
        .start()
        .await
        .unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    let video = Client::builder(credentials)
        .base_url(emulator.url())
        .build()
        .unwrap();
    (emulator, video)
}

/// Clients come and go by `steps`. Returns how often nobody published, which pauses the archive.
async fn live(emulator: &Emulator, video: &Client, steps: &[u8]) -> (SessionId, usize) {
    let session = video.send(CreateSession::new()).await.unwrap().id;
    let join = || {
        let token = video.token(&session).sign().unwrap();
        emulator.join(&session, token.as_str()).unwrap()
    };
    let host = join();
    let mut stream = host.publish(Publish::default()).unwrap();
    let archive = video.send(StartArchive::new(&session)).await.unwrap();
    emulator.advance(Duration::from_secs(10)).await;
    let mut guests = Vec::new();
    let mut pauses = 0;
    for step in steps {
        match step % 4 {
            0 => guests.push((join(), false)),
            1 => {
                if let Some((guest, _)) = guests.pop() {
                    guest.leave().unwrap();
                }
            }
            2 => {
                if let Some((guest, publishes)) = guests.last_mut() {
                    guest.publish(Publish::default()).unwrap();
                    *publishes = true;
                }
            }
            _ => {
                pauses += usize::from(guests.iter().all(|(_, publishes)| !publishes));
                host.unpublish(&stream).unwrap();
                emulator.advance(Duration::from_secs(90)).await;
                stream = host.publish(Publish::default()).unwrap();
            }
        }
        emulator.advance(Duration::from_secs(5)).await;
    }
    video.send(StopArchive::new(&archive.id)).await.unwrap();
    emulator.advance(Duration::from_secs(7_200)).await;
    emulator.settle().await;
    (session, pauses)
}

fn event(delivery: &Delivery) -> WebhookEvent {
    serde_json::from_slice(&delivery.body).unwrap()
}

/// Two deliveries have one key if and only if they are of one event, which here is to say that they
/// have one body.
fn keys(deliveries: &[Delivery]) -> BTreeMap<String, usize> {
    let mut bodies = BTreeMap::new();
    let mut keys = BTreeMap::new();
    for delivery in deliveries {
        let key = event(delivery).key().to_string();
        let known = bodies
            .entry(key.clone())
            .or_insert_with(|| delivery.body.clone());
        assert_eq!(*known, delivery.body, "two events have the key {key}");
        *keys.entry(key).or_default() += 1;
    }
    let different: BTreeSet<_> = deliveries.iter().map(|delivery| &delivery.body).collect();
    assert_eq!(different.len(), keys.len());
    keys
}

#[test]
fn keys_and_presence_are_those_of_the_events_however_they_are_delivered() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config::with_cases(12));
    let lives = (
        prop::collection::vec(0..4u8, 0..10),
        any::<bool>(),
        any::<bool>(),
        prop_oneof![Just(0u32), Just(3), Just(3_600)],
        0..4usize,
    );
    let outcome = runner.run(&lives, |(steps, twice, out_of_order, late, refuses)| {
        runtime.block_on(async {
            let receiver = Receiver::default();
            *receiver.refuses.lock().unwrap() = refuses;
            let url = receiver.start().await;
            let faults = |mut target: WebhookTarget| {
                target = if twice { target.twice() } else { target };
                target = if out_of_order {
                    target.out_of_order()
                } else {
                    target
                };
                target.late(late)
            };
            let (emulator, video) = started(faults, &url).await;
            let (session, pauses) = live(&emulator, &video, &steps).await;
            let deliveries = emulator.deliveries();
            let copies = if twice { 2 } else { 1 };
            let keys = keys(&deliveries);
            prop_assert!(keys.values().all(|count| *count == copies), "{:?}", keys);
            let paused = keys.keys().filter(|key| key.contains("/paused/")).count();
            prop_assert!(paused >= pauses, "{} pauses: {:?}", pauses, keys.keys());

            // In the order in which they arrived, which is not that in which they happened.
            let arrived = receiver.ids.lock().unwrap().clone();
            let events: BTreeMap<_, _> = deliveries
                .iter()
                .map(|delivery| (event(delivery).key().to_string(), event(delivery)))
                .collect();
            let now = SystemTime::now().into();
            let mut presence = Presence::new(&session);
            for (key, _) in &arrived {
                presence.apply(&events[key], now);
            }
            let mut in_order = Presence::new(&session);
            for event in events.values() {
                in_order.apply(event, now);
            }
            prop_assert_eq!(&presence, &in_order);

            // What the API lists is what the webhooks told.
            let listed = video.send(ListConnections::new(&session)).await.unwrap();
            let listed: BTreeSet<_> = listed.items.iter().map(|it| it.id.to_string()).collect();
            let here: BTreeSet<_> = presence
                .participants()
                .map(|it| it.connection_id().to_string())
                .collect();
            prop_assert_eq!(listed, here);
            let listed = video.send(ListStreams::new(&session)).await.unwrap();
            prop_assert_eq!(listed.items.len(), presence.streams().count());
            Ok::<_, TestCaseError>(())
        })
    });
    outcome.unwrap();
}

/// The ids of all attempts of each event.
async fn ids(target: impl FnOnce(WebhookTarget) -> WebhookTarget) -> Vec<Vec<String>> {
    let receiver = Receiver::default();
    *receiver.refuses.lock().unwrap() = 3;
    let url = receiver.start().await;
    let (emulator, video) = started(target, &url).await;
    live(&emulator, &video, &[0, 1]).await;
    let mut by_key = BTreeMap::<_, Vec<_>>::new();
    for (key, id) in receiver.ids.lock().unwrap().iter() {
        by_key.entry(key.clone()).or_default().push(id.clone());
    }
    assert!(
        by_key.values().any(|ids| ids.len() > 2),
        "some were tried again"
    );
    by_key.into_values().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_keeps_its_id_over_attempts_and_copies_unless_told_otherwise() {
    let kept = ids(WebhookTarget::twice).await;
    assert!(
        kept.iter().all(|ids| ids.iter().all(|id| *id == ids[0])),
        "{kept:?}"
    );
    let events: BTreeSet<_> = kept.iter().map(|ids| &ids[0]).collect();
    assert_eq!(events.len(), kept.len(), "each event has an id of its own");

    let new = ids(|target| target.twice().new_ids()).await;
    let all: BTreeSet<_> = new.iter().flatten().collect();
    assert_eq!(all.len(), new.iter().map(Vec::len).sum::<usize>());
}
