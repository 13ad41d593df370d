//! The settings of a client.

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderValue;
use vonage_video_auth::{Credentials, env};
use vonage_video_core::{Error, Invalid, RetryPolicy};

#[cfg(feature = "tls")]
use crate::connect::{Roots, TlsSettings};
use crate::{
    base_url::BaseUrl,
    client::{Client, Shared, TraceParent},
    clock::{Clock, Time},
    connect::{PooledTransport, Proxies, Resolve, Resolver, Settings, Tls},
    observe::Observer,
    options::Deadlines,
    rate::RateLimit,
    transport::Transport,
};

/// How this client calls itself to servers.
const USER_AGENT: &str = concat!("vonage-video-rust/", env!("CARGO_PKG_VERSION"));

/// Below the idle times of common load balancers, which are 60 s and up, and of servers, such as Node's 5 s and nginx's 75 s, below most.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// Connections to one server at most: as many as common limits for descriptors leave room for.
const MAX_CONNECTIONS: usize = 256;

/// A list of 1,000 archives, the longest there is, has about 600 kB.
const MAX_RESPONSE_BYTES: usize = 16 << 20;

const MAX_HEADER_BYTES: usize = 64 << 10;

/// The settings of a [`Client`]. Each has a default; see there. Of two that exclude each other, the later wins.
pub struct ClientBuilder {
    credentials: Credentials,
    base_url: Option<String>,
    allow_plain_http: bool,
    proxy: ProxySetting,
    variables: Variables,
    deadlines: Deadlines,
    retry: RetryPolicy,
    idle_timeout: Duration,
    max_connections: usize,
    resolver: Option<Arc<dyn Resolve>>,
    max_response_bytes: usize,
    max_header_bytes: usize,
    user_agent_suffix: String,
    rate: Option<(f64, u32)>,
    observer: Option<Arc<dyn Observer>>,
    trace_parent: Option<TraceParent>,
    time: Time,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Layer>,
    #[cfg(feature = "tls")]
    tls: TlsSettings,
    /// The first setting that could not be taken.
    problem: Option<Invalid>,
}

type Layer = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;
type Variables = Box<dyn Fn(&str) -> Option<String> + Send>;

enum ProxySetting {
    Variables,
    None,
    Named { url: String, except: String },
}

