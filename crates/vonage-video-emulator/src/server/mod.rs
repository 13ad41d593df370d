//! The emulator on a socket: HTTP/1.1, with limits that a hostile client cannot exceed.

mod idle;
mod router;
mod served;
mod socket;
#[cfg(feature = "tls")]
mod tls;

use std::{future::Future, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header::CONNECTION};
use http_body_util::{BodyExt, Limited};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};

pub(crate) use self::router::serve;
#[cfg(feature = "tls")]
pub(crate) use self::tls::{Acceptors, Authority, TlsError};
use self::{
    idle::{Idle, IdleSlot},
    served::Served,
    socket::{ResetSwitch, Socket},
};
#[cfg(feature = "browser")]
use crate::browser;
use crate::site::{Body, Broken, FaultAction, Site};

/// From this number of connections on, each new one closes the one that has been idle longest.
const MANY_CONNECTIONS: usize = 512;
/// Most connections at a time.
const MOST_CONNECTIONS: usize = 1024;
/// Most bytes of a request's body. No operation needs nearly as many.
const LARGEST_BODY: usize = 1024 * 1024;
/// Most bytes of a request's head.
const LARGEST_HEAD: usize = 64 * 1024;
/// The timeout of a TLS handshake.
#[cfg(feature = "tls")]
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// The timeout of a request's head, from when the connection is ready for it. It also limits how
/// long a connection is idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// The timeout of a request's body.
const BODY_TIME: Duration = Duration::from_secs(30);
/// How long a stop waits for the requests in progress.
const STOP_TIME: Duration = Duration::from_secs(5);

/// How connections are secured: not at all, or with TLS.
#[derive(Clone, Default)]
pub(crate) struct Security {
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<Acceptors>,
}

/// What all connections of a server share.
#[derive(Clone)]
struct Shared {
    site: Arc<Site>,
    #[cfg(feature = "browser")]
    connections: browser::PageConnections,
}

