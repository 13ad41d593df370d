//! Webhooks to handlers: each event once, those of a session one after the other.

mod drain;
mod handlers;
mod outcome;
mod process;
mod service;
mod sessions;
mod wake;
#[cfg(feature = "client")]
mod wake_source;

pub use handlers::HandlerOutput;
pub use outcome::Outcome;

use std::{
    fmt,
    future::Future,
    sync::Arc,
    time::{Duration, SystemTime},
};

use vonage_video_core::{
    WebhookEvent,
    models::{
        Archive, Broadcast, CaptionsEvent, ConnectionEvent, Render, SessionEvent, SipCallEvent,
        StreamEvent,
    },
};

use self::{drain::Tickets, handlers::Handlers, sessions::Sessions, wake::Wakers};
use super::{DEFAULT_BODY_LIMIT, Inbox, MemoryInbox, PresenceStore, WebhookVerifier, receive};

/// How old a signature may be where an inbox removes copies: the time for which deliveries are
/// repeated. Whether a repeated delivery is signed again is not documented.
const SIGNATURE_AGE: Duration = Duration::from_secs(24 * 60 * 60);
const MAX_CONCURRENT: usize = 64;
const MAX_PENDING: usize = 1024;

/// Receives webhooks and calls your handlers: each event once, by an [`Inbox`].
///
/// It is a tower service, so `axum::Router::route_service` accepts it as it is, and hyper by
/// `TowerToHyperService`; [`handle`](Self::handle) fits every other framework.
///
/// ```
/// use vonage_video::webhook::{Webhooks, WebhookVerifier};
///
/// # fn main() -> Result<(), vonage_video::webhook::WebhookError> {
/// let webhooks = Webhooks::new(WebhookVerifier::new("the signature secret")?)
///     .on_archive(|archive| async move {
///         println!("archive {} is {}", archive.id, archive.status);
///     })
///     .on_stream_created(|event| async move {
///         println!("{} publishes", event.stream.connection.id);
///         Ok::<_, std::io::Error>(())
///     })
///     .otherwise(|event| async move { println!("{}", event.kind()) });
/// # Ok(())
/// # }
/// ```
///
/// # Handlers
///
/// A handler is an async function of the event's model. It returns `()`, or a `Result` whose error
/// makes the delivery fail: the service delivers it again. Several handlers of one kind of event
/// run in the order in which they were added. They run in tasks of their own: a request that is
/// cancelled does not cancel them, and a panic is contained and counts as a failure. An event
/// without a handler is taken.
///
/// - Each event is handled once, as far as the [inbox](Inbox#what-it-guarantees) can promise.
///   Without [`inbox`](Self::inbox) that is a [`MemoryInbox`].
/// - Handlers of one session never overlap, in this process. On a fleet two processes may handle
///   two events of one session at once.
/// - At most [`max_concurrent`](Self::max_concurrent) handlers run; at most
///   [`max_pending`](Self::max_pending) deliveries wait. More are answered 503, and come again.
///
/// # Responses
///
/// | status | when |
/// |---|---|
/// | 200 | the event was handled, now or before; or, with [`RespondWhen::Claimed`], will be |
/// | 401 | the signature is wrong, too old, or over another body |
/// | 503 | it cannot be taken now: not signed, in progress elsewhere, a handler failed, the inbox or the presence store cannot be reached, too many wait, or it shuts down |
/// | 400, 405, 413 | it is signed but not JSON; another method than POST; more than [`body_limit`](Self::body_limit) |
///
/// The service repeats what is not answered with 2xx, with growing pauses, for 24 hours. Whether it
/// does after a 401 is not known.
///
/// The age that a signature may have is 24 hours here, not the five minutes of
/// [`receive_parts`](super::receive_parts): the inbox removes copies, also those that somebody else
/// sends.
///
/// Clones share everything, and are cheap. Handling needs a tokio runtime with timers.
#[derive(Clone)]
#[doc(alias("callback", "callbacks", "handler"))]
pub struct Webhooks {
    config: Arc<Config>,
    shared: Arc<Shared>,
}

