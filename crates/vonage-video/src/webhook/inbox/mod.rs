//! Which events have been acted on.

mod memory;

pub use memory::MemoryInbox;

use std::{
    convert::Infallible,
    fmt,
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use super::{BoxFuture, EventKey, StoreError};

const SHORTEST_PAUSE: Duration = Duration::from_millis(10);

/// Remembers which events were acted on, so that each is acted on once although it is delivered at
/// least once. [`Webhooks`](super::Webhooks) does with it what is needed; without it:
///
/// ```
/// use vonage_video::webhook::{Claimed, Inbox, StoreError, VerifiedWebhook};
///
/// async fn take(inbox: &dyn Inbox, webhook: &VerifiedWebhook) -> Result<u16, StoreError> {
///     match inbox.claim(&webhook.key()).await? {
///         Claimed::New(claim) => {
///             claim.hold(act(webhook)).await; // Renews the lease meanwhile.
///             claim.done().await?;
///             Ok(200)
///         }
///         Claimed::Done => Ok(200),
///         Claimed::InProgress => Ok(503), // Elsewhere, right now. The service tries again.
///         _ => Ok(503),
///     }
/// }
/// # async fn act(_: &VerifiedWebhook) {}
/// ```
///
/// # What it guarantees
///
/// While a lease is held, no other claim for the same key succeeds, and after [`done`](Claim::done)
/// none does for as long as the store remembers: at least 25 hours for the stores here, where the
/// service repeats a delivery for 24.
///
/// It is not exactly once. An event is acted on again if
///
/// - the process dies, or the store fails, between the effect and `done`: once the lease has
///   expired, the next delivery is a new claim. Make the effect and a note of the key one
///   transaction of your own database where that must not be;
/// - the process is stopped for longer than the lease (a suspended machine, a blocked executor):
///   another may claim the event while the first still acts;
/// - the store loses its contents: a restart of [`MemoryInbox`], or a failover of a replicated
///   store that had not yet copied it.
///
/// An event is lost only if nothing delivers it any more, or if it was answered before its handler
/// ran and the process died in between.
#[doc(alias("dedupe", "deduplicate", "idempotency"))]
pub trait Inbox: Send + Sync + 'static {
    /// Claims an event for this process.
    ///
    /// Claiming again after an error must be safe: a claim whose response was lost either is this
    /// process's, or expires with its lease.
    fn claim<'a>(&'a self, key: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>>;
}

impl<I: Inbox + ?Sized> Inbox for std::sync::Arc<I> {
    fn claim<'a>(&'a self, key: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>> {
        (**self).claim(key)
    }
}

/// The outcome of [`Inbox::claim`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Claimed {
    /// Nobody has acted on the event: act, then call [`Claim::done`].
    New(Claim),
    /// It was acted on: respond with 200.
    Done,
    /// Somebody is acting on it: respond with 503, so that it is delivered again should they fail.
    InProgress,
}

/// What a store does for one claim. Implement it for a store of your own, and hand it to
/// [`Claim::new`].
pub trait Lease: Send + Sync + 'static {
    /// How long the claim is valid from its beginning, and from each renewal.
    fn duration(&self) -> Duration;

    /// Makes the claim valid for [`duration`](Self::duration) from now. `false` if it has expired
    /// and somebody else has the event.
    fn renew(&self) -> BoxFuture<'_, Result<bool, StoreError>>;

    /// Notes that the event was acted on, even if the lease has expired.
    fn done(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Gives the claim back, so that the next delivery is acted on at once. Best effort: the lease
    /// expires in any case. Called when a [`Claim`] is dropped, so it must not block.
    fn release(&self);
}

/// The right to act on an event. Dropping it returns the right to the store.
#[must_use = "an event is acted on again unless its claim is done"]
pub struct Claim(Option<Box<dyn Lease>>);

impl Claim {
    /// A claim of a store.
    pub fn new(lease: impl Lease) -> Self {
        Self(Some(Box::new(lease)))
    }

    /// Renews the lease. `false` if it has expired and somebody else has the event.
    ///
    /// # Errors
    ///
    /// The store cannot be reached; the lease lasts until its end.
    pub async fn renew(&self) -> Result<bool, StoreError> {
        match &self.0 {
            Some(lease) => lease.renew().await,
            None => Ok(false),
        }
    }

    /// Runs `work`, and renews the lease each time a third of it has passed. Work is not stopped
    /// when the lease is lost: it may have had half its effect. Needs a tokio runtime with timers.
    pub async fn hold<F: Future>(&self, work: F) -> F::Output {
        let Some(lease) = &self.0 else {
            return work.await;
        };
        let mut work = pin!(work);
        let mut renewals = pin!(keep(lease.as_ref()));
        poll_fn(|cx| match work.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(output),
            Poll::Pending => renewals.as_mut().poll(cx).map(|never| match never {}),
        })
        .await
    }

    /// Notes that the event was acted on.
    ///
    /// # Errors
    ///
    /// The store cannot be reached. The claim is not given back then: until its lease expires no
    /// process acts on the event again.
    pub async fn done(mut self) -> Result<(), StoreError> {
        match self.0.take() {
            Some(lease) => lease.done().await,
            None => Ok(()),
        }
    }

    /// As [`done`](Self::done), tried a few times.
    pub(super) async fn done_for_sure(mut self) -> Result<(), StoreError> {
        let Some(lease) = self.0.take() else {
            return Ok(());
        };
        let mut pause = Duration::from_millis(50);
        for _ in 0..4 {
            if lease.done().await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(pause).await;
            pause *= 3;
        }
        lease.done().await
    }
}

/// Renews a lease for ever. A failure is met again by the next renewal, or by `done`.
async fn keep(lease: &dyn Lease) -> Infallible {
    let pause = (lease.duration() / 3).max(SHORTEST_PAUSE);
    loop {
        tokio::time::sleep(pause).await;
        let _ = lease.renew().await;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(lease) = self.0.take() {
            lease.release();
        }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Claim").finish()
    }
}
