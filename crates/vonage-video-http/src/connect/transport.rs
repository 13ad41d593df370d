//! The transport that clients have by default: a pool of connections of our own, driven by hyper.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use http::{
    Request, Response, Uri,
    header::{HOST, PROXY_AUTHORIZATION},
    uri::{Authority, Scheme},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{runtime::Handle, time::Instant};
use vonage_video_core::Error;
#[cfg(feature = "http2")]
use vonage_video_core::{Phase, Sent};

use super::{
    connector::{Connector, Target},
    driver::Driver,
    error::{ConnectError, ConnectErrorKind},
    lease::{Exclusive, Lease},
    origin::{Idle, Origin, Slot},
    proxy::Proxies,
    resolve::Resolver,
    stream::Stream,
    tls::Tls,
    unanswered::Unanswered,
};
use crate::{
    body::{Body, SentFlag},
    clock::Time,
    transport::{Transport, TransportFuture},
};

/// What a pool of connections is made with.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) time: Time,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_connections: usize,
    pub(crate) max_header_bytes: usize,
    pub(crate) resolver: Resolver,
    pub(crate) tls: Tls,
    pub(crate) proxies: Proxies,
}

/// A pool of connections to all servers that a client talks to.
pub(crate) struct PooledTransport {
    /// Few, so that looking at each is quicker than hashing a name.
    origins: Mutex<Vec<(Place, Arc<Origin>)>>,
    connector: Connector,
    proxies: Proxies,
    idle_timeout: Duration,
    max_connections: usize,
    http1: http1::Builder,
    #[cfg(feature = "http2")]
    http2: super::http2::Builder,
    /// The process that sent the first request; 0 until then.
    process: AtomicU32,
}

/// Whether it is HTTPS, and the host and port.
type Place = (bool, Authority);

/// The least that hyper reads headers with.
const LEAST_BUFFER: usize = 8192;

/// How much of a body hyper reads at once, for downloads.
const READ_BUFFER: usize = 256 << 10;

/// How long a connection whose response was read may need to be ready for another request. Mostly
/// that is no time at all; but a server that responded before it read the request may never be.
const SETTLING: Duration = Duration::from_millis(50);

/// Origins without connections are removed when there are this many.
const MANY_ORIGINS: usize = 32;

