//! Where the presences of many sessions are kept.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use vonage_video_core::{
    Presence, SessionId, Timestamp, WebhookEvent,
    models::{Connection, Stream},
};

use super::{BoxFuture, StoreError};

/// What is done to a presence; returns whether that changed it. It may be called more than once.
pub type PresenceChange<'a> = Box<dyn Fn(&mut Presence) -> bool + Send + Sync + 'a>;

/// Keeps the [`Presence`] of each session. [`Webhooks::presence`](super::Webhooks::presence) feeds
/// it every event.
///
/// Implement [`get`](Self::get), [`update`](Self::update) and [`remove`](Self::remove) for a store
/// of your own.
pub trait PresenceStore: Send + Sync + 'static {
    /// Who is in a session; `None` if nothing is known about it.
    fn get<'a>(
        &'a self,
        session: &'a SessionId,
    ) -> BoxFuture<'a, Result<Option<Presence>, StoreError>>;

    /// Changes the presence of a session, of a new one if nothing is known about it. Atomic: two
    /// changes at once both take effect.
    fn update<'a>(
        &'a self,
        session: &'a SessionId,
        change: PresenceChange<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Forgets a session.
    fn remove<'a>(&'a self, session: &'a SessionId) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Adds what an event tells to the presence of its session; see [`Presence::apply`]. `now` is
    /// the time of its arrival.
    ///
    /// Who left longer ago than the tombstone age, 25 hours, is [forgotten](Presence::forget) on
    /// this occasion, so that a session that goes on for weeks stays small. Book
    /// [usage](Presence::usage) before, such as in a handler of `connectionDestroyed`.
    fn apply<'a>(
        &'a self,
        event: &'a WebhookEvent,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match event.session_id() {
                Some(session) => {
                    let change = move |presence: &mut Presence| {
                        let changed = presence.apply(event, now);
                        if changed {
                            presence.forget(now);
                        }
                        changed
                    };
                    self.update(session, Box::new(change)).await
                }
                None => Ok(()),
            }
        })
    }

    /// Corrects the presence of a session by what the API lists; see [`Presence::reconcile`].
    fn reconcile<'a>(
        &'a self,
        session: &'a SessionId,
        streams: &'a [Stream],
        connections: &'a [Connection],
        taken_at: Timestamp,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.update(
            session,
            Box::new(move |presence| presence.reconcile(streams, connections, taken_at)),
        )
    }
}

/// A [`PresenceStore`] in the memory of one process, until it ends.
/// [`reconcile`](PresenceStore::reconcile) each session after a restart.
///
/// Sessions stay until they are [removed](PresenceStore::remove) or [swept](Self::sweep).
#[derive(Clone, Default)]
pub struct MemoryPresence(Arc<Mutex<HashMap<SessionId, Presence>>>);

impl MemoryPresence {
    /// A store that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Who is in a session.
    pub fn session(&self, session: &SessionId) -> Option<Presence> {
        self.sessions().get(session).cloned()
    }

    /// Forgets who left longer ago than the tombstone age, and the sessions of which nothing is
    /// left. Call it now and then, such as once an hour.
    pub fn sweep(&self, now: Timestamp) {
        self.sessions().retain(|_, presence| {
            presence.forget(now);
            !presence.is_blank()
        });
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<SessionId, Presence>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PresenceStore for MemoryPresence {
    fn get<'a>(
        &'a self,
        session: &'a SessionId,
    ) -> BoxFuture<'a, Result<Option<Presence>, StoreError>> {
        Box::pin(async move { Ok(self.session(session)) })
    }

    fn update<'a>(
        &'a self,
        session: &'a SessionId,
        change: PresenceChange<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut sessions = self.sessions();
            let presence = sessions
                .entry(session.clone())
                .or_insert_with(|| Presence::new(session));
            change(presence);
            if presence.is_blank() {
                sessions.remove(session);
            }
            Ok(())
        })
    }

    fn remove<'a>(&'a self, session: &'a SessionId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.sessions().remove(session);
            Ok(())
        })
    }
}

impl fmt::Debug for MemoryPresence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryPresence")
            .field("sessions", &self.sessions().len())
            .finish()
    }
}
