//! A turn for each session, so that its handlers do not overlap.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use vonage_video_core::SessionId;

type Lock = Arc<AsyncMutex<()>>;

#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<SessionId, Lock>>);

/// The turn of one handler. Others of its session wait until it is dropped.
pub(super) struct Turn<'a> {
    sessions: &'a Sessions,
    id: SessionId,
    lock: Option<OwnedMutexGuard<()>>,
}

impl Sessions {
    /// Waits for the turn, in the order of asking.
    pub(super) async fn turn(&self, id: &SessionId) -> Turn<'_> {
        let lock = Arc::clone(self.map().entry(id.clone()).or_default());
        // Made before waiting, so that a waiter that is dropped cleans up too.
        let mut turn = Turn {
            sessions: self,
            id: id.clone(),
            lock: None,
        };
        turn.lock = Some(lock.lock_owned().await);
        turn
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Lock>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.map().len()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.lock = None;
        let mut map = self.sessions.map();
        // The map's own is the last: nobody has the turn or waits for it.
        if map
            .get(&self.id)
            .is_some_and(|lock| Arc::strong_count(lock) == 1)
        {
            map.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn turns_of_one_session_follow_each_other_and_leave_nothing_behind() {
        let sessions = Sessions::default();
        let (one, other) = (SessionId::from("one"), SessionId::from("other"));
        let first = sessions.turn(&one).await;
        let elsewhere = sessions.turn(&other).await;
        {
            let mut second = std::pin::pin!(sessions.turn(&one));
            let waits = tokio::select! {
                biased;
                _ = &mut second => false,
                () = std::future::ready(()) => true,
            };
            assert!(waits);
            drop(first);
            drop(second.await);
        }
        {
            let first = sessions.turn(&one).await;
            let abandoned = tokio::select! {
                biased;
                _ = sessions.turn(&one) => false,
                () = std::future::ready(()) => true,
            };
            assert!(abandoned);
            drop(first);
        }
        drop(elsewhere);
        assert_eq!(sessions.len(), 0);
    }
}
