//! Makes a connection: name, TCP, perhaps a proxy, perhaps TLS.

use std::{
    fmt,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http::{Uri, uri::Authority};
use hyper_util::{client::legacy::connect::proxy::SocksV5, rt::TokioIo};
use tower_service::Service;
use vonage_video_core::{Error, Phase, Sent};

use super::{
    error::{ConnectError, ConnectErrorKind},
    proxy::{Proxy, Scheme},
    race,
    resolve::Resolver,
    stream::{Io, Stream},
    tls::Tls,
    tunnel,
};
use crate::clock::Time;

/// Where requests go.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) secure: bool,
    pub(super) authority: Authority,
}

impl Target {
    fn host(&self) -> &str {
        self.authority.host()
    }

    fn port(&self) -> u16 {
        let default = if self.secure { 443 } else { 80 };
        self.authority.port_u16().unwrap_or(default)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host(), self.port())
    }
}

/// What connections are made with.
pub(super) struct Connector {
    pub(super) resolver: Resolver,
    pub(super) tls: Tls,
    pub(super) timeout: Duration,
    pub(super) time: Time,
}

impl Connector {
    /// How long connecting may take, if a call has a timeout of its own.
    pub(super) fn effective_timeout(&self, of_call: Option<Duration>) -> Duration {
        of_call.map_or(self.timeout, |timeout| timeout.min(self.timeout))
    }

    /// Makes a connection within `timeout`, if that is less than the client's own.
    pub(super) async fn connect(
        &self,
        target: &Target,
        proxy: Option<&Proxy>,
        timeout: Option<Duration>,
    ) -> Result<Stream, Error> {
        let timeout = self.effective_timeout(timeout);
        self.time
            .timeout(timeout, self.through(target, proxy, timeout))
            .await
            .unwrap_or_else(|| Err(Error::timeout(Phase::Connect, timeout, Sent::No)))
    }

    async fn through(
        &self,
        target: &Target,
        proxy: Option<&Proxy>,
        timeout: Duration,
    ) -> Result<Stream, Error> {
        let Some(proxy) = proxy else {
            let failed = |error| Error::connect(target.to_string(), error);
            let stream = self
                .dial(target.host(), target.port(), timeout)
                .await
                .map_err(failed)?;
            return self.secure(target, stream).await.map_err(failed);
        };
        let stream = self.to_proxy(proxy, timeout).await.map_err(|error| {
            Error::connect(format!("the proxy {proxy}, on the way to {target}"), error)
        })?;
        let failed = |error| Error::connect(format!("{target} through the proxy {proxy}"), error);
        if !target.secure && proxy.forwards() {
            return Ok(stream);
        }
        let stream = self
            .tunnelled(proxy, target, stream)
            .await
            .map_err(failed)?;
        self.secure(target, stream).await.map_err(failed)
    }

    async fn dial(&self, host: &str, port: u16, timeout: Duration) -> Result<Stream, ConnectError> {
        let addresses = self
            .resolver
            .addresses(host)
            .await
            .map_err(|error| ConnectError::io(ConnectErrorKind::Dns, error))?;
        match race::connect(&addresses, port, timeout).await {
            Ok(tcp) => Ok(Stream::tcp(tcp)),
            Err(error) => {
                self.resolver.forget(host);
                Err(ConnectError::io(ConnectErrorKind::Tcp, error))
            }
        }
    }

    async fn to_proxy(&self, proxy: &Proxy, timeout: Duration) -> Result<Stream, ConnectError> {
        let stream = self.dial(proxy.host(), proxy.port(), timeout).await?;
        if proxy.scheme() == Scheme::Https {
            self.tls.handshake_http1(proxy.host(), stream).await
        } else {
            Ok(stream)
        }
    }

    async fn secure(&self, target: &Target, stream: Stream) -> Result<Stream, ConnectError> {
        if target.secure {
            self.tls.handshake(target.host(), stream).await
        } else {
            Ok(stream)
        }
    }

    /// The connection that a proxy makes over one to itself.
    async fn tunnelled(
        &self,
        proxy: &Proxy,
        target: &Target,
        mut stream: Stream,
    ) -> Result<Stream, ConnectError> {
        let Scheme::Socks5 { local_dns } = proxy.scheme() else {
            tunnel::dig(&mut *stream.io, &target.to_string(), proxy.basic()).await?;
            return Ok(stream);
        };
        let place = if local_dns {
            let addresses = self
                .resolver
                .addresses(target.host())
                .await
                .map_err(|error| ConnectError::io(ConnectErrorKind::Dns, error))?;
            let v4 = addresses.iter().find(|address| address.is_ipv4());
            let address = v4.or(addresses.first());
            address.map(|address| SocketAddr::new(*address, target.port()).to_string())
        } else {
            None
        };
        let place = format!("http://{}", place.unwrap_or_else(|| target.to_string()))
            .parse::<Uri>()
            .map_err(|error| ConnectError::new(ConnectErrorKind::Proxy, error))?;
        let dialled = Dialled(Some(TokioIo::new(stream.io)));
        let mut socks = SocksV5::new(proxy.uri().clone(), dialled);
        if let Some((user, password)) = proxy.user() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        let io = socks.call(place).await.map_err(ConnectError::socks)?;
        Ok(Stream {
            io: io.into_inner(),
            health: stream.health,
            http2: false,
        })
    }
}

/// A connection that hyper-util's SOCKS handshake "makes": it is there already.
struct Dialled(Option<TokioIo<Box<dyn Io>>>);

impl Service<Uri> for Dialled {
    type Response = TokioIo<Box<dyn Io>>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _proxy: Uri) -> Self::Future {
        let io = self.0.take();
        Box::pin(async move { io.ok_or_else(|| ConnectError::bare(ConnectErrorKind::Proxy)) })
    }
}
