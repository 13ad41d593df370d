//! A file as a stream of pieces.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;

use super::{
    error::DownloadError,
    transfer::{Step, Transfer},
};

/// The pieces of a file, in order: a [`Stream`] that ends after an error.
#[must_use = "nothing is downloaded before it is polled"]
pub struct DownloadStream {
    state: State,
}

enum State {
    Idle(Box<Transfer>),
    Reading(Pin<Box<dyn Future<Output = Next> + Send>>),
    Ended,
}

/// A piece, and the transfer back.
type Next = (Box<Transfer>, Result<Option<Bytes>, DownloadError>);

impl DownloadStream {
    pub(super) fn new(transfer: Transfer) -> Self {
        Self {
            state: State::Idle(Box::new(transfer)),
        }
    }

    /// How many bytes are still to come, which an upload may have to say before it begins. Waits
    /// for the file's host to respond; `None` if neither it nor the service says.
    ///
    /// # Errors
    ///
    /// See [`DownloadError`].
    pub async fn len(&mut self) -> Result<Option<u64>, DownloadError> {
        match &mut self.state {
            State::Idle(transfer) => {
                Box::pin(transfer.begin()).await?;
                Ok(transfer.missing())
            }
            State::Reading(_) => Ok(None),
            State::Ended => Ok(Some(0)),
        }
    }

    /// The next piece; `None` when the whole is complete and verified.
    ///
    /// # Errors
    ///
    /// See [`DownloadError`]. Nothing comes after one.
    pub async fn next(&mut self) -> Option<Result<Bytes, DownloadError>> {
        std::future::poll_fn(|cx| self.poll_piece(cx)).await
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, DownloadError>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(mut transfer) => {
                    self.state = State::Reading(Box::pin(async move {
                        let piece = transfer.next().await.map(|step| match step {
                            Step::Piece(piece) => Some(piece),
                            Step::Done | Step::Settle | Step::Restart => None,
                        });
                        (transfer, piece)
                    }));
                }
                State::Reading(mut reading) => match reading.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready((transfer, Ok(Some(piece)))) => {
                        self.state = State::Idle(transfer);
                        return Poll::Ready(Some(Ok(piece)));
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((_, Err(error))) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }
}

impl Stream for DownloadStream {
    type Item = Result<Bytes, DownloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx)
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DownloadStream")
    }
}
