//! Idle connections, so that the one that has been idle longest can be closed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

#[derive(Clone, Debug, Default)]
pub(crate) struct Idle(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    next: u64,
    since: BTreeMap<u64, Arc<Notify>>,
}

/// A connection's place among the idle ones.
#[derive(Debug)]
pub(crate) struct IdleSlot {
    idle: Idle,
    place: Mutex<Option<u64>>,
    leave: Arc<Notify>,
}

impl Idle {
    /// Registers a connection, which is idle at first.
    pub(crate) fn slot(&self) -> IdleSlot {
        let slot = IdleSlot {
            idle: self.clone(),
            place: Mutex::new(None),
            leave: Arc::new(Notify::new()),
        };
        slot.wait();
        slot
    }

    /// Asks the connection that has been idle longest to close.
    pub(crate) fn dismiss_one(&self) {
        if let Some((_, leave)) = self.lock().since.pop_first() {
            leave.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IdleSlot {
    /// Marks the connection as idle from now on.
    pub(crate) fn wait(&self) {
        self.work();
        let mut waiting = self.idle.lock();
        let place = waiting.next;
        waiting.next += 1;
        waiting.since.insert(place, self.leave.clone());
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }

    /// Marks the connection as busy: it is not asked to close.
    pub(crate) fn work(&self) {
        let place = self
            .place
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(place) = place {
            self.idle.lock().since.remove(&place);
        }
    }

    /// Waits until the connection is asked to close.
    pub(crate) async fn dismissed(&self) {
        self.leave.notified().await;
    }
}

impl Drop for IdleSlot {
    fn drop(&mut self) {
        self.work();
    }
}
