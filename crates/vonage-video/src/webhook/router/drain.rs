//! How many deliveries are under way, and waiting until none is.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One for each delivery that is under way.
pub(super) struct Tickets {
    free: Arc<Semaphore>,
    capacity: u32,
    closed: AtomicBool,
}

/// A delivery that is under way; dropped when it is over.
pub(super) struct Ticket(
    #[expect(dead_code, reason = "dropped with the ticket")] OwnedSemaphorePermit,
);

/// Why there is no ticket.
pub(super) enum NoTicket {
    Full,
    Closed,
}

impl Tickets {
    pub(super) fn new(capacity: usize) -> Self {
        // A drain asks for all of them at once, as a `u32`.
        let most = Semaphore::MAX_PERMITS.min(u32::MAX as usize);
        let capacity = capacity.clamp(1, most);
        Self {
            free: Arc::new(Semaphore::new(capacity)),
            capacity: u32::try_from(capacity).unwrap_or(u32::MAX),
            closed: AtomicBool::new(false),
        }
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity as usize
    }

    pub(super) fn taken(&self) -> usize {
        self.capacity()
            .saturating_sub(self.free.available_permits())
    }

    pub(super) fn take(&self) -> Result<Ticket, NoTicket> {
        if self.closed.load(Ordering::Acquire) {
            return Err(NoTicket::Closed);
        }
        match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => Ok(Ticket(permit)),
            Err(_) => Err(NoTicket::Full),
        }
    }

    /// Gives no more tickets, and waits until all are back.
    pub(super) async fn drain(&self) {
        self.closed.store(true, Ordering::Release);
        // The semaphore is never closed, so this fails never.
        let all = self.free.acquire_many(self.capacity).await;
        drop(all);
    }
}
