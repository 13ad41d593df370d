//! Each thread's own copies of current REST tokens.
//!
//! A token is shared by counting references, and threads that count in one place slow each other
//! down. So a thread keeps a copy that shares no memory with those of other threads.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicU64, Ordering},
};

use super::token::RestToken;

/// How many caches have their token copied in one thread. Others are served from the shared place.
const PLACES: usize = 8;

thread_local! {
    static COPIES: RefCell<[Option<Held>; PLACES]> = const { RefCell::new([const { None }; PLACES]) };
}

struct Held {
    owner: u64,
    version: u64,
    token: RestToken,
}

/// The copies of one cache.
pub(super) struct Nearby {
    /// Unlike that of any other cache of this process, past ones included.
    owner: u64,
}

static OWNERS: AtomicU64 = AtomicU64::new(0);

impl Nearby {
    pub(super) fn new() -> Self {
        Self {
            owner: OWNERS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// This thread's copy, if it is of this version and need not be renewed at `now`.
    pub(super) fn get(&self, version: u64, now: i64) -> Option<RestToken> {
        // A thread that ends has no copies any more.
        COPIES
            .try_with(|copies| {
                copies
                    .borrow()
                    .get(self.place())?
                    .as_ref()
                    .filter(|copy| copy.owner == self.owner && copy.version == version)
                    .map(|copy| &copy.token)
                    .filter(|token| token.is_fresh(now))
                    .cloned()
            })
            .ok()
            .flatten()
    }

    /// Copies `token` for this thread and returns the copy. Where the place is taken by another
    /// cache whose token is still in use at `now`, returns `token` itself.
    pub(super) fn keep(&self, version: u64, now: i64, token: &RestToken) -> RestToken {
        COPIES
            .try_with(|copies| {
                let mut copies = copies.borrow_mut();
                let place = copies.get_mut(self.place())?;
                match place {
                    Some(other) if other.owner != self.owner && other.token.is_fresh(now) => None,
                    _ => {
                        let token = token.unshared();
                        *place = Some(Held {
                            owner: self.owner,
                            version,
                            token: token.clone(),
                        });
                        Some(token)
                    }
                }
            })
            .ok()
            .flatten()
            .unwrap_or_else(|| token.clone())
    }

    fn place(&self) -> usize {
        (self.owner % PLACES as u64) as usize
    }
}
