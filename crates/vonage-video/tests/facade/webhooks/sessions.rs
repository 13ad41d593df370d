//! How many handlers run at once, and of which sessions.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore};
use vonage_video::webhook::Webhooks;

use super::support::{Counter, Log, deliver, joins, settle, webhooks};

/// A router whose handlers note themselves and wait for the gate.
fn gated(webhooks: Webhooks, log: &Log, gate: &Arc<Semaphore>) -> Webhooks {
    let (log, gate) = (log.clone(), gate.clone());
    webhooks.on_connection_created(move |event| {
        let (log, gate) = (log.clone(), gate.clone());
        async move {
            let id = event.connection.id;
            log.add(format!("{id} begins"));
            gate.acquire().await.unwrap().forget();
            log.add(format!("{id} ends"));
        }
    })
}

fn spawn(webhooks: &Webhooks, session: &str, id: &str) -> tokio::task::JoinHandle<u16> {
    let (webhooks, event) = (webhooks.clone(), joins(session, id));
    tokio::spawn(async move { deliver(&webhooks, &event).await })
}

#[tokio::test]
async fn handlers_of_one_session_follow_each_other_and_those_of_two_do_not_wait() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let webhooks = gated(webhooks(), &log, &gate);
    let mut running = vec![spawn(&webhooks, "one", "a")];
    settle().await;
    running.push(spawn(&webhooks, "one", "b"));
    running.push(spawn(&webhooks, "two", "c"));
    settle().await;
    assert_eq!(log.lines(), ["a begins", "c begins"]);
    gate.add_permits(1);
    settle().await;
    assert_eq!(log.lines()[2..], ["a ends", "b begins"]);
    gate.add_permits(2);
    for delivery in running {
        assert_eq!(delivery.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn no_more_handlers_run_than_allowed_and_no_more_wait() {
    let (log, gate) = (Log::default(), Arc::new(Semaphore::new(0)));
    let webhooks = gated(webhooks().max_concurrent(2).max_pending(4), &log, &gate);
    let running: Vec<_> = ["a", "b", "c", "d"]
        .map(|id| spawn(&webhooks, id, id))
        .into();
    settle().await;
    assert_eq!(log.lines().len(), 2, "{:?}", log.lines());
    assert_eq!(deliver(&webhooks, &joins("e", "e")).await, 503);
    gate.add_permits(4);
    for delivery in running {
        assert_eq!(delivery.await.unwrap(), 200);
    }
    gate.add_permits(1);
    // What was refused was not claimed: it is handled when it comes again.
    assert_eq!(deliver(&webhooks, &joins("e", "e")).await, 200);
    assert_eq!(log.lines().len(), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_handlers_of_one_session_never_overlap_and_each_event_is_handled_once() {
    let (inside, most, handled) = (Counter::default(), Counter::default(), Counter::default());
    let (inside_it, most_it, handled_it) = (inside.clone(), most.clone(), handled.clone());
    let webhooks = webhooks()
        .max_pending(10_000)
        .on_connection_created(move |_| {
            let (inside, most, handled) = (inside_it.clone(), most_it.clone(), handled_it.clone());
            async move {
                if inside.up() > 1 {
                    most.up();
                }
                tokio::task::yield_now().await;
                handled.up();
                inside.down();
            }
        });
    let done = Arc::new(Notify::new());
    let deliveries: Vec<_> = (0..300)
        .map(|number| spawn(&webhooks, "session", &format!("{}", number % 100)))
        .collect();
    for delivery in deliveries {
        // A copy that arrives while the first is at work is answered 503.
        assert!(matches!(delivery.await.unwrap(), 200 | 503));
    }
    done.notify_one();
    assert_eq!((most.get(), handled.get()), (0, 100));
}
