//! The settings of a client.

mod build;

use std::{fmt, sync::Arc, time::Duration};

use vonage_video_auth::Credentials;
use vonage_video_core::{Invalid, RetryPolicy};

use crate::{
    budget::RetryBudget,
    client::TraceParent,
    clock::{Clock, Time},
    connect::Resolve,
    observe::Observer,
    options::{Deadlines, IDLE_TIMEOUT, MAX_CONNECTIONS, MAX_HEADER_BYTES, MAX_RESPONSE_BYTES},
    proxy::Proxy,
    rate::RateLimit,
    transport::Transport,
};
#[cfg(feature = "tls")]
use crate::{
    connect::{Roots, TlsSettings},
    tls_identity::Identity,
};

/// The settings of a [`Client`](crate::Client), which lists their defaults. Of two settings that
/// exclude each other, the later wins.
#[must_use = "a builder does nothing before `build`"]
pub struct ClientBuilder {
    credentials: Credentials,
    base_url: Option<String>,
    allow_plain_http: bool,
    proxy: ProxySetting,
    variables: Variables,
    deadlines: Deadlines,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    idle_timeout: Duration,
    max_connections: usize,
    resolver: Option<Arc<dyn Resolve>>,
    max_response_bytes: usize,
    max_header_bytes: usize,
    user_agent_suffix: String,
    rate: Option<Arc<dyn RateLimit>>,
    observers: Vec<Arc<dyn Observer>>,
    trace_parent: Option<TraceParent>,
    time: Time,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Layer>,
    #[cfg(feature = "tls")]
    tls: TlsSettings,
    /// The first setting that is invalid.
    problem: Option<Invalid>,
}

type Layer = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;
type Variables = Box<dyn Fn(&str) -> Option<String> + Send>;

enum ProxySetting {
    Variables,
    None,
    Named(Proxy),
}

