//! Who is in each session, for all instances.

use std::time::Duration;

use vonage_video::{
    SessionId,
    webhook::{BoxFuture, Presence, PresenceChange, PresenceStore, StoreError},
};

use crate::{keys, store::RedisStore, token, ttl::millis};

/// Writes if the mark is still the one that was read. A mark is random, so a state that was lost
/// and made again is not taken for the one that was read.
const WRITE: &str = "
if (redis.call('HGET', KEYS[1], 'mark') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'mark', ARGV[2], 'state', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1";

/// A session is forgotten two days after its last event. A room that is silent for so long is known
/// again once it is reconciled.
const TTL: Duration = Duration::from_secs(48 * 60 * 60);

/// How often a write is tried that others came before. Each failure means that another succeeded.
const ATTEMPTS: u32 = 200;

/// A [`PresenceStore`] that all instances share. From [`RedisStore::presence`].
///
/// The data of tokens and the names of streams are personal where you put names there, so they are
/// not stored unless [allowed](Self::with_personal_data). Every key has a TTL.
///
/// A change reads, changes and writes the whole session, some 200 bytes for each participant of the
/// last day, and is repeated if another instance was faster. Who left more than 25 hours ago is
/// forgotten with the next event: book usage before, such as in a handler of `connectionDestroyed`.
#[derive(Clone, Debug)]
pub struct RedisPresence {
    store: RedisStore,
    ttl: Duration,
    personal: bool,
}

impl RedisStore {
    /// Who is in each session.
    pub fn presence(&self) -> RedisPresence {
        RedisPresence {
            store: self.clone(),
            ttl: TTL,
            personal: false,
        }
    }
}

impl RedisPresence {
    /// How long a session is kept after its last event. Default: 48 hours.
    #[must_use]
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// Stores the data of tokens and the names of streams too.
    #[must_use]
    pub fn with_personal_data(mut self) -> Self {
        self.personal = true;
        self
    }

    async fn read(&self, key: &str) -> Result<(String, Option<Presence>), StoreError> {
        let mut command = redis::cmd("HMGET");
        command.arg(key).arg("mark").arg("state");
        let (mark, state): (Option<String>, Option<Vec<u8>>) =
            self.store.connection.send(&command).await?;
        let state = state
            .map(|state| serde_json::from_slice(&state))
            .transpose();
        let state = state.map_err(|error| {
            StoreError::new("the stored presence cannot be read").because(error)
        })?;
        Ok((mark.unwrap_or_default(), state))
    }

    async fn change(
        &self,
        session: &SessionId,
        change: &PresenceChange<'_>,
    ) -> Result<(), StoreError> {
        let key = keys::presence(&self.store.prefix, session);
        for attempt in 0..ATTEMPTS {
            let (mark, known) = self.read(&key).await?;
            let mut presence = known.unwrap_or_else(|| Presence::new(session));
            if !change(&mut presence) {
                return Ok(());
            }
            if !self.personal {
                presence.erase_personal_data();
            }
            let state = serde_json::to_vec(&presence).map_err(|error| {
                StoreError::new("the presence cannot be written").because(error)
            })?;
            let mut command = redis::cmd("EVAL");
            command.arg(WRITE).arg(1).arg(&key).arg(mark);
            command
                .arg(token::random()?)
                .arg(state)
                .arg(millis(self.ttl));
            if self.store.connection.send::<u8>(&command).await? == 1 {
                return Ok(());
            }
            // Another was faster. Wait longer each time, not all equally long.
            let spread = u64::from(session.as_str().len() as u32 % 7) + u64::from(attempt % 5);
            tokio::time::sleep(Duration::from_millis(spread.min(10))).await;
        }
        Err(StoreError::new(
            "too many instances change the presence at once",
        ))
    }
}

impl PresenceStore for RedisPresence {
    fn get<'a>(
        &'a self,
        session: &'a SessionId,
    ) -> BoxFuture<'a, Result<Option<Presence>, StoreError>> {
        Box::pin(async move {
            let key = keys::presence(&self.store.prefix, session);
            Ok(self.read(&key).await?.1)
        })
    }

    fn update<'a>(
        &'a self,
        session: &'a SessionId,
        change: PresenceChange<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.change(session, &change).await })
    }

    fn remove<'a>(&'a self, session: &'a SessionId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut command = redis::cmd("DEL");
            command.arg(keys::presence(&self.store.prefix, session));
            self.store.connection.send::<u64>(&command).await.map(drop)
        })
    }
}
