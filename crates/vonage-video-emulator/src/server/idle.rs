//! Connections that wait for a request. When there are too many, the one that has waited longest is
//! closed; one with a request, or the beginning of one, never is.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

/// The connections that wait, by how long.
#[derive(Clone, Debug, Default)]
pub(crate) struct Idle(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    next: u64,
    since: BTreeMap<u64, Arc<Notify>>,
}

/// A connection's place among those that wait.
#[derive(Clone, Debug)]
pub(crate) struct IdleSlot(Arc<Slot>);

#[derive(Debug)]
struct Slot {
    idle: Idle,
    place: Mutex<Option<u64>>,
    leave: Arc<Notify>,
    /// Whether a response is still in the way to the client.
    writing: AtomicBool,
}

impl Idle {
    /// A place for a new connection, which waits for its first request.
    pub(crate) fn slot(&self) -> IdleSlot {
        let slot = IdleSlot(Arc::new(Slot {
            idle: self.clone(),
            place: Mutex::new(None),
            leave: Arc::new(Notify::new()),
            writing: AtomicBool::new(false),
        }));
        slot.wait();
        slot
    }

    /// Asks the connection that has waited longest to end. Returns whether there is one.
    pub(crate) fn dismiss_one(&self) -> bool {
        let longest = self.lock().since.pop_first();
        if let Some((_, leave)) = &longest {
            leave.notify_one();
        }
        longest.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IdleSlot {
    /// The connection waits from now on.
    pub(crate) fn wait(&self) {
        let mut place = self.place();
        let mut waiting = self.0.idle.lock();
        if let Some(place) = place.take() {
            waiting.since.remove(&place);
        }
        let number = waiting.next;
        waiting.next += 1;
        waiting.since.insert(number, self.0.leave.clone());
        *place = Some(number);
    }

    /// Something of a request has come: the connection is not idle.
    pub(crate) fn work(&self) {
        if let Some(place) = self.place().take() {
            self.0.idle.lock().since.remove(&place);
        }
    }

    /// Whether the client has not taken all of a response yet.
    pub(super) fn set_writing(&self, writing: bool) {
        self.0.writing.store(writing, Ordering::Relaxed);
    }

    /// Whether the connection waits, and nothing is on its way.
    pub(crate) fn is_idle(&self) -> bool {
        self.place().is_some() && !self.0.writing.load(Ordering::Relaxed)
    }

    /// Completes when the connection is asked to end.
    pub(crate) async fn dismissed(&self) {
        self.0.leave.notified().await;
    }

    fn place(&self) -> MutexGuard<'_, Option<u64>> {
        self.0.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let place = self
            .place
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(place) = place {
            self.idle.lock().since.remove(&place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_waiting_is_dismissed_and_a_busy_one_never() {
        let idle = Idle::default();
        let (first, second) = (idle.slot(), idle.slot());
        first.work();
        assert!(idle.dismiss_one());
        assert!(
            !idle.dismiss_one(),
            "the first is busy, the second was asked already"
        );
        assert!(!first.is_idle() && second.is_idle());
        first.wait();
        first.set_writing(true);
        assert!(!first.is_idle());
        drop(first);
        assert!(!idle.dismiss_one());
    }
}