impl ClientBuilder {
    /// Starts from the default settings, which each setter names.
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            base_url: None,
            allow_plain_http: false,
            proxy: ProxySetting::Variables,
            variables: Box::new(|name| std::env::var(name).ok()),
            deadlines: Deadlines::default(),
            retry: RetryPolicy::default(),
            retry_budget: RetryBudget::default(),
            idle_timeout: IDLE_TIMEOUT,
            max_connections: MAX_CONNECTIONS,
            resolver: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_header_bytes: MAX_HEADER_BYTES,
            user_agent_suffix: String::new(),
            rate: None,
            observers: Vec::new(),
            trace_parent: None,
            time: Time::System,
            transport: None,
            layers: Vec::new(),
            #[cfg(feature = "tls")]
            tls: TlsSettings::default(),
            problem: None,
        }
    }

    /// Sets where requests go instead of the credentials' environment: an emulator, a gateway, a
    /// region. The URL may have a path, which precedes that of every request. Plain `http` is
    /// allowed to this machine only. Takes precedence over `VONAGE_VIDEO_BASE_URL`.
    #[doc(alias("apiUrl", "endpoint", "host"))]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL, and links to archives' files, of plain `http` beyond this machine, where
    /// anybody on the way can read and use the tokens.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Limits the wait for a connection on which the request can be written: name resolution, TCP,
    /// proxy and TLS. 5 s unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.deadlines.connect = timeout;
        self
    }

    /// Limits each attempt, to the last byte of its response. 15 s unless set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.deadlines.attempt = timeout;
        self
    }

    /// Limits each call: signing, all attempts, and the waits between them. 30 s unless set.
    #[doc(alias(
        "setDefaultRequestTimeout",
        "requestTimeout",
        "timeoutMillis",
        "timeout_length",
        "deadline"
    ))]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.deadlines.total = timeout;
        self
    }

    /// Sets the number of attempts and the waits between them; [`RetryPolicy::none`] turns retries
    /// off. What is retried at all is in [a table](vonage_video_core::decide).
    #[doc(alias("maxRetries", "backoff"))]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how many retries the client may spend while nothing succeeds. 100 unless set.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Sets how long an idle connection is kept for the next call. 15 s unless set, which is less
    /// than the time after which load balancers and servers commonly close one.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets how many connections to one server there may be at once, at least 1; 256 unless set.
    /// Calls beyond that wait for a free connection until their attempt's timeout. Over HTTP/2 one
    /// connection serves all calls.
    pub fn max_connections(mut self, limit: usize) -> Self {
        self.max_connections = limit;
        self
    }

    /// Sets how host names are resolved; by the operating system unless set.
    ///
    /// ```
    /// use std::net::{IpAddr, Ipv4Addr};
    /// use vonage_video_auth::Credentials;
    /// use vonage_video_http::{Client, Resolve, ResolveFuture};
    ///
    /// struct Gateway;
    ///
    /// impl Resolve for Gateway {
    ///     fn resolve(&self, _host: &str) -> ResolveFuture<'_> {
    ///         Box::pin(async { Ok(vec![IpAddr::from([10, 0, 0, 7])]) })
    ///     }
    /// }
    ///
    /// # fn run(credentials: Credentials) -> Result<(), vonage_video_core::Error> {
    /// let video = Client::builder(credentials).resolver(Gateway).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resolver(mut self, resolver: impl Resolve) -> Self {
        self.resolver = Some(Arc::new(resolver));
        self
    }

    /// Sets the size of the largest response that is read; a larger one is an error. 16 MiB unless
    /// set. Downloads are not limited by it.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Sets the size of the largest response head. 64 KiB unless set, and never less than 8 KiB.
    pub fn max_header_bytes(mut self, limit: usize) -> Self {
        self.max_header_bytes = limit;
        self
    }

    /// Appends to the header `user-agent`, which is `vonage-video-rust/` and the version: the name
    /// of a program or a partner.
    #[doc(alias("setCustomUserAgent", "ua_addendum", "addToUserAgent"))]
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = suffix.into();
        self
    }

    /// Limits how fast the client sends. Calls wait for their turn; one whose turn would come after
    /// its deadline fails at once. No limit unless set.
    ///
    /// ```
    /// # use vonage_video_auth::Credentials;
    /// use vonage_video_http::{Client, TokenBucket};
    ///
    /// # fn run(credentials: Credentials) -> Result<(), vonage_video_core::Error> {
    /// let video = Client::builder(credentials)
    ///     .rate_limit(TokenBucket::per_second(20.0).burst(40))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn rate_limit(mut self, limit: impl RateLimit) -> Self {
        if let Err(invalid) = limit.validate() {
            self.complain(invalid);
        }
        self.rate = Some(Arc::new(limit));
        self
    }

    /// Adds an observer of attempts and calls: a hook for metrics.
    #[doc(alias("metrics", "hook"))]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// Sets where the caller's W3C trace context comes from: the value of the header `traceparent`,
    /// asked for before each attempt.
    pub fn trace_parent(
        mut self,
        parent: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.trace_parent = Some(Arc::new(parent));
        self
    }

    /// Sets a proxy: a URL, or a [`Proxy`] with exceptions. Takes precedence over the environment
    /// variables.
    pub fn proxy(mut self, proxy: impl Into<Proxy>) -> Self {
        self.proxy = ProxySetting::Named(proxy.into());
        self
    }

    /// Ignores the proxies that environment variables name.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Sets where variables are read from, instead of the process's environment; `|_| None` for a
    /// client that depends on nothing around it. They are read once, by [`build`](Self::build).
    pub fn variables(mut self, lookup: impl Fn(&str) -> Option<String> + Send + 'static) -> Self {
        self.variables = Box::new(lookup);
        self
    }

    /// Sets the transport, which is then responsible for connections, TLS and proxies.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Wraps the transport in another: middleware. The last is the outermost.
    ///
    /// ```
    /// # use vonage_video_auth::Credentials;
    /// use vonage_video_http::{Client, ServiceTransport, TransportService};
    ///
    /// # fn run(credentials: Credentials) -> Result<(), vonage_video_core::Error> {
    /// let video = Client::builder(credentials)
    ///     // Any tower layers go around `TransportService::new(inner)`.
    ///     .layer(|inner| ServiceTransport::new(TransportService::new(inner)))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("middleware", "interceptor"))]
    pub fn layer<T: Transport>(
        mut self,
        around: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static,
    ) -> Self {
        self.layers
            .push(Box::new(move |inner| Arc::new(around(inner))));
        self
    }

    /// Sets the clock, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.time = Time::Other(Arc::new(clock));
        self
    }

    /// Trusts further certificates besides those that this machine trusts: one or more in PEM, such
    /// as a company's own authority.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    pub fn extra_roots(mut self, pem: impl AsRef<[u8]>) -> Self {
        if let Err(invalid) = self.tls.add_roots(pem.as_ref()) {
            self.complain(invalid);
        }
        self
    }

    /// Trusts these certificates, in PEM, and no others.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    pub fn only_roots(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.set_roots(Roots::None);
        self.extra_roots(pem)
    }

    /// Trusts Mozilla's certificates, as they were when this was built, instead of this machine's.
    #[cfg(feature = "webpki-roots")]
    #[cfg_attr(docsrs, doc(cfg(feature = "webpki-roots")))]
    pub fn bundled_roots(mut self) -> Self {
        self.tls.set_roots(Roots::Bundled);
        self
    }

    /// Sets the certificate that is presented to servers that ask for one.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    pub fn identity(mut self, identity: Identity) -> Self {
        if let Err(invalid) = self.tls.set_client(&identity.chain, &identity.key) {
            self.complain(Invalid::new("identity", invalid.rule, invalid.got));
        }
        self
    }

    /// Uses HTTP/2 with servers that offer it in the TLS handshake.
    #[cfg(all(feature = "http2", feature = "tls"))]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2(mut self) -> Self {
        self.tls.offer_http2();
        self
    }

    fn complain(&mut self, invalid: Invalid) {
        self.problem.get_or_insert(invalid);
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
