//! The transport that clients have by default: hyper, with a pool of connections.

mod connector;
mod error;
mod proxy;
mod stream;
mod tls;

use std::{fmt, time::Duration};

use http::{
    Request,
    header::PROXY_AUTHORIZATION,
    uri::{Authority, Scheme},
};
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};
use vonage_video_core::{Error, Phase, Sent};

use connector::Connector;
pub use error::{ConnectError, ConnectErrorKind};
pub(crate) use proxy::Proxies;
pub(crate) use stream::{Io, Stream};
pub(crate) use tls::Tls;
#[cfg(feature = "tls")]
pub(crate) use tls::{Roots, TlsSettings};

use crate::{
    body::{Body, SentFlag},
    transport::{Transport, TransportFuture},
};

/// What a pool of connections is made with.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_header_bytes: usize,
    pub(crate) tls: Tls,
    pub(crate) proxies: Proxies,
}

/// A pool of connections.
pub(crate) struct HyperTransport {
    pooled: legacy::Client<Connector, Body>,
    /// Makes a connection for each request.
    unpooled: legacy::Client<Connector, Body>,
    proxies: Proxies,
}

/// On a request: it needs a connection of its own. Connections that have been idle die together, so after one that was dead, the next is not to be
/// trusted.
#[derive(Clone, Copy)]
pub(crate) struct NewConnection;

/// The least that hyper reads headers with.
const LEAST_BUFFER: usize = 8192;

impl HyperTransport {
    pub(crate) fn new(settings: Settings) -> Self {
        let proxies = settings.proxies.clone();
        let buffer = settings.max_header_bytes.max(LEAST_BUFFER);
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder
            // Without a timer, idle connections are only looked at when somebody wants one: they would stay open for good.
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(settings.idle_timeout)
            .http1_max_buf_size(buffer);
        #[cfg(feature = "http2")]
        builder
            .timer(TokioTimer::new())
            .http2_max_header_list_size(u32::try_from(buffer).unwrap_or(u32::MAX));
        let connector = Connector::new(settings);
        Self {
            pooled: builder.build(connector.clone()),
            unpooled: builder.pool_max_idle_per_host(0).build(connector),
            proxies,
        }
    }
}

impl Transport for HyperTransport {
    fn send(&self, mut request: Request<Body>) -> TransportFuture<'_> {
        let sent_flag = request.body().sent_flag().unwrap_or_default();
        if let Some(authorization) = self.proxies.forwarding_authorization(request.uri()) {
            request
                .headers_mut()
                .insert(PROXY_AUTHORIZATION, authorization);
        }
        let authority = request.uri().authority().cloned();
        let plain = request.uri().scheme() == Some(&Scheme::HTTP);
        let fresh = request.extensions_mut().remove::<NewConnection>().is_some();
        let client = if fresh { &self.unpooled } else { &self.pooled };
        let sending = client.request(request);
        Box::pin(async move {
            match sending.await {
                Ok(response) => Ok(response.map(Body::incoming)),
                Err(error) => Err(failed(error, &sent_flag, || target(authority, plain))),
            }
        })
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}

/// Whether the request was sent decides what may be done about it, so that comes first.
fn failed(error: legacy::Error, sent_flag: &SentFlag, target: impl FnOnce() -> String) -> Error {
    let connect = std::error::Error::source(&error)
        .and_then(|source| source.downcast_ref::<ConnectError>())
        .cloned();
    match connect {
        Some(error) if error.kind() == ConnectErrorKind::TimedOut => {
            Error::timeout(Phase::Connect, error.limit(), Sent::No)
        }
        Some(error) => Error::connect(target(), error),
        None if sent_flag.is_set() => Error::transport("waiting for the answer", error),
        None => Error::connect(target(), error),
    }
}

fn target(authority: Option<Authority>, plain: bool) -> String {
    let default = if plain { 80 } else { 443 };
    authority.map_or_else(String::new, |authority| {
        let port = authority.port_u16().unwrap_or(default);
        format!("{}:{port}", authority.host())
    })
}
