//! Bodies of responses, which can be slow or break off.

use std::{
    collections::VecDeque,
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// The body of a response.
pub struct Body {
    pieces: VecDeque<Piece>,
    waiting: Option<Pin<Box<Sleep>>>,
    /// What follows the pieces, when the end is open.
    source: Option<Source>,
}

/// Polls for the next bytes; `None` at the end.
type Source = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Bytes>> + Send + Sync>;

#[derive(Debug)]
enum Piece {
    Bytes(Bytes),
    Wait(Duration),
    /// Everything before it is sent before anything else happens.
    Flush,
    /// The connection breaks this many bytes before the announced end.
    Break(u64),
}

/// The error of a connection that a [fault](crate::Fault) broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault broke the connection")
    }
}

impl std::error::Error for Broken {}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        let mut pieces = VecDeque::new();
        if !bytes.is_empty() {
            pieces.push_back(Piece::Bytes(bytes));
        }
        Self {
            pieces,
            waiting: None,
            source: None,
        }
    }
}

impl Body {
    /// A body without a known end, which sends what a function polls.
    pub(crate) fn open_ended(
        source: impl FnMut(&mut Context<'_>) -> Poll<Option<Bytes>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            pieces: VecDeque::new(),
            waiting: None,
            source: Some(Box::new(source)),
        }
    }

    /// A body whose second half is delayed.
    pub(crate) fn slow(mut bytes: Bytes, delay: Duration) -> Self {
        let second = bytes.split_off(bytes.len() / 2);
        Self {
            pieces: [
                Piece::Bytes(bytes),
                Piece::Wait(delay),
                Piece::Bytes(second),
            ]
            .into(),
            waiting: None,
            source: None,
        }
    }

    /// A body that announces its whole length and breaks off after half of it.
    pub(crate) fn cut(mut bytes: Bytes) -> Self {
        let missing = bytes.split_off(bytes.len() / 2).len() as u64;
        Self {
            pieces: [
                Piece::Bytes(bytes),
                Piece::Flush,
                Piece::Break(missing.max(1)),
            ]
            .into(),
            waiting: None,
            source: None,
        }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                std::task::ready!(waiting.as_mut().poll(context));
                self.waiting = None;
            }
            match self.pieces.pop_front() {
                None => {
                    let Some(source) = &mut self.source else {
                        return Poll::Ready(None);
                    };
                    let next = std::task::ready!(source(context));
                    return Poll::Ready(next.map(|bytes| Ok(Frame::data(bytes))));
                }
                Some(Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Piece::Flush) => {
                    // The sender flushes when nothing more is ready.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Piece::Wait(delay)) => self.waiting = Some(Box::pin(sleep(delay))),
                Some(Piece::Break(_)) => return Poll::Ready(Some(Err(Broken))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && self.source.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        if self.source.is_some() {
            return SizeHint::default();
        }
        let left = self.pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Wait(_) | Piece::Flush => 0,
            Piece::Break(missing) => *missing,
        });
        SizeHint::with_exact(left.sum())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("pieces", &self.pieces)
            .field("open_ended", &self.source.is_some())
            .finish_non_exhaustive()
    }
}
