//! The body of a request or a response.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::time::Instant;
use vonage_video_core::BoxError;

/// The body of a request or a response: bytes in memory, or a stream of chunks.
///
/// A request's body also records whether sending has begun: a transport cannot send a request
/// without reading its body, and reading marks it. So a [`Transport`](crate::Transport) that
/// forwards the body needs to do nothing for an [`Error`](vonage_video_core::Error) to know whether
/// the request was sent.
pub struct Body {
    /// `None` for an empty body. In a box, because a request is moved from place to place on its
    /// way, most of them without a body.
    kind: Option<Box<Kind>>,
    sent_flag: Option<SentFlag>,
}

enum Kind {
    Whole(Bytes),
    /// The connection goes back to its pool at the end of the body.
    Leased(Incoming, Box<dyn Lease>),
    Foreign(Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>),
}

/// The connection that a body is read from. Dropping it closes the connection, unless it is shared.
pub(crate) trait Lease: Send {
    /// The response was read to its end, and nothing else happened to the connection.
    fn give_back(&mut self);

    /// The connection broke, or is too slow to be used again.
    fn broke(&mut self);
}

/// What an attempt and its transport tell each other; above all, whether sending has begun.
#[derive(Clone, Debug)]
pub(crate) struct SentFlag(Arc<Attempt>);

#[derive(Debug)]
struct Attempt {
    began: Instant,
    sent: AtomicBool,
    /// The transport itself ends connecting in time.
    bounds_connecting: AtomicBool,
    timed_out: AtomicBool,
    connect_timeout: Option<Duration>,
}

impl SentFlag {
    /// For an attempt that may take so long to connect, if it has a limit of its own.
    pub(crate) fn new(connect_timeout: Option<Duration>, began: Instant) -> Self {
        Self(Arc::new(Attempt {
            began,
            sent: AtomicBool::new(false),
            bounds_connecting: AtomicBool::new(false),
            timed_out: AtomicBool::new(false),
            connect_timeout,
        }))
    }

    /// When the attempt began.
    pub(crate) fn began(&self) -> Instant {
        self.0.began
    }

    pub(crate) fn set(&self) {
        self.0.sent.store(true, Ordering::Release);
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.sent.load(Ordering::Acquire)
    }

    pub(crate) fn connect_timeout(&self) -> Option<Duration> {
        self.0.connect_timeout
    }

    /// From here on the transport sees to it that connecting ends in time, and may have the call
    /// wait for a free connection before.
    pub(crate) fn transport_bounds_connecting(&self) {
        self.0.bounds_connecting.store(true, Ordering::Release);
    }

    pub(crate) fn does_transport_bound_connecting(&self) -> bool {
        self.0.bounds_connecting.load(Ordering::Acquire)
    }

    /// The attempt ran out of time: a connection that it uses must not be used again.
    pub(crate) fn time_out(&self) {
        self.0.timed_out.store(true, Ordering::Release);
    }

    pub(crate) fn has_timed_out(&self) -> bool {
        self.0.timed_out.load(Ordering::Acquire)
    }
}

/// Why a body could not be read to its end.
#[derive(Debug)]
pub(crate) enum ReadError {
    TooLarge,
    Broken(BoxError),
}

impl Body {
    /// Creates an empty body.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Creates a body of the chunks of a stream.
    pub fn stream(stream: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static) -> Self {
        Self::foreign(Streamed(Box::pin(stream)))
    }