/// When a delivery is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RespondWhen {
    /// After its handlers: a failure makes the service deliver it again. Default.
    #[default]
    Handled,
    /// Once the inbox has the claim, before the handlers: for handlers that take longer than the
    /// service waits. An event whose handler fails, or whose process dies, is lost: the service was
    /// told that it is taken.
    Claimed,
}

#[derive(Clone)]
struct Config {
    /// `None` where deliveries are not signed.
    verifier: Option<WebhookVerifier>,
    inbox: Arc<dyn Inbox>,
    presence: Option<Arc<dyn PresenceStore>>,
    handlers: Handlers,
    respond: RespondWhen,
    body_limit: usize,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

struct Shared {
    tickets: Tickets,
    running: tokio::sync::Semaphore,
    sessions: Sessions,
    wakers: Wakers,
}

impl Shared {
    fn new(concurrent: usize, pending: usize) -> Arc<Self> {
        let most = tokio::sync::Semaphore::MAX_PERMITS;
        Arc::new(Self {
            tickets: Tickets::new(pending),
            running: tokio::sync::Semaphore::new(concurrent.clamp(1, most)),
            sessions: Sessions::default(),
            wakers: Wakers::default(),
        })
    }
}

impl Webhooks {
    /// With a verifier, an inbox in memory, and no handlers: every event that is verified is taken.
    pub fn new(verifier: WebhookVerifier) -> Self {
        Self::with_verifier(Some(verifier.max_age(SIGNATURE_AGE)))
    }

    /// For webhooks that are not signed, as OpenTok's: **anybody who can reach it can forge
    /// events.** Use it only behind a path that nobody can guess, and behind the service's
    /// [addresses](super::IpAllowList); read what matters from the API before you act on it.
    pub fn unsigned() -> Self {
        Self::with_verifier(None)
    }

    fn with_verifier(verifier: Option<WebhookVerifier>) -> Self {
        Self {
            config: Arc::new(Config {
                verifier,
                inbox: Arc::new(MemoryInbox::new()),
                presence: None,
                handlers: Handlers::default(),
                respond: RespondWhen::default(),
                body_limit: DEFAULT_BODY_LIMIT,
                clock: Arc::new(receive::now),
            }),
            shared: Shared::new(MAX_CONCURRENT, MAX_PENDING),
        }
    }

    /// Remembers in `inbox` which events were acted on. Default: a [`MemoryInbox`].
    #[must_use]
    pub fn inbox(mut self, inbox: impl Inbox) -> Self {
        self.config().inbox = Arc::new(inbox);
        self
    }

    /// Feeds every event to `store`, before its handlers run.
    #[must_use]
    pub fn presence(mut self, store: impl PresenceStore) -> Self {
        self.config().presence = Some(Arc::new(store));
        self
    }

    /// When deliveries are answered. Default: [`RespondWhen::Handled`].
    #[must_use]
    pub fn respond_when(mut self, when: RespondWhen) -> Self {
        self.config().respond = when;
        self
    }

    /// The largest body that is taken. Default: 1 MiB.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.config().body_limit = bytes;
        self
    }

    /// How old a signature may be. Default: 24 hours. With less, deliveries that the service
    /// repeats with their first signature are refused.
    #[must_use]
    pub fn signature_age(mut self, age: Duration) -> Self {
        let config = self.config();
        config.verifier = config.verifier.take().map(|it| it.max_age(age));
        self
    }

    /// How many handlers may run at once, at least 1. Default: 64. Set it, and
    /// [`max_pending`](Self::max_pending), before the first delivery: clones made before keep
    /// theirs.
    #[must_use]
    pub fn max_concurrent(mut self, handlers: usize) -> Self {
        self.shared = Shared::new(handlers, self.shared.tickets.capacity());
        self
    }