impl PooledTransport {
    pub(crate) fn new(settings: Settings) -> Self {
        let header_limit = settings.max_header_bytes.max(LEAST_BUFFER);
        let mut http1 = http1::Builder::new();
        http1
            .max_buf_size(header_limit.max(READ_BUFFER))
            .max_header_size(header_limit);
        Self {
            origins: Mutex::default(),
            connector: Connector {
                resolver: settings.resolver,
                tls: settings.tls,
                timeout: settings.connect_timeout,
                time: settings.time,
            },
            proxies: settings.proxies,
            idle_timeout: settings.idle_timeout,
            max_connections: settings.max_connections,
            http1,
            #[cfg(feature = "http2")]
            http2: super::http2::Builder::new(header_limit),
            process: AtomicU32::new(0),
        }
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, Error> {
        let attempt = match request.body().sent_flag() {
            Some(attempt) => attempt,
            None => SentFlag::new(None, Instant::now()),
        };
        attempt.transport_bounds_connecting();
        let began = attempt.began();
        let origin = self.origin(request.uri())?;
        let mut request = Some(request);
        loop {
            let lease = self.lease(&origin, began, &attempt).await?;
            if let Some(request) = &mut request {
                if lease.is_http2() {
                    for_http2(request, &origin);
                } else {
                    for_http1(request, &origin);
                }
            }
            match lease.send(&mut request).await {
                Ok(response) => return Ok(response),
                // The connection had died while it was idle; each turn uses up one such.
                Err(Unanswered::Returned) => {}
                Err(Unanswered::Failed(error)) => return Err(error),
            }
        }
    }

    fn origin(&self, uri: &Uri) -> Result<Arc<Origin>, Error> {
        let unusable = |why: &str| Error::connect(uri.to_string(), why);
        let authority = uri.authority().ok_or_else(|| unusable("it has no host"))?;
        self.check_process(authority)?;
        let secure = uri.scheme() == Some(&Scheme::HTTPS);
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let known = origins
            .iter()
            .find(|(place, _)| place.0 == secure && place.1 == *authority);
        if let Some((_, origin)) = known {
            return Ok(Arc::clone(origin));
        }
        if origins.len() >= MANY_ORIGINS {
            origins.retain(|(_, origin)| Arc::strong_count(origin) > 1 || !origin.is_unused());
        }
        let place = (secure, authority.clone());
        let target = Target {
            secure: place.0,
            authority: place.1.clone(),
        };
        let origin = Origin::new(
            target,
            self.proxies.of(uri),
            self.idle_timeout,
            self.max_connections,
        )
        .ok_or_else(|| unusable("its host cannot be sent"))?;
        let origin = Arc::new(origin);
        origins.push((place, Arc::clone(&origin)));
        Ok(origin)
    }

    /// A forked child has neither the threads nor the tasks that drive its parent's connections.
    fn check_process(&self, authority: &Authority) -> Result<(), Error> {
        let process = std::process::id();
        match self
            .process
            .compare_exchange(0, process, Ordering::Relaxed, Ordering::Relaxed)
        {
            Err(other) if other != process => Err(Error::connect(
                authority.host(),
                ConnectError::bare(ConnectErrorKind::Forked),
            )),
            _ => Ok(()),
        }
    }

    /// A connection on which a request can be written: the newest idle one, or a new one.
    async fn lease(
        &self,
        origin: &Arc<Origin>,
        began: Instant,
        attempt: &SentFlag,
    ) -> Result<Lease, Error> {
        let runtime = Handle::try_current()
            .map_err(|error| Error::connect(origin.target.to_string(), error))?
            .id();
        #[cfg(feature = "http2")]
        if let Some(shared) = origin.shared_lease(runtime) {
            return Ok(Lease::shared(shared, began, attempt.clone()));
        }
        let slot = match origin.try_slot() {
            Some(slot) => slot,
            None => Box::pin(origin.slot()).await.ok_or_else(|| {
                Error::connect(origin.target.to_string(), "the client is being dropped")
            })?,
        };
        while let Some(idle) = origin.take_idle(runtime) {
            let Idle {
                mut sender, health, ..
            } = idle;
            if sender.is_ready() || Box::pin(settles(&mut sender)).await {
                let connection = Exclusive {
                    sender,
                    health,
                    runtime,
                    reused: true,
                    slot,
                };
                return Ok(Lease::exclusive(connection, began, attempt.clone()));
            }
        }
        Box::pin(self.connect(slot, began, attempt)).await
    }

    async fn connect(
        &self,
        slot: Slot,
        began: Instant,
        attempt: &SentFlag,
    ) -> Result<Lease, Error> {
        let origin = Arc::clone(&slot.0);
        origin.make_room();
        #[cfg(feature = "http2")]
        if origin.target.secure && self.connector.tls.offers_http2() {
            return self.connect_shared(slot, began, attempt).await;
        }
        let stream = self.dial(&origin, attempt).await?;
        let connection = self.begin(stream, slot).await?;
        Ok(Lease::exclusive(connection, began, attempt.clone()))
    }

    /// Where HTTP/2 is possible, only one connection is made at a time until it is known.
    #[cfg(feature = "http2")]
    async fn connect_shared(
        &self,
        slot: Slot,
        began: Instant,
        attempt: &SentFlag,
    ) -> Result<Lease, Error> {
        let origin = Arc::clone(&slot.0);
        let runtime = Handle::current().id();
        let timeout = self.connector.effective_timeout(attempt.connect_timeout());
        let turn = self
            .connector
            .time
            .timeout(timeout, origin.shared.turn_to_connect())
            .await
            .ok_or_else(|| Error::timeout(Phase::Connect, timeout, Sent::No))?;
        if let Some(shared) = origin.shared.lease(runtime) {
            return Ok(Lease::shared(shared, began, attempt.clone()));
        }
        let stream = self.dial(&origin, attempt).await?;
        if stream.http2 {
            let shared = self.http2.begin(stream, &origin.shared, runtime).await?;
            return Ok(Lease::shared(shared, began, attempt.clone()));
        }
        origin.shared.is_never_used();
        drop(turn);
        let connection = self.begin(stream, slot).await?;
        Ok(Lease::exclusive(connection, began, attempt.clone()))
    }

    async fn dial(&self, origin: &Origin, attempt: &SentFlag) -> Result<Stream, Error> {
        self.connector
            .connect(
                &origin.target,
                origin.proxy.as_ref(),
                attempt.connect_timeout(),
            )
            .await
    }

    /// Spawns the task in which hyper drives a connection.
    async fn begin(&self, stream: Stream, slot: Slot) -> Result<Exclusive, Error> {
        let health = Arc::clone(&stream.health);
        let (sender, connection) = self
            .http1
            .handshake(TokioIo::new(stream.metered()))
            .await
            .map_err(|error| Error::connect(slot.0.target.to_string(), error))?;
        tokio::spawn(Driver::new(connection, Arc::clone(&health), &slot.0));
        Ok(Exclusive {
            sender,
            health,
            runtime: Handle::current().id(),
            reused: false,
            slot,
        })
    }
}

/// Waits until a connection is ready for another request; false if it is not, soon enough.
async fn settles(sender: &mut http1::SendRequest<Body>) -> bool {
    matches!(
        tokio::time::timeout(SETTLING, sender.ready()).await,
        Ok(Ok(()))
    )
}

fn for_http1(request: &mut Request<Body>, origin: &Origin) {
    if origin.is_forwarded() {
        if let Some(uri) = origin.absolute(request.uri()) {
            *request.uri_mut() = uri;
        }
        let proxy = origin.proxy.as_ref();
        if let Some(authorization) = proxy.and_then(|proxy| proxy.basic()) {
            request
                .headers_mut()
                .insert(PROXY_AUTHORIZATION, authorization.clone());
        }
    } else {
        let path = request.uri().path_and_query().cloned();
        *request.uri_mut() = path.map_or_else(|| Uri::from_static("/"), Uri::from);
    }
    request
        .headers_mut()
        .entry(HOST)
        .or_insert_with(|| origin.host.clone());
}

fn for_http2(request: &mut Request<Body>, origin: &Origin) {
    request.headers_mut().remove(HOST);
    if let Some(uri) = origin.absolute(request.uri()) {
        *request.uri_mut() = uri;
    }
}

impl Transport for PooledTransport {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for PooledTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PooledTransport")
    }
}

#[cfg(test)]
mod tests {
    use vonage_video_core::{ErrorKind, Sent};

    use super::*;

    #[tokio::test]
    async fn a_client_that_another_process_used_is_an_error_and_not_a_hang() {
        let transport = PooledTransport::new(Settings {
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(15),
            max_connections: 1,
            max_header_bytes: LEAST_BUFFER,
            resolver: Resolver::new(None),
            time: crate::clock::Time::default(),
            #[cfg(feature = "tls")]
            tls: Tls::new(super::super::TlsSettings::default()),
            #[cfg(not(feature = "tls"))]
            tls: Tls,
            proxies: Proxies::default(),
        });
        let other = std::process::id() + 1;
        transport.process.store(other, Ordering::Relaxed);
        let request = Request::get("http://127.0.0.1:1/").body(Body::empty());
        let error = transport.send(request.unwrap()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connect));
        assert_eq!(error.sent(), Sent::No);
        let cause = std::error::Error::source(&error).unwrap();
        let connect = cause.downcast_ref::<ConnectError>().unwrap();
        assert_eq!(connect.kind(), ConnectErrorKind::Forked);
        assert!(crate::connect::is_permanent(&error));
    }
}
