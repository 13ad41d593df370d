//! Waking those who wait for something that an event is about.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

/// The id of who listens to all events. No id is empty.
pub(super) const EVERYTHING: &str = "";

#[derive(Default)]
pub(super) struct Wakers(Mutex<HashMap<String, watch::Sender<()>>>);

impl Wakers {
    pub(super) fn wake(&self, id: Option<&str>) {
        if let Some(waker) = id.and_then(|id| self.wakers().get(id).cloned()) {
            waker.send_replace(());
        }
    }

    /// Changes whenever an event about `id` arrives, from now on.
    #[cfg(feature = "client")]
    pub(super) fn subscribe(&self, id: &str) -> watch::Receiver<()> {
        let mut wakers = self.wakers();
        wakers.retain(|_, waker| waker.receiver_count() > 0);
        wakers
            .entry(id.to_owned())
            .or_insert_with(|| watch::channel(()).0)
            .subscribe()
    }

    fn wakers(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