/// A running server. Dropping it ends it and all its connections.
pub(crate) struct Server {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) fn start(listener: TcpListener, site: Arc<Site>, security: Security) -> Self {
        let (stop, stopped) = watch::channel(false);
        let shared = Shared {
            site,
            #[cfg(feature = "browser")]
            connections: browser::PageConnections::default(),
        };
        let task = tokio::spawn(accept(listener, shared, security, stopped));
        Self { stop, task }
    }

    /// Accepts no more requests, and waits for those in progress.
    pub(crate) async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = timeout(STOP_TIME, &mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(
    listener: TcpListener,
    shared: Shared,
    security: Security,
    mut stopped: watch::Receiver<bool>,
) {
    let idle = Idle::default();
    // Connections end with the set, and the set with this task.
    let mut connections = JoinSet::new();
    loop {
        // Beyond the most, new connections wait in the system's queue until another one ends.
        let full = connections.len() >= MOST_CONNECTIONS;
        if full {
            idle.dismiss_one();
        }
        let accepted = tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept(), if !full => accepted,
            // One that has become idle may end now.
            () = tokio::time::sleep(Duration::from_millis(10)), if full => continue,
        };
        match accepted {
            Ok((stream, _)) if refuses(&shared.site) => {
                let _ = stream.set_zero_linger();
            }
            Ok((stream, _)) => {
                if connections.len() >= MANY_CONNECTIONS {
                    idle.dismiss_one();
                }
                let (shared, stopped) = (shared.clone(), stopped.clone());
                let (security, slot) = (security.clone(), idle.slot());
                connections.spawn(async move {
                    let served = secured(stream, security, &slot, shared, stopped);
                    until_dismissed(served, &slot).await;
                });
            }
            // Most likely out of file descriptors: another connection has to be closed first.
            Err(_) => {
                idle.dismiss_one();
                let _ = timeout(Duration::from_millis(10), connections.join_next()).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Whether a fault refuses a new connection.
fn refuses(site: &Site) -> bool {
    let mut state = site.lock();
    state.faults.pick_for_connection(&FaultAction::Refuse)
}

/// Serves a connection until it ends, or is idle and asked to end.
async fn until_dismissed(served: impl Future<Output = ()>, slot: &IdleSlot) {
    let mut served = std::pin::pin!(served);
    loop {
        tokio::select! {
            biased;
            () = &mut served => return,
            () = slot.dismissed() => {}
        }
        // What has reached this machine is read first: then it is known whether it is idle.
        tokio::select! {
            biased;
            () = &mut served => return,
            () = tokio::task::yield_now() => {}
        }
        if slot.is_idle() {
            return;
        }
    }
}

async fn secured(
    stream: TcpStream,
    security: Security,
    slot: &IdleSlot,
    shared: Shared,
    stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let reset = ResetSwitch::default();
    let socket = Socket::new(stream, reset.clone(), slot.clone());
    #[cfg(feature = "tls")]
    if let Some(acceptors) = security.tls {
        let expired = FaultAction::ExpiredCertificate;
        let acceptor = if shared.site.lock().faults.pick_for_connection(&expired) {
            acceptors.expired
        } else {
            acceptors.good
        };
        if let Ok(Ok(stream)) = timeout(HANDSHAKE_TIME, acceptor.accept(socket)).await {
            connection(stream, reset, slot, shared, stopped).await;
        }
        return;
    }
    #[cfg(not(feature = "tls"))]
    let Security {} = security;
    connection(socket, reset, slot, shared, stopped).await;
}

async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    reset: ResetSwitch,
    slot: &IdleSlot,
    shared: Shared,
    mut stopped: watch::Receiver<bool>,
) {
    #[cfg(feature = "browser")]
    let greeting = browser::Greeting::default();
    let service = service_fn(|request| {
        let (site, reset) = (&shared.site, reset.clone());
        #[cfg(feature = "browser")]
        let greeting = &greeting;
        async move {
            slot.work();
            #[cfg(feature = "browser")]
            let response = greet(greeting, site, request).await;
            #[cfg(not(feature = "browser"))]
            let response = respond(site, request).await;
            if response.is_err() {
                reset.set();
            }
            response.map(|response| response.map(|body| Served::new(body, slot.clone())))
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    #[cfg(feature = "browser")]
    let connection = connection.with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
    #[cfg(feature = "browser")]
    if !*stopped.borrow()
        && let Some(upgraded) = greeting.upgraded().await
    {
        // An open socket is never idle.
        slot.work();
        browser::serve(upgraded, &shared.site, &shared.connections, stopped).await;
    }
}

/// Responds to a request for the socket, or to any other.
#[cfg(feature = "browser")]
async fn greet(
    greeting: &browser::Greeting,
    site: &Arc<Site>,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Broken> {
    if request.uri().path() == browser::PATH {
        return greeting.respond(site, &mut request);
    }
    respond(site, request).await
}

async fn respond(site: &Arc<Site>, request: Request<Incoming>) -> Result<Response<Body>, Broken> {
    let (parts, body) = request.into_parts();
    let collected = timeout(BODY_TIME, Limited::new(body, LARGEST_BODY).collect()).await;
    let body: Bytes = match collected {
        Ok(Ok(collected)) => collected.to_bytes(),
        Ok(Err(_)) => {
            return Ok(refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too large",
            ));
        }
        Err(_) => {
            return Ok(refusal(
                StatusCode::REQUEST_TIMEOUT,
                "The body did not come",
            ));
        }
    };
    serve(site, Request::from_parts(parts, body)).await
}

/// A response after which the connection is closed.
fn refusal(status: StatusCode, message: &'static str) -> Response<Body> {
    let body = Bytes::from(format!("{{\"message\":\"{message}\"}}"));
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONNECTION, http::HeaderValue::from_static("close"));
    response
}
