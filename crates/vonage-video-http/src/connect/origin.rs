//! The connections to one server: those that are idle, and how many there may be.

use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::{HeaderValue, Uri};
use hyper::client::conn::http1::SendRequest;
use tokio::{runtime, sync::Semaphore, time::Instant};

#[cfg(feature = "http2")]
use super::http2::{SharedConnection, SharedLease};
use super::{connector::Target, proxy::Proxy, stream::Health};
use crate::body::Body;

/// The longest idle timeout, so that a timer can be set for it.
const LEAST_IDLE_TIMEOUT: Duration = Duration::from_millis(1);
const MOST_IDLE_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 3600);

/// A server, by scheme, host and port, and the way to it.
pub(super) struct Origin {
    pub(super) target: Target,
    /// The header `host`.
    pub(super) host: HeaderValue,
    pub(super) proxy: Option<Proxy>,
    pub(super) idle_timeout: Duration,
    max_connections: usize,
    /// One for each connection that is in use or being made.
    slots: Semaphore,
    /// The longest idle first.
    idle: Mutex<Vec<Idle>>,
    #[cfg(feature = "http2")]
    pub(super) shared: Arc<SharedConnection>,
}

/// A connection that nobody uses.
pub(super) struct Idle {
    pub(super) sender: SendRequest<Body>,
    pub(super) health: Arc<Health>,
    /// The runtime that drives it: on another one, a request might wait for ever.
    pub(super) runtime: runtime::Id,
    pub(super) since: Instant,
}

/// The fate of a connection whose idle timer fired.
pub(super) enum Expiry {
    /// It was removed.
    Removed,
    /// It is in use, or has been until lately; look again then.
    LookAgain(Instant),
}

impl Origin {
    pub(super) fn new(
        target: Target,
        proxy: Option<Proxy>,
        idle_timeout: Duration,
        max_connections: usize,
    ) -> Option<Self> {
        let max_connections = max_connections.clamp(1, Semaphore::MAX_PERMITS);
        // Credentials do not belong in a header that every hop reads.
        let authority = target.authority.as_str();
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let host = HeaderValue::try_from(host).ok()?;
        let idle_timeout = idle_timeout.clamp(LEAST_IDLE_TIMEOUT, MOST_IDLE_TIMEOUT);
        Some(Self {
            host,
            #[cfg(feature = "http2")]
            shared: Arc::new(SharedConnection::new(target.clone(), idle_timeout)),
            target,
            proxy,
            idle_timeout,
            max_connections,
            slots: Semaphore::new(max_connections),
            idle: Mutex::default(),
        })
    }

    /// Whether requests go to a proxy that forwards them, and so need the whole URL.
    pub(super) fn is_forwarded(&self) -> bool {
        !self.target.secure && self.proxy.as_ref().is_some_and(Proxy::forwards)
    }

    /// The absolute URI of a request to here.
    pub(super) fn absolute(&self, uri: &Uri) -> Option<Uri> {
        let scheme = if self.target.secure { "https" } else { "http" };
        let mut parts = uri.clone().into_parts();
        parts.scheme = scheme.parse().ok();
        parts.authority = Some(self.target.authority.clone());
        Uri::from_parts(parts).ok()
    }

    /// A slot for a connection, if one is free.
    pub(super) fn try_slot(self: &Arc<Self>) -> Option<Slot> {
        self.slots.try_acquire().ok()?.forget();
        Some(Slot(Arc::clone(self)))
    }

    /// Waits for a slot: calls get theirs in the order in which they asked.
    pub(super) async fn slot(self: &Arc<Self>) -> Option<Slot> {
        self.slots.acquire().await.ok()?.forget();
        Some(Slot(Arc::clone(self)))
    }

    /// The connection that all calls share, if there is one that `runtime` drives.
    #[cfg(feature = "http2")]
    pub(super) fn shared_lease(&self, runtime: runtime::Id) -> Option<SharedLease> {
        // HTTP/2 is agreed upon in the TLS handshake.
        self.target.secure.then(|| self.shared.lease(runtime))?
    }

    /// The connection that was used last, of those that `runtime` drives.
    pub(super) fn take_idle(&self, runtime: runtime::Id) -> Option<Idle> {
        let mut idle = self.idle();
        let index = idle.iter().rposition(|idle| idle.runtime == runtime)?;
        Some(idle.remove(index))
    }

    pub(super) fn give_back(&self, idle: Idle) {
        self.idle().push(idle);
    }

    /// Makes room for a connection that is about to be made.
    pub(super) fn make_room(&self) {
        let removed = {
            let mut idle = self.idle();
            let surplus = idle.len().saturating_sub(self.slots.available_permits());
            idle.drain(..surplus).collect::<Vec<_>>()
        };
        // They are closed when the list is not locked any more.
        drop(removed);
    }

    /// Closes the connections that have been idle since before `began`: what happened to a
    /// connection after that has probably happened to them too.
    pub(super) fn retire_idle_since_before(&self, began: Instant) {
        let removed = {
            let mut idle = self.idle();
            let (kept, removed) = mem::take(&mut *idle)
                .into_iter()
                .partition::<Vec<_>, _>(|idle| idle.since >= began);
            *idle = kept;
            removed
        };
        drop(removed);
    }

    /// Takes a connection off the list, if it is on it.
    pub(super) fn remove(&self, health: &Arc<Health>) -> Option<Idle> {
        let mut idle = self.idle();
        let index = idle
            .iter()
            .position(|idle| Arc::ptr_eq(&idle.health, health))?;
        Some(idle.remove(index))
    }

    /// Removes a connection that has been idle for too long.
    pub(super) fn expire(&self, health: &Arc<Health>) -> Expiry {
        let now = Instant::now();
        let since = self
            .idle()
            .iter()
            .find(|idle| Arc::ptr_eq(&idle.health, health))
            .map_or(now, |idle| idle.since);
        let expires = since + self.idle_timeout;
        if expires > now {
            return Expiry::LookAgain(expires);
        }
        match self.remove(health) {
            Some(_) => Expiry::Removed,
            // Taken a moment ago.
            None => Expiry::LookAgain(now + self.idle_timeout),
        }
    }

    /// Whether nothing would be lost with it.
    pub(super) fn is_unused(&self) -> bool {
        #[cfg(feature = "http2")]
        if self.shared.is_open() {
            return false;
        }
        self.idle().is_empty() && self.slots.available_permits() == self.max_connections
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.target)
    }
}

/// The right to one connection to an origin, returned when it is dropped.
pub(super) struct Slot(pub(super) Arc<Origin>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.slots.add_permits(1);
    }
}