impl ClientBuilder {
    /// Default settings.
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            base_url: None,
            allow_plain_http: false,
            proxy: ProxySetting::Variables,
            variables: Box::new(|name| std::env::var(name).ok()),
            deadlines: Deadlines::default(),
            retry: RetryPolicy::default(),
            idle_timeout: IDLE_TIMEOUT,
            max_connections: MAX_CONNECTIONS,
            resolver: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_header_bytes: MAX_HEADER_BYTES,
            user_agent_suffix: String::new(),
            rate: None,
            observer: None,
            trace_parent: None,
            time: Time::System,
            transport: None,
            layers: Vec::new(),
            #[cfg(feature = "tls")]
            tls: TlsSettings::default(),
            problem: None,
        }
    }

    /// Another place than the credentials' environment: an emulator, a gateway, a region. It may have a path, which is put in front of every
    /// request's. Plain `http` is taken to this machine itself only. Wins over `VONAGE_VIDEO_BASE_URL`.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Lets a base URL be plain `http` beyond this machine, where anybody on the way can read and use the tokens.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// How long a call waits for a connection on which its request can be written: name, TCP, proxy and TLS. 5 s unless set.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.deadlines.connect = limit;
        self
    }

    /// How long one attempt takes at most, to the last byte of its answer. 15 s unless set.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.deadlines.attempt = limit;
        self
    }

    /// How long a call takes at most, with all its attempts and the waits between them. 30 s unless set.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.deadlines.total = limit;
        self
    }

    /// How often and how patiently to try again; [`RetryPolicy::none`] for never. What is tried again at all is in [a table](vonage_video_core::decide).
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How long a connection that is not used is kept for the next call. 15 s unless set: less than the time after which load balancers and servers
    /// commonly close one.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// Sets how many connections to one server there may be at once, at least 1; 256 unless set.
    /// Calls beyond that wait for a free connection until their attempt's timeout. Over HTTP/2 one
    /// connection serves all calls.
    #[must_use]
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
    #[must_use]
    pub fn resolver(mut self, resolver: impl Resolve) -> Self {
        self.resolver = Some(Arc::new(resolver));
        self
    }

    /// The largest answer that is read; a larger one is an error. 16 MiB unless set. Downloads are not bounded by it.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// The most bytes that the headers of an answer may have. 64 KiB unless set, and never less than 8 KiB.
    #[must_use]
    pub fn max_header_bytes(mut self, limit: usize) -> Self {
        self.max_header_bytes = limit;
        self
    }

    /// Adds to the header `user-agent`, which is `vonage-video-rust/` and the version: the name of a program or a partner.
    #[must_use]
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = suffix.into();
        self
    }

    /// Limits how fast this client sends: `burst` requests at once, then `per_second`. Calls wait for their turn; one whose turn would come after its time is
    /// over fails at once. There is no limit unless set. Each client made by [`Client::with_credentials`] has a limit of its own.
    #[must_use]
    pub fn rate_limit(mut self, per_second: f64, burst: u32) -> Self {
        if !(per_second.is_finite() && per_second > 0.0) {
            self.complain(Invalid::new(
                "rate_limit",
                "must be more than 0 a second",
                per_second.to_string(),
            ));
        }
        self.rate = Some((per_second, burst));
        self
    }

    /// Is told how attempts and calls went: a hook for metrics.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Where the W3C trace context of the caller comes from: asked before each attempt for the value of the header `traceparent`.
    #[must_use]
    pub fn trace_parent(
        mut self,
        parent: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.trace_parent = Some(Arc::new(parent));
        self
    }

    /// A proxy for all connections but those to the hosts in `except`, which reads as `NO_PROXY` does: names (with all below them), addresses and
    /// networks, separated by commas. The URL may hold user and password; its scheme is `http` or `https` (for a tunnel by `CONNECT`), `socks5`, or
    /// `socks5h` (for the proxy to resolve names). Wins over the environment variables.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>, except: impl Into<String>) -> Self {
        self.proxy = ProxySetting::Named {
            url: url.into(),
            except: except.into(),
        };
        self
    }

    /// No proxy, whatever the environment variables say.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Reads variables with `lookup` instead of from the process's environment; `|_| None` for a client that depends on nothing around it. They are read once,
    /// by [`build`](Self::build).
    #[must_use]
    pub fn variables(mut self, lookup: impl Fn(&str) -> Option<String> + Send + 'static) -> Self {
        self.variables = Box::new(lookup);
        self
    }

    /// Another transport than ours, which then has no say in connections, TLS and proxies.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a transport around the one there is: middleware. The last is the outermost.
    #[must_use]
    pub fn layer<T: Transport>(
        mut self,
        around: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static,
    ) -> Self {
        self.layers
            .push(Box::new(move |inner| Arc::new(around(inner))));
        self
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.time = Time::Other(Arc::new(clock));
        self
    }

    /// Trusts certificates beside those that this machine trusts: one or more in PEM, such as a company's own authority.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn extra_roots(mut self, pem: impl AsRef<[u8]>) -> Self {
        if let Err(invalid) = self.tls.add_roots(pem.as_ref()) {
            self.complain(invalid);
        }
        self
    }

    /// Trusts these certificates, in PEM, and no others.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn only_roots(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.set_roots(Roots::None);
        self.extra_roots(pem)
    }

    /// Trusts Mozilla's certificates, as they were when this was built, instead of this machine's.
    #[cfg(feature = "webpki-roots")]
    #[must_use]
    pub fn bundled_roots(mut self) -> Self {
        self.tls.set_roots(Roots::Bundled);
        self
    }

    /// Shows a certificate to servers that ask for one: its chain and its private key, both in PEM.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn client_certificate(mut self, chain: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        if let Err(invalid) = self.tls.set_client(chain.as_ref(), key.as_ref()) {
            self.complain(invalid);
        }
        self
    }

    /// Speaks HTTP/2 with servers that offer it in the TLS handshake.
    #[cfg(all(feature = "http2", feature = "tls"))]
    #[must_use]
    pub fn http2(mut self) -> Self {
        self.tls.offer_http2();
        self
    }

    /// Makes the client. No I/O, no runtime, no thread.
    ///
    /// # Errors
    ///
    /// Of kind [`Invalid`](vonage_video_core::ErrorKind::Invalid), naming the first setting or variable that cannot be used.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(problem) = self.problem {
            return Err(Error::invalid(problem));
        }
        let base = match self.base_url {
            Some(url) => Some(BaseUrl::parse(&url, self.allow_plain_http)?),
            None => (self.variables)(env::VONAGE_VIDEO_BASE_URL)
                .filter(|url| !url.trim().is_empty())
                .map(|url| {
                    BaseUrl::parse(&url, self.allow_plain_http).map_err(|invalid| {
                        Invalid::new(env::VONAGE_VIDEO_BASE_URL, invalid.rule, invalid.got)
                    })
                })
                .transpose()?,
        };
        let user_agent = match self.user_agent_suffix.trim() {
            "" => HeaderValue::from_static(USER_AGENT),
            suffix => HeaderValue::try_from(format!("{USER_AGENT} {suffix}")).map_err(|_| {
                Invalid::new(
                    "user_agent_suffix",
                    "must have no line breaks or control characters",
                    format!("{suffix:?}"),
                )
            })?,
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(PooledTransport::new(Settings {
                connect_timeout: self.deadlines.connect,
                idle_timeout: self.idle_timeout,
                max_connections: self.max_connections,
                resolver: Resolver::new(self.resolver),
                max_header_bytes: self.max_header_bytes,
                #[cfg(feature = "tls")]
                tls: Tls::new(self.tls),
                #[cfg(not(feature = "tls"))]
                tls: Tls,
                proxies: match &self.proxy {
                    ProxySetting::None => Proxies::default(),
                    ProxySetting::Named { url, except } => Proxies::named(url, except)?,
                    ProxySetting::Variables => Proxies::of_variables(&self.variables)?,
                },
            })),
        };
        let transport = self
            .layers
            .into_iter()
            .fold(transport, |inner, layer| layer(inner));
        let shared = Shared {
            transport,
            time: self.time,
            deadlines: self.deadlines,
            retry: self.retry,
            user_agent,
            max_response_bytes: self.max_response_bytes,
            observer: self.observer,
            trace_parent: self.trace_parent,
            base,
        };
        let rate = self
            .rate
            .map(|(per_second, burst)| RateLimit::new(per_second, burst));
        Client::assemble(Arc::new(shared), self.credentials, rate)
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
