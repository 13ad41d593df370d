//! An inbox in the memory of one process.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{BoxFuture, Claim, Claimed, EventKey, Inbox, Lease, StoreError};

/// What an entry costs beside its key, roughly: two copies of the key's address, times, a slot.
const ENTRY: usize = 160;

/// An [`Inbox`] in memory: for one process, until it ends. Bounded by bytes and by time.
///
/// When it is full, the oldest events that were acted on are forgotten first, and copies of them
/// are acted on again. It refuses a claim only if it is full of claims that are held.
#[derive(Clone)]
pub struct MemoryInbox {
    state: Arc<Mutex<State>>,
    limits: Limits,
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    bytes: usize,
    remember: Duration,
    lease: Duration,
}

#[derive(Default)]
struct State {
    entries: HashMap<Arc<str>, Entry>,
    /// What was acted on, oldest first.
    done: VecDeque<(Arc<str>, Instant)>,
    bytes: usize,
    claims: u64,
}

enum Entry {
    Claimed { claim: u64, until: Instant },
    Done,
}

impl MemoryInbox {
    /// Remembers for 25 hours, in at most 16 MiB (about 50,000 events), with a lease of a minute.
    pub fn new() -> Self {
        Self {
            state: Arc::default(),
            limits: Limits {
                bytes: 16 * 1024 * 1024,
                remember: Duration::from_secs(25 * 60 * 60),
                lease: Duration::from_secs(60),
            },
        }
    }

    /// How many bytes it may use, about. Default: 16 MiB.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// How long an event that was acted on is remembered. Default: 25 hours; the service repeats
    /// deliveries for 24.
    #[must_use]
    pub fn remember(mut self, duration: Duration) -> Self {
        self.limits.remember = duration;
        self
    }

    /// How long a claim is valid without being renewed. Default: a minute.
    #[must_use]
    pub fn lease(mut self, duration: Duration) -> Self {
        self.limits.lease = duration;
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claim_now(&self, key: &EventKey) -> Result<Claimed, StoreError> {
        let now = Instant::now();
        let mut state = self.state();
        state.forget(now, self.limits.remember);
        match state.entries.get(key.as_str()) {
            Some(Entry::Done) => return Ok(Claimed::Done),
            Some(Entry::Claimed { until, .. }) if *until > now => return Ok(Claimed::InProgress),
            Some(Entry::Claimed { .. }) => {}
            None => state.make_room(key.as_str().len() + ENTRY, self.limits.bytes, now)?,
        }
        state.claims += 1;
        let claim = state.claims;
        let until = now + self.limits.lease;
        let key: Arc<str> = key.as_str().into();
        let entry = Entry::Claimed { claim, until };
        state.entries.insert(Arc::clone(&key), entry);
        Ok(Claimed::New(Claim::new(MemoryLease {
            inbox: self.clone(),
            key,
            claim,
        })))
    }
}

impl State {
    fn forget(&mut self, now: Instant, remember: Duration) {
        let old = |since: &Instant| now.duration_since(*since) >= remember;
        while self.done.front().is_some_and(|(_, since)| old(since)) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) -> bool {
        let Some((key, _)) = self.done.pop_front() else {
            return false;
        };
        self.remove(&key);
        true
    }

    /// Forgets the claims that nobody holds any more. Returns whether there were any.
    fn forget_expired(&mut self, now: Instant) -> bool {
        let before = self.bytes;
        let bytes = &mut self.bytes;
        self.entries.retain(|key, entry| {
            let over = matches!(entry, Entry::Claimed { until, .. } if *until <= now);
            if over {
                *bytes = bytes.saturating_sub(key.len() + ENTRY);
            }
            !over
        });
        self.bytes < before
    }

    fn make_room(&mut self, needed: usize, limit: usize, now: Instant) -> Result<(), StoreError> {
        while self.bytes + needed > limit {
            if !self.forget_oldest() && !self.forget_expired(now) {
                return Err(StoreError::new("the inbox is full of events in progress"));
            }
        }
        self.bytes += needed;
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        if self.entries.remove(key).is_some() {
            self.bytes = self.bytes.saturating_sub(key.len() + ENTRY);
        }
    }
}

impl Inbox for MemoryInbox {
    fn claim<'a>(&'a self, key: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>> {
        Box::pin(async move { self.claim_now(key) })
    }
}

struct MemoryLease {
    inbox: MemoryInbox,
    key: Arc<str>,
    claim: u64,
}

impl MemoryLease {
    fn is_held(&self, state: &State) -> bool {
        matches!(state.entries.get(&self.key), Some(Entry::Claimed { claim, .. }) if *claim == self.claim)
    }
}

impl Lease for MemoryLease {
    fn duration(&self) -> Duration {
        self.inbox.limits.lease
    }

    fn renew(&self) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let mut state = self.inbox.state();
            if !self.is_held(&state) {
                return Ok(false);
            }
            let until = Instant::now() + self.inbox.limits.lease;
            let claim = self.claim;
            let entry = Entry::Claimed { claim, until };
            state.entries.insert(Arc::clone(&self.key), entry);
            Ok(true)
        })
    }

    fn done(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let mut state = self.inbox.state();
            match state.entries.get_mut(&self.key) {
                Some(Entry::Done) => return Ok(()),
                Some(entry) => *entry = Entry::Done,
                None => {
                    let needed = self.key.len() + ENTRY;
                    state.make_room(needed, self.inbox.limits.bytes, Instant::now())?;
                    state.entries.insert(Arc::clone(&self.key), Entry::Done);
                }
            }
            state
                .done
                .push_back((Arc::clone(&self.key), Instant::now()));
            Ok(())
        })
    }

    fn release(&self) {
        let mut state = self.inbox.state();
        if self.is_held(&state) {
            state.remove(&self.key);
        }
    }
}

impl Default for MemoryInbox {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MemoryInbox")
            .field("events", &state.entries.len())
            .field("bytes", &state.bytes)
            .field("limits", &self.limits)
            .finish()
    }
}
