//! From settings to a client.

use std::sync::Arc;

use http::HeaderValue;
use vonage_video_auth::{Credentials, env};
use vonage_video_core::{Error, Invalid};

use super::{ClientBuilder, ProxySetting};
use crate::{
    base_url::BaseUrl,
    client::{Client, Shared},
    connect::{PooledTransport, Proxies, Resolver, Settings, Tls},
    options::USER_AGENT,
};

impl Client {
    /// Creates a client with default settings.
    ///
    /// Requests go to the credentials' environment, `https://video.api.vonage.com` or
    /// `https://api.opentok.com`, unless the environment variable `VONAGE_VIDEO_BASE_URL` is set;
    /// and through the proxy that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` describe,
    /// if any.
    ///
    /// # Errors
    ///
    /// A variable does not hold a URL, or holds one that cannot be used.
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        ClientBuilder::new(credentials).build()
    }

    /// Starts a client with other settings.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    /// Creates a client with the credentials in environment variables; see
    /// [`Credentials::from_env`].
    ///
    /// # Errors
    ///
    /// Of kind [`Credentials`](vonage_video_core::ErrorKind::Credentials) when they are missing or
    /// wrong, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, Error> {
        Self::new(Credentials::from_env().map_err(Error::credentials)?)
    }

    /// Creates a client from variables that `lookup` returns: the credentials of
    /// [`Credentials::from_vars`], `VONAGE_VIDEO_BASE_URL`, and the proxies. The process's
    /// environment is not read.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_vars(
        lookup: impl Fn(&str) -> Option<String> + Send + 'static,
    ) -> Result<Self, Error> {
        let credentials = Credentials::from_vars(&lookup).map_err(Error::credentials)?;
        ClientBuilder::new(credentials).variables(lookup).build()
    }
}

impl ClientBuilder {
    /// Builds the client. Does no I/O and needs no runtime.
    ///
    /// # Errors
    ///
    /// Of kind [`Invalid`](vonage_video_core::ErrorKind::Invalid): the first setting or variable
    /// that is invalid.
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
                time: self.time.clone(),
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
                    ProxySetting::Named(proxy) => Proxies::named(&proxy.url, &proxy.except)?,
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
            retry_budget: self.retry_budget,
            user_agent,
            max_response_bytes: self.max_response_bytes,
            observers: self.observers,
            trace_parent: self.trace_parent,
            base,
            allow_plain_http: self.allow_plain_http,
        };
        Client::assemble(Arc::new(shared), self.credentials, self.rate)
    }
}
