//! A connection's bytes: what it is made of, what was written, and whether it is still as it was
//! left.

use std::{
    io,
    mem::MaybeUninit,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// Something that bytes go through in both directions.
pub(crate) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// What the pool and a connection's driver tell each other.
#[derive(Debug, Default)]
pub(crate) struct Health {
    /// The next read must ask the kernel, whatever the runtime last heard from it.
    recheck: AtomicBool,
    /// Bytes of requests that the connection has accepted, before TLS.
    written: AtomicU64,
}

impl Health {
    /// Before a connection is used again: has its driver look at the socket itself, since what the
    /// server did last may not have reached the runtime yet.
    pub(super) fn recheck(&self) {
        self.recheck.store(true, Ordering::Release);
    }

    pub(super) fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }
}

/// A connection to the server, or to a proxy that forwards to it.
pub(crate) struct Stream {
    pub(crate) io: Box<dyn Io>,
    pub(crate) health: Arc<Health>,
    /// Whether HTTP/2 was agreed upon.
    #[cfg_attr(
        not(feature = "http2"),
        allow(dead_code, reason = "without the feature it is never offered")
    )]
    pub(crate) http2: bool,
}

impl Stream {
    pub(super) fn tcp(tcp: TcpStream) -> Self {
        let health = Arc::new(Health::default());
        let io = Socket {
            tcp,
            health: Arc::clone(&health),
        };
        Self {
            io: Box::new(io),
            health,
            http2: false,
        }
    }

    /// What hyper reads and writes.
    pub(super) fn metered(self) -> Metered {
        Metered {
            io: self.io,
            health: self.health,
        }
    }
}

/// A TCP socket that can be asked again whether there is something to read.
struct Socket {
    tcp: TcpStream,
    health: Arc<Health>,
}

impl Socket {
    /// Reads what the kernel has, though the runtime may not know of it yet.
    fn read_now(&self, buffer: &mut ReadBuf<'_>) -> io::Result<bool> {
        let socket = SockRef::from(&self.tcp);
        match socket.peek(&mut [MaybeUninit::uninit()]) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) => return Err(error),
        }
        let read = io::Read::read(&mut &*socket, buffer.initialize_unfilled())?;
        buffer.advance(read);
        Ok(true)
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.health.recheck.load(Ordering::Acquire) {
            if self.read_now(buffer)? {
                return Poll::Ready(Ok(()));
            }
            self.health.recheck.store(false, Ordering::Release);
        }
        Pin::new(&mut self.tcp).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write_vectored(cx, parts)
    }
}

/// Counts what is written, so that "nothing was sent" is known and not guessed.
pub(super) struct Metered {
    io: Box<dyn Io>,
    health: Arc<Health>,
}

impl Metered {
    fn count(&self, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(written)) = outcome {
            self.health
                .written
                .fetch_add(written as u64, Ordering::AcqRel);
        }
        outcome
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut *self.io).poll_write(cx, bytes);
        self.count(outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.io).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut *self.io).poll_write_vectored(cx, parts);
        self.count(outcome)
    }
}
