//! A relay in front of the emulator that closes connections on request.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinHandle,
};

/// Which way some bytes go on a connection.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Way {
    ToServer,
    ToClient,
}

/// A relay at work. It is gone when it is dropped.
pub(crate) struct Relay {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// Asked before bytes are passed on: which way, after how many pieces that way on this connection,
/// and which. `true` closes it instead, as a server does that has had enough: without an error, but
/// also without the bytes.
pub(crate) trait Cut: Fn(Way, usize, &[u8]) -> bool + Send + Sync + 'static {}

impl<F: Fn(Way, usize, &[u8]) -> bool + Send + Sync + 'static> Cut for F {}

impl Relay {
    pub(crate) async fn to(target: SocketAddr, cut: impl Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (connections, cut) = (Arc::new(AtomicUsize::new(0)), Arc::new(cut));
        let counter = connections.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(relay(client, target, cut.clone()));
            }
        });
        Self {
            address,
            connections,
            task,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections were made to it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn relay<C: Cut>(client: TcpStream, target: SocketAddr, cut: Arc<C>) {
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let (client_reads, client_writes) = client.into_split();
    let (server_reads, server_writes) = server.into_split();
    // When either way ends, both halves of both connections are dropped.
    tokio::select! {
        () = pass(client_reads, server_writes, Way::ToServer, &*cut) => {}
        () = pass(server_reads, client_writes, Way::ToClient, &*cut) => {}
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: Way, cut: &impl Cut) {
    let mut buffer = vec![0; 64 * 1024];
    for piece in 0.. {
        let length = from.read(&mut buffer).await.unwrap_or(0);
        let bytes = buffer.get(..length).unwrap_or_default();
        if bytes.is_empty() || cut(way, piece, bytes) || to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
