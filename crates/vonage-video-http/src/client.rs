//! The client.

use std::{fmt, sync::Arc};

use http::{HeaderMap, HeaderName, HeaderValue};
use vonage_video_auth::{ClientTokenBuilder, Credentials};
use vonage_video_core::{Error, Invalid, Operation, RetryPolicy};

use crate::{
    base_url::BaseUrl,
    budget::Budget,
    builder::ClientBuilder,
    call::Call,
    clock::Time,
    identity::{Identity, SharedIdentity},
    observe::Observer,
    options::Deadlines,
    rate::RateLimit,
    transport::Transport,
};

/// Talks to the Vonage Video API, in either environment, with one set of credentials.
///
/// Cloning is cheap, and clones are one client: make one and share it. Making one does no I/O and needs no runtime; awaiting a call needs tokio, with
/// its I/O and time enabled. The sockets are closed when the last clone and the last call are gone.
///
/// | | default | set with |
/// |---|---|---|
/// | to get a connection | 5 s | [`connect_timeout`](ClientBuilder::connect_timeout) |
/// | an attempt, to its answer's last byte | 15 s | [`attempt_timeout`](ClientBuilder::attempt_timeout) |
/// | a call, with its retries | 30 s | [`timeout`](ClientBuilder::timeout) |
/// | attempts | 3, by [this table](vonage_video_core::decide) | [`retry`](ClientBuilder::retry) |
/// | the largest answer | 16 MiB | [`max_response_bytes`](ClientBuilder::max_response_bytes) |
/// | an idle connection is kept | 15 s | [`idle_timeout`](ClientBuilder::idle_timeout) |
///
/// ```no_run
/// use vonage_video_auth::Credentials;
/// use vonage_video_core::operations::ListStreams;
/// use vonage_video_http::Client;
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let video = Client::new(Credentials::from_env()?)?;
/// let streams = video.send(ListStreams::new("1_MX4xMjM0NTZ-fn4")).await?;
/// println!("{} streams", streams.items.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) current: SharedIdentity,
    pub(crate) budget: Budget,
    pub(crate) rate: Option<RateLimit>,
}

/// What clients of several projects can share.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) time: Time,
    pub(crate) deadlines: Deadlines,
    pub(crate) retry: RetryPolicy,
    pub(crate) user_agent: HeaderValue,
    pub(crate) max_response_bytes: usize,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) trace_parent: Option<TraceParent>,
    /// Where to, whatever the credentials.
    pub(crate) base: Option<BaseUrl>,
}

pub(crate) type TraceParent = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl Client {
    /// A client with default settings.
    ///
    /// It goes to the credentials' environment, `https://video.api.vonage.com` or `https://api.opentok.com`, unless the environment variable
    /// `VONAGE_VIDEO_BASE_URL` names another place; and through the proxy that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name, if any.
    ///
    /// # Errors
    ///
    /// A variable holds something else than a URL, or a URL that cannot be used.
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        ClientBuilder::new(credentials).build()
    }

    /// A client with other settings.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    /// A client with the credentials that the environment variables hold; see [`Credentials::from_env`].
    ///
    /// # Errors
    ///
    /// Of kind [`Credentials`](vonage_video_core::ErrorKind::Credentials) when they are missing or wrong, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, Error> {
        Self::new(Credentials::from_env().map_err(Error::credentials)?)
    }

    /// Does an operation. Nothing happens before the [`Call`] is awaited.
    pub fn send<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// Begins a token with which a client joins a session, signed with the credentials that calls begun now would use.
    ///
    /// ```no_run
    /// # fn run(video: vonage_video_http::Client, session: vonage_video_core::models::Session) -> Result<(), vonage_video_auth::TokenError> {
    /// let token = video.token(&session.id).data("name=Johnny").sign()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn token<'a>(&self, session_id: &'a (impl AsRef<str> + ?Sized)) -> ClientTokenBuilder<'a> {
        self.credentials().into_token(session_id)
    }

    /// The credentials that calls begun now would use.
    pub fn credentials(&self) -> Credentials {
        self.0.current.get().credentials().clone()
    }

    /// Replaces the credentials of this client and all its clones, as when a key is rotated. Calls that are under way end with those that they began with.
    ///
    /// # Errors
    ///
    /// The other environment's host cannot be used, since the feature `tls` is off.
    pub fn set_credentials(&self, credentials: Credentials) -> Result<(), Error> {
        self.0.current.set(self.0.shared.identity(credentials)?);
        Ok(())
    }

    /// A client for other credentials that shares this one's settings and connections, and nothing else: neither tokens nor the budget for retries nor
    /// the rate limit.
    ///
    /// # Errors
    ///
    /// As [`set_credentials`](Self::set_credentials).
    pub fn with_credentials(&self, credentials: Credentials) -> Result<Self, Error> {
        let rate = self.0.rate.as_ref().map(RateLimit::fresh);
        Self::assemble(Arc::clone(&self.0.shared), credentials, rate)
    }

    pub(crate) fn assemble(
        shared: Arc<Shared>,
        credentials: Credentials,
        rate: Option<RateLimit>,
    ) -> Result<Self, Error> {
        let current = SharedIdentity::new(shared.identity(credentials)?);
        Ok(Self(Arc::new(Inner {
            shared,
            current,
            budget: Budget::default(),
            rate,
        })))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    /// Without a runtime, the first timer would panic.
    pub(crate) fn check_runtime(&self) -> Result<(), Error> {
        match self.shared.time {
            Time::System if tokio::runtime::Handle::try_current().is_err() => {
                Err(Error::invalid(Invalid::new(
                    "",
                    "calls are awaited in a tokio runtime; without one, use the blocking client",
                    "",
                )))
            }
            _ => Ok(()),
        }
    }
}

impl Shared {
    fn identity(&self, credentials: Credentials) -> Result<Identity, Error> {
        let base = match &self.base {
            Some(base) => base.clone(),
            None => BaseUrl::of(credentials.environment())?,
        };
        Ok(Identity::new(credentials, base))
    }

    /// Passes the caller's trace on, unless the call names one itself.
    pub(crate) fn trace_context(&self, headers: &mut HeaderMap) {
        const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
        let Some(parent) = self.trace_parent.as_ref().and_then(|parent| parent()) else {
            return;
        };
        if let Ok(parent) = HeaderValue::try_from(parent) {
            headers.entry(TRACEPARENT).or_insert(parent);
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credentials", &self.credentials())
            .finish_non_exhaustive()
    }
}
