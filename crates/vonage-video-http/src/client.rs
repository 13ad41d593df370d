//! The client.

use std::{fmt, sync::Arc};

use http::{HeaderMap, HeaderName, HeaderValue};
use vonage_video_auth::{ClientTokenBuilder, Credentials};
use vonage_video_core::{Error, Invalid, RetryPolicy};

use crate::{
    base_url::BaseUrl,
    budget::{Budget, RetryBudget},
    clock::Time,
    observe::Observer,
    options::Deadlines,
    principal::{Principal, SharedPrincipal},
    rate::RateLimit,
    transport::Transport,
};

/// A client of the Vonage Video API, in either environment, with one set of credentials.
///
/// Cloning is cheap, and clones are one client: create one and share it. Creating one does no I/O
/// and needs no runtime; awaiting a call needs a tokio runtime with I/O and time enabled. The
/// sockets are closed when the last clone and the last call are gone.
///
/// | | default | set with |
/// |---|---|---|
/// | timeout of a connection | 5 s | [`connect_timeout`](crate::ClientBuilder::connect_timeout) |
/// | timeout of an attempt, to its response's last byte | 15 s | [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) |
/// | timeout of a call, with signing and retries | 30 s | [`timeout`](crate::ClientBuilder::timeout) |
/// | attempts | 3, by [this table](vonage_video_core::decide) | [`retry`](crate::ClientBuilder::retry) |
/// | retries while nothing succeeds | 100 | [`retry_budget`](crate::ClientBuilder::retry_budget) |
/// | the largest response | 16 MiB | [`max_response_bytes`](crate::ClientBuilder::max_response_bytes) |
/// | an idle connection is kept | 15 s | [`idle_timeout`](crate::ClientBuilder::idle_timeout) |
/// | connections to a server | 256, further calls wait | [`max_connections`](crate::ClientBuilder::max_connections) |
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
#[doc(alias("OpenTok", "VonageClient", "Vonage"))]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) current: SharedPrincipal,
    pub(crate) budget: Budget,
    pub(crate) rate: Option<Arc<dyn RateLimit>>,
}

/// What the clients of several projects share.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) time: Time,
    pub(crate) deadlines: Deadlines,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: RetryBudget,
    pub(crate) user_agent: HeaderValue,
    pub(crate) max_response_bytes: usize,
    pub(crate) observers: Vec<Arc<dyn Observer>>,
    pub(crate) trace_parent: Option<TraceParent>,
    /// Where requests go, if the credentials do not decide that.
    pub(crate) base: Option<BaseUrl>,
    /// Links to files may be plain HTTP.
    pub(crate) allow_plain_http: bool,
}

pub(crate) type TraceParent = Arc<dyn Fn() -> Option<String> + Send + Sync>;

impl Client {
    /// Starts building a token that lets a client join a session, signed with the client's
    /// current credentials.
    ///
    /// ```no_run
    /// # use vonage_video_auth::TokenError;
    /// # use vonage_video_core::models::Session;
    /// # use vonage_video_http::Client;
    /// # fn run(video: Client, session: Session) -> Result<(), TokenError> {
    /// let token = video.token(&session.id).data("name=Johnny").sign()?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("generateToken", "generateClientToken", "createToken", "jwt"))]
    pub fn token<'a>(&self, session_id: &'a (impl AsRef<str> + ?Sized)) -> ClientTokenBuilder<'a> {
        self.credentials().into_token(session_id)
    }

    /// The credentials that the next call uses.
    pub fn credentials(&self) -> Credentials {
        self.0.current.get().credentials().clone()
    }

    /// Replaces the credentials of this client and of all its clones, as when a key is rotated.
    /// Calls under way end with the credentials they began with.
    ///
    /// # Errors
    ///
    /// The credentials are those of another project or environment: use
    /// [`with_credentials`](Self::with_credentials) for a client of its own, or
    /// [`switch_credentials`](Self::switch_credentials) if the whole program is to change over.
    #[doc(alias("rotate"))]
    pub fn set_credentials(&self, credentials: Credentials) -> Result<(), Error> {
        let current = self.credentials();
        let same = current.environment() == credentials.environment()
            && current.project() == credentials.project()
            && current.is_account() == credentials.is_account();
        if !same {
            return Err(Error::invalid(Invalid::new(
                "credentials",
                format!(
                    "must be of the client's own project, {} in the {} environment: use \
                     `with_credentials` for another one, or `switch_credentials` to change over",
                    current.project(),
                    current.environment()
                ),
                format!("{} ({})", credentials.project(), credentials.environment()),
            )));
        }
        self.switch_credentials(credentials)
    }

    /// Replaces the credentials of this client and of all its clones by those of any project, in
    /// any environment.
    ///
    /// # Errors
    ///
    /// The other environment's host cannot be used because the feature `tls` is off.
    pub fn switch_credentials(&self, credentials: Credentials) -> Result<(), Error> {
        self.0.current.set(self.0.shared.principal(credentials)?);
        Ok(())
    }

    /// Creates a client for other credentials that shares this one's settings and connections, but
    /// has its own tokens, retry budget and rate limit (unless that is
    /// [shared](RateLimit::for_other_credentials)).
    ///
    /// # Errors
    ///
    /// As [`switch_credentials`](Self::switch_credentials).
    pub fn with_credentials(&self, credentials: Credentials) -> Result<Self, Error> {
        let rate = self.0.rate.as_ref().map(|rate| {
            rate.for_other_credentials()
                .unwrap_or_else(|| Arc::clone(rate))
        });
        Self::assemble(Arc::clone(&self.0.shared), credentials, rate)
    }

    /// The retries that are left in this client's [`RetryBudget`]; `u32::MAX` without a budget.
    pub fn retries_left(&self) -> u32 {
        self.0.budget.retries_left()
    }

    pub(crate) fn assemble(
        shared: Arc<Shared>,
        credentials: Credentials,
        rate: Option<Arc<dyn RateLimit>>,
    ) -> Result<Self, Error> {
        let current = SharedPrincipal::new(shared.principal(credentials)?);
        let budget = Budget::new(shared.retry_budget);
        Ok(Self(Arc::new(Inner {
            shared,
            current,
            budget,
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
                    "calls need a tokio runtime; without one, use the blocking client (feature `blocking`)",
                    "",
                )))
            }
            _ => Ok(()),
        }
    }
}

impl Shared {
    fn principal(&self, credentials: Credentials) -> Result<Principal, Error> {
        let base = match &self.base {
            Some(base) => base.clone(),
            None => BaseUrl::of(credentials.environment())?,
        };
        Ok(Principal::new(credentials, base))
    }

    /// Adds the caller's trace context, unless the call has one of its own.
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
