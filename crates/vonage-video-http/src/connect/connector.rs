//! Makes a connection: name, TCP, perhaps a proxy, perhaps TLS, all within one time limit.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper_util::client::legacy::connect::{
    HttpConnector,
    proxy::{SocksV5, Tunnel},
};
use tower_service::Service;

use super::{
    ConnectError, Settings,
    proxy::{Proxies, Proxy, Scheme},
    stream::Stream,
    tls::Tls,
};

/// How often an open connection is probed, so that one whose other end has vanished is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(60);

#[derive(Clone)]
pub(crate) struct Connector(Arc<Inner>);

struct Inner {
    tcp: HttpConnector,
    tls: Tls,
    proxies: Proxies,
    limit: Duration,
}

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, ConnectError>> + Send>>;

impl Connector {
    pub(super) fn new(settings: Settings) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEP_ALIVE));
        Self(Arc::new(Inner {
            tcp,
            tls: settings.tls,
            proxies: settings.proxies,
            limit: settings.connect_timeout,
        }))
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = ConnectError;
    type Future = Connecting<Stream>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let this = Arc::clone(&self.0);
        Box::pin(async move {
            let limit = this.limit;
            tokio::time::timeout(limit, this.connect(target))
                .await
                .unwrap_or_else(|_| Err(ConnectError::timed_out(limit)))
        })
    }
}

impl Inner {
    async fn connect(self: Arc<Self>, target: Uri) -> Result<Stream, ConnectError> {
        let secure = target.scheme_str() == Some("https");
        let proxy = self.proxies.of(&target);
        let stream = match &proxy {
            None => self.dial(target.clone()).await?,
            Some(proxy) if !secure && proxy.forwards() => {
                let mut stream = self.dial(proxy.uri().clone()).await?;
                stream.forwarded = true;
                return Ok(stream);
            }
            Some(proxy) => self.through(proxy, target.clone()).await?,
        };
        if secure {
            self.tls.handshake(&target, stream.io).await
        } else {
            Ok(stream)
        }
    }

    /// A connection to a host itself, with TLS if it is a proxy that wants it.
    async fn dial(&self, target: Uri) -> Result<Stream, ConnectError> {
        let tcp = self
            .tcp
            .clone()
            .call(target)
            .await
            .map_err(ConnectError::dialling)?;
        Ok(Stream::plain(tcp))
    }

    async fn to_proxy(&self, proxy: Uri) -> Result<Stream, ConnectError> {
        let stream = self.dial(proxy.clone()).await?;
        if proxy.scheme_str() == Some("https") {
            self.tls.handshake_http1(&proxy, stream.io).await
        } else {
            Ok(stream)
        }
    }

    /// A connection that a proxy makes for us.
    async fn through(self: &Arc<Self>, proxy: &Proxy, target: Uri) -> Result<Stream, ConnectError> {
        let dialler = ToProxy(Arc::clone(self));
        match proxy.scheme() {
            Scheme::Http | Scheme::Https => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), dialler);
                if let Some(authorization) = proxy.basic() {
                    tunnel = tunnel.with_auth(authorization.clone());
                }
                tunnel.call(target).await.map_err(ConnectError::proxy)
            }
            Scheme::Socks5 { local_dns } => {
                let mut socks = SocksV5::new(proxy.uri().clone(), dialler).local_dns(local_dns);
                if let Some((user, password)) = proxy.user() {
                    socks = socks.with_auth(user.to_owned(), password.to_owned());
                }
                socks.call(target).await.map_err(ConnectError::proxy)
            }
        }
    }
}

/// What hyper-util's proxy handshakes dial with.
#[derive(Clone)]
struct ToProxy(Arc<Inner>);

impl Service<Uri> for ToProxy {
    type Response = Stream;
    type Error = ConnectError;
    type Future = Connecting<Stream>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        let this = Arc::clone(&self.0);
        Box::pin(async move { this.to_proxy(proxy).await })
    }
}
