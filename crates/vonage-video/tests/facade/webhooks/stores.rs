//! Stores that fail.

use std::{sync::Arc, time::Duration};

use vonage_video::{
    SessionId,
    webhook::{
        BoxFuture, Claim, Claimed, EventKey, Inbox, Lease, Presence, PresenceChange, PresenceStore,
        StoreError,
    },
};

use super::support::{Counter, deliver, joins, webhooks};

/// An inbox whose `done` fails this many times.
#[derive(Clone, Default)]
struct Forgetful {
    failures: usize,
    done: Counter,
    released: Counter,
}

impl Inbox for Forgetful {
    fn claim<'a>(&'a self, _: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>> {
        Box::pin(async { Ok(Claimed::New(Claim::new(self.clone()))) })
    }
}

impl Lease for Forgetful {
    fn duration(&self) -> Duration {
        Duration::from_secs(60)
    }

    fn renew(&self) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async { Ok(true) })
    }

    fn done(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async {
            if self.done.up() > self.failures {
                Ok(())
            } else {
                Err(StoreError::new("gone").because("the cable is cut"))
            }
        })
    }

    fn release(&self) {
        self.released.up();
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_was_acted_on_is_not_asked_for_again_although_the_inbox_cannot_be_told() {
    for failures in [0, 3, usize::MAX] {
        let inbox = Forgetful {
            failures,
            ..Forgetful::default()
        };
        let webhooks = webhooks().inbox(inbox.clone());
        assert_eq!(deliver(&webhooks, &joins("session", "a")).await, 200);
        assert_eq!(inbox.done.get(), failures.min(4) + 1);
        assert_eq!(inbox.released.get(), 0, "its lease keeps others away");
    }
}

#[tokio::test]
async fn a_claim_whose_handler_failed_is_given_back_at_once() {
    let inbox = Forgetful::default();
    let webhooks = webhooks()
        .inbox(inbox.clone())
        .on_every(|_| async { Err("no") });
    assert_eq!(deliver(&webhooks, &joins("session", "a")).await, 503);
    assert_eq!((inbox.done.get(), inbox.released.get()), (0, 1));
}

/// A presence store that is down at first.
#[derive(Clone)]
struct Away(Arc<Counter>);

impl PresenceStore for Away {
    fn get<'a>(&'a self, _: &'a SessionId) -> BoxFuture<'a, Result<Option<Presence>, StoreError>> {
        Box::pin(async { Ok(None) })
    }

    fn update<'a>(
        &'a self,
        session: &'a SessionId,
        change: PresenceChange<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            if self.0.up() == 1 {
                return Err(StoreError::new("the store is away"));
            }
            change(&mut Presence::new(session));
            Ok(())
        })
    }

    fn remove<'a>(&'a self, _: &'a SessionId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn a_presence_that_was_not_stored_makes_the_event_come_again() {
    let (handled, store) = (Counter::default(), Away(Arc::default()));
    let count = handled.clone();
    let webhooks = webhooks().presence(store.clone()).on_every(move |_| {
        count.up();
        async {}
    });
    let event = joins("session", "a");
    assert_eq!(deliver(&webhooks, &event).await, 503);
    assert_eq!(handled.get(), 0);
    assert_eq!(deliver(&webhooks, &event).await, 200);
    assert_eq!((handled.get(), store.0.get()), (1, 2));
}