    /// How many deliveries may be under way at once, those that wait for their session or for their
    /// turn included. Default: 1024.
    #[must_use]
    pub fn max_pending(mut self, deliveries: usize) -> Self {
        self.shared = Shared::new(self.shared.running.available_permits(), deliveries);
        self
    }

    /// Takes the time from `clock` instead of the system, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.config().clock = Arc::new(clock);
        self
    }

    /// Calls `handler` for every event, before the handlers of its kind.
    #[must_use]
    pub fn on_every<H, F>(mut self, handler: H) -> Self
    where
        H: Fn(WebhookEvent) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.config().handlers.every(handler);
        self
    }

    /// Calls `handler` for the events that no other handler is for; those of
    /// [`on_every`](Self::on_every) do not count.
    #[must_use]
    pub fn otherwise<H, F>(mut self, handler: H) -> Self
    where
        H: Fn(WebhookEvent) -> F + Send + Sync + 'static,
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.config().handlers.otherwise(handler);
        self
    }

    /// Takes no more deliveries (they are answered 503, and come again, to another instance or
    /// later), and returns when the handlers that run have ended.
    pub async fn shutdown(&self) {
        self.shared.tickets.drain().await;
    }

    fn config(&mut self) -> &mut Config {
        Arc::make_mut(&mut self.config)
    }
}

macro_rules! handlers {
    ($($(#[$doc:meta])* $name:ident: $variant:ident($model:ident);)*) => {
        impl Webhooks {$(
            $(#[$doc])*
            #[must_use]
            pub fn $name<H, F>(mut self, handler: H) -> Self
            where
                H: Fn($model) -> F + Send + Sync + 'static,
                F: Future<Output: HandlerOutput> + Send + 'static,
            {
                self.config().handlers.of_kind(
                    |event| match event {
                        WebhookEvent::$variant(model) => Some(model.clone()),
                        _ => None,
                    },
                    handler,
                );
                self
            }
        )*}
    };
}

handlers! {
    /// Calls `handler` when a session's first client joins.
    on_session_created: SessionCreated(SessionEvent);
    /// Calls `handler` when a session has no clients any more, or moved to another server.
    on_session_destroyed: SessionDestroyed(SessionEvent);
    /// Calls `handler` when the rotation of a session is announced.
    on_session_notification: SessionNotification(SessionEvent);
    /// Calls `handler` when a client joins.
    on_connection_created: ConnectionCreated(ConnectionEvent);
    /// Calls `handler` when a client leaves.
    on_connection_destroyed: ConnectionDestroyed(ConnectionEvent);
    /// Calls `handler` when a stream starts.
    on_stream_created: StreamCreated(StreamEvent);
    /// Calls `handler` when a stream ends.
    on_stream_destroyed: StreamDestroyed(StreamEvent);
    /// Calls `handler` when an archive changes its status.
    on_archive: Archive(Archive);
    /// Calls `handler` when a broadcast starts, changes or stops.
    on_broadcast: Broadcast(Broadcast);
    /// Calls `handler` when an Experience Composer starts, stops or fails.
    on_render: Render(Render);
    /// Calls `handler` when captions start, stop or fail.
    on_captions: Captions(CaptionsEvent);
    /// Calls `handler` when a SIP call starts.
    on_call_created: CallCreated(SipCallEvent);
    /// Calls `handler` when a SIP call changes its state.
    on_call_updated: CallUpdated(SipCallEvent);
    /// Calls `handler` when a SIP call ends.
    on_call_destroyed: CallDestroyed(SipCallEvent);
    /// Calls `handler` when a SIP call is muted.
    on_mute_forced: MuteForced(SipCallEvent);
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("verifier", &self.config.verifier)
            .field("handlers", &self.config.handlers)
            .field("respond", &self.config.respond)
            .field("pending", &self.shared.tickets.taken())
            .finish_non_exhaustive()
    }
}