    /// The next chunk, `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection broke before the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// A body that is in memory as a whole, as that of every request; `None` for a stream. Marks
    /// the request as sent.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.begun();
        self.whole()
    }

    /// As [`bytes`](Self::bytes), without marking the request as sent.
    #[cfg(feature = "test-util")]
    pub(crate) fn peek(&self) -> Option<&Bytes> {
        self.whole()
    }

    fn whole(&self) -> Option<&Bytes> {
        static EMPTY: Bytes = Bytes::new();
        match self.kind.as_deref() {
            None => Some(&EMPTY),
            Some(Kind::Whole(bytes)) => Some(bytes),
            Some(Kind::Leased(..) | Kind::Foreign(_)) => None,
        }
    }

    pub(crate) fn flagged(bytes: Bytes, sent_flag: SentFlag) -> Self {
        Self {
            sent_flag: Some(sent_flag),
            ..Self::from(bytes)
        }
    }

    pub(crate) fn sent_flag(&self) -> Option<SentFlag> {
        self.sent_flag.clone()
    }

    /// The body of a response, which keeps its connection until it was read.
    pub(crate) fn leased(incoming: Incoming, mut lease: Box<dyn Lease>) -> Self {
        let kind = if incoming.is_end_stream() {
            lease.give_back();
            None
        } else {
            Some(Box::new(Kind::Leased(incoming, lease)))
        };
        Self {
            kind,
            sent_flag: None,
        }
    }

    /// Has the connection not used again, since it is too slow.
    pub(crate) fn retire(&mut self) {
        if let Some(Kind::Leased(_, lease)) = self.kind.as_deref_mut() {
            lease.broke();
        }
    }

    pub(crate) fn foreign<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes, Error = BoxError> + Send + 'static,
    {
        Self {
            kind: Some(Box::new(Kind::Foreign(Box::pin(body)))),
            sent_flag: None,
        }
    }

    /// Reads the whole body, at most `limit` bytes. What was read before an error is left in
    /// `read`.
    pub(crate) async fn read(&mut self, limit: usize, read: &mut Bytes) -> Result<(), ReadError> {
        let Some(first) = self.limited_chunk(limit).await? else {
            return Ok(());
        };
        *read = first;
        // Most responses are a single chunk, which needs no copy.
        if self.is_end_stream() {
            return Ok(());
        }
        let Some(second) = self.limited_chunk(limit - read.len()).await? else {
            return Ok(());
        };
        let expected = self.size_hint().lower().min(limit as u64) as usize;
        let mut all = BytesMut::with_capacity(read.len() + second.len() + expected);
        all.extend_from_slice(read);
        all.extend_from_slice(&second);
        let outcome = loop {
            match self.limited_chunk(limit - all.len()).await {
                Ok(Some(chunk)) => all.extend_from_slice(&chunk),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        *read = all.freeze();
        outcome
    }

    async fn limited_chunk(&mut self, limit: usize) -> Result<Option<Bytes>, ReadError> {
        match self.chunk().await {
            None => Ok(None),
            Some(Ok(chunk)) if chunk.len() > limit => Err(ReadError::TooLarge),
            Some(Ok(chunk)) => Ok(Some(chunk)),
            Some(Err(error)) => Err(ReadError::Broken(error)),
        }
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => {
                    let data = frame.into_data().unwrap_or_default();
                    if !data.is_empty() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }

    fn begun(&self) {
        if let Some(flag) = &self.sent_flag {
            flag.set();
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            kind: (!bytes.is_empty()).then(|| Box::new(Kind::Whole(bytes))),
            sent_flag: None,
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.begun();
        match self.kind.as_deref_mut() {
            None => Poll::Ready(None),
            Some(Kind::Whole(bytes)) if bytes.is_empty() => Poll::Ready(None),
            Some(Kind::Whole(bytes)) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Some(Kind::Leased(incoming, lease)) => {
                let frame = ready!(Pin::new(&mut *incoming).poll_frame(cx));
                match &frame {
                    None => lease.give_back(),
                    Some(Ok(_)) if incoming.is_end_stream() => lease.give_back(),
                    Some(Ok(_)) => {}
                    Some(Err(_)) => lease.broke(),
                }
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Some(Kind::Foreign(body)) => body.as_mut().poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.begun();
        match self.kind.as_deref() {
            None => true,
            Some(Kind::Whole(bytes)) => bytes.is_empty(),
            Some(Kind::Leased(incoming, _)) => incoming.is_end_stream(),
            Some(Kind::Foreign(body)) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.begun();
        match self.kind.as_deref() {
            None => SizeHint::with_exact(0),
            Some(Kind::Whole(bytes)) => SizeHint::with_exact(bytes.len() as u64),
            Some(Kind::Leased(incoming, _)) => incoming.size_hint(),
            Some(Kind::Foreign(body)) => body.size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole() {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(to come)"),
        }
    }
}

struct Streamed<S>(Pin<Box<S>>);

impl<S: Stream<Item = Result<Bytes, BoxError>>> HttpBody for Streamed<S> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0
            .as_mut()
            .poll_next(cx)
            .map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }
}
