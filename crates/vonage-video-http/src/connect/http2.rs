//! The connection that all requests to one server share, where both sides speak HTTP/2.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use http::{Request, Response};
use hyper::{
    body::Incoming,
    client::conn::http2::{self, SendRequest},
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::{
    runtime,
    sync::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard},
    time::{Instant, Sleep, sleep},
};
use vonage_video_core::Error;

use super::{
    connector::Target,
    stream::{Health, Stream},
    unanswered::Unanswered,
};
use crate::body::Body;

/// After so long without a frame, while responses are awaited, the server is asked for a sign of
/// life, and must give one within the second time.
const PING_INTERVAL: Duration = Duration::from_secs(10);
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// What may be under way to us unread: the longest list there is has about 600 kB, and several are
/// read at once.
const STREAM_WINDOW: u32 = 2 << 20;
const CONNECTION_WINDOW: u32 = 16 << 20;

/// How HTTP/2 is spoken.
pub(super) struct Builder(http2::Builder<TokioExecutor>);

/// An origin's connection, if it has one.
pub(super) struct SharedConnection {
    target: Target,
    idle_timeout: Duration,
    current: Mutex<Option<Open>>,
    connecting: AsyncMutex<()>,
    /// The server was found to speak HTTP/1.1 only.
    never: AtomicBool,
}

struct Open {
    sender: SendRequest<Body>,
    usage: Arc<Usage>,
    runtime: runtime::Id,
}

/// How many calls use a connection.
struct Usage {
    health: Arc<Health>,
    active: AtomicUsize,
    idle_since: Mutex<Instant>,
}

impl Usage {
    fn idle_since(&self) -> MutexGuard<'_, Instant> {
        self.idle_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection while a call uses it.
pub(super) struct SharedLease {
    sender: SendRequest<Body>,
    usage: Arc<Usage>,
    shared: Arc<SharedConnection>,
}

impl Builder {
    pub(super) fn new(header_limit: usize) -> Self {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .max_header_list_size(u32::try_from(header_limit).unwrap_or(u32::MAX))
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .keep_alive_interval(PING_INTERVAL)
            .keep_alive_timeout(PING_TIMEOUT);
        Self(builder)
    }

    /// Has hyper drive a connection, and keeps it for everybody.
    pub(super) async fn begin(
        &self,
        stream: Stream,
        shared: &Arc<SharedConnection>,
        runtime: runtime::Id,
    ) -> Result<SharedLease, Error> {
        let health = Arc::clone(&stream.health);
        let (sender, connection) = self
            .0
            .handshake(TokioIo::new(stream.metered()))
            .await
            .map_err(|error| Error::connect(shared.target.to_string(), error))?;
        let usage = Arc::new(Usage {
            health,
            active: AtomicUsize::new(0),
            idle_since: Mutex::new(Instant::now()),
        });
        tokio::spawn(Driver {
            connection: Box::pin(async move {
                // Errors reach the calls that use the connection.
                let _ = connection.await;
            }),
            usage: Arc::clone(&usage),
            shared: Arc::downgrade(shared),
            idle: Box::pin(sleep(shared.idle_timeout)),
        });
        let lease = SharedLease::new(sender.clone(), &usage, shared);
        *shared.current() = Some(Open {
            sender,
            usage,
            runtime,
        });
        Ok(lease)
    }
}

impl SharedConnection {
    pub(super) fn new(target: Target, idle_timeout: Duration) -> Self {
        Self {
            target,
            idle_timeout,
            current: Mutex::default(),
            connecting: AsyncMutex::default(),
            never: AtomicBool::new(false),
        }
    }

    /// The connection, if there is one that `runtime` drives and that has not ended.
    pub(super) fn lease(self: &Arc<Self>, runtime: runtime::Id) -> Option<SharedLease> {
        if self.never.load(Ordering::Relaxed) {
            return None;
        }
        let mut current = self.current();
        let open = current.as_ref()?;
        if open.sender.is_closed() {
            *current = None;
            return None;
        }
        (open.runtime == runtime).then(|| SharedLease::new(open.sender.clone(), &open.usage, self))
    }

    /// Waits for others that are connecting, unless the server speaks HTTP/1.1 only.
    pub(super) async fn turn_to_connect(&self) -> Option<AsyncMutexGuard<'_, ()>> {
        if self.never.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.connecting.lock().await)
    }

    /// The server chose HTTP/1.1.
    pub(super) fn is_never_used(&self) {
        self.never.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_open(&self) -> bool {
        self.current().is_some()
    }

    /// No further request goes over this connection. Those that are under way may end.
    fn retire(&self, usage: &Arc<Usage>) {
        let retired = {
            let mut current = self.current();
            match &*current {
                Some(open) if Arc::ptr_eq(&open.usage, usage) => current.take(),
                _ => None,
            }
        };
        drop(retired);
    }

    fn current(&self) -> MutexGuard<'_, Option<Open>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SharedLease {
    fn new(sender: SendRequest<Body>, usage: &Arc<Usage>, shared: &Arc<SharedConnection>) -> Self {
        usage.active.fetch_add(1, Ordering::AcqRel);
        Self {
            sender,
            usage: Arc::clone(usage),
            shared: Arc::clone(shared),
        }
    }

    pub(super) async fn send(
        &mut self,
        request: &mut Option<Request<Body>>,
    ) -> Result<Response<Incoming>, Unanswered> {
        let Some(taken) = request.take() else {
            return Err(Unanswered::Returned);
        };
        let before = self.usage.health.written();
        let mut error = match self.sender.try_send_request(taken).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        if let Some(returned) = error.take_message() {
            self.retire();
            *request = Some(returned);
            return Err(Unanswered::Returned);
        }
        let error = error.into_error();
        let unsent = self.usage.health.written() == before || was_not_acted_upon(&error);
        Err(Unanswered::Failed(if unsent {
            Error::connect(self.shared.target.to_string(), error)
        } else {
            Error::transport("waiting for the response", error)
        }))
    }

    /// No further request goes over this connection.
    pub(super) fn retire(&self) {
        self.shared.retire(&self.usage);
    }

    /// A stream failed. That alone says nothing about the others, so the connection stays unless it
    /// ends itself.
    pub(super) fn broke(&self) {
        if self.sender.is_closed() {
            self.retire();
        }
    }
}

impl Drop for SharedLease {
    fn drop(&mut self) {
        if self.usage.active.fetch_sub(1, Ordering::AcqRel) == 1 {
            *self.usage.idle_since() = Instant::now();
        }
    }
}

/// Whether the server said that it did nothing about a request: it refused the stream, or went away
/// and named an earlier one as the last (RFC 9113, sections 8.7 and 6.8).
fn was_not_acted_upon(error: &hyper::Error) -> bool {
    let source = std::error::Error::source(error);
    let Some(error) = source.and_then(|source| source.downcast_ref::<h2::Error>()) else {
        return false;
    };
    error.is_remote()
        && (error.is_go_away()
            || (error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM)))
}

/// The task of a connection, which ends it when nobody has used it for too long.
struct Driver {
    connection: Pin<Box<dyn Future<Output = ()> + Send>>,
    usage: Arc<Usage>,
    /// The task must not keep alive the pool that owns the connection.
    shared: Weak<SharedConnection>,
    idle: Pin<Box<Sleep>>,
}

impl Future for Driver {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let shared = self.shared.upgrade();
        if self.connection.as_mut().poll(cx).is_ready() {
            if let Some(shared) = shared {
                shared.retire(&self.usage);
            }
            return Poll::Ready(());
        }
        while self.idle.as_mut().poll(cx).is_ready() {
            let Some(shared) = &shared else {
                return Poll::Pending;
            };
            let now = Instant::now();
            let since = if self.usage.active.load(Ordering::Acquire) == 0 {
                *self.usage.idle_since()
            } else {
                now
            };
            let expires = since + shared.idle_timeout;
            if expires > now {
                self.idle.as_mut().reset(expires);
            } else {
                shared.retire(&self.usage);
                self.idle.as_mut().reset(now + shared.idle_timeout);
            }
        }
        Poll::Pending
    }
}
