//! Downloading the file of an archive.

mod error;
mod file;
mod source;
mod transfer;

use std::{
    fmt,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use vonage_video_core::{
    ArchiveId, Error,
    models::{Archive, ArchiveStatus},
};

pub use error::DownloadError;
use transfer::Transfer;

use crate::client::Client;

impl Client {
    /// Downloads the file of an archive that is available; [`wait`](Self::wait) until it is.
    ///
    /// Takes an archive as last read, whose link it then tries first, or the id of one.
    ///
    /// - A break is healed: the rest is asked for with `Range`.
    /// - A link lives ten minutes: when it has died, the archive is read again for another.
    /// - Size and SHA-256 are compared with what the service says, where it says so.
    /// - The link leads to another host than the API's, so no credentials go there, and the whole download is not bounded in time: each pause in it is, by
    ///   the client's attempt timeout.
    ///
    /// ```no_run
    /// # use vonage_video_core::models::Archive;
    /// # async fn run(video: vonage_video_http::Client, archive: Archive) -> Result<(), vonage_video_http::DownloadError> {
    /// let done = video.download(&archive).to_file("lesson.mp4").await?;
    /// println!("{} bytes", done.bytes);
    /// # Ok(())
    /// # }
    /// ```
    pub fn download(&self, archive: impl Into<DownloadSource>) -> Download {
        Download {
            client: self.clone(),
            source: archive.into(),
            observer: None,
        }
    }
}

/// What to download: `&Archive`, or the id of an archive.
#[derive(Clone, Debug)]
pub struct DownloadSource {
    id: ArchiveId,
    known: Option<Box<Archive>>,
}

impl From<&Archive> for DownloadSource {
    fn from(archive: &Archive) -> Self {
        Self {
            id: archive.id.clone(),
            // What was pending when it was read may be there by now.
            known: (archive.status == ArchiveStatus::Available).then(|| Box::new(archive.clone())),
        }
    }
}

impl From<&ArchiveId> for DownloadSource {
    fn from(id: &ArchiveId) -> Self {
        Self::from(id.clone())
    }
}

impl From<ArchiveId> for DownloadSource {
    fn from(id: ArchiveId) -> Self {
        Self { id, known: None }
    }
}

impl From<&str> for DownloadSource {
    fn from(id: &str) -> Self {
        Self::from(ArchiveId::new(id))
    }
}

/// A download that is about to be made. From [`Client::download`].
#[must_use = "nothing is downloaded before it is told where to"]
pub struct Download {
    client: Client,
    source: DownloadSource,
    observer: Option<OnProgress>,
}

type OnProgress = Arc<dyn Fn(DownloadProgress) + Send + Sync>;

/// How far a download is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadProgress {
    /// Bytes received.
    pub bytes: u64,
    /// Bytes in all, as soon as that is known.
    pub total: Option<u64>,
}

/// A download that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Downloaded {
    /// The size of the file.
    pub bytes: u64,
    /// The SHA-256 of the file, in hex.
    pub sha256: String,
    /// Whether the service gave a SHA-256 to compare with.
    pub verified: bool,
    /// Requests for the file: more than one when the transfer broke or the link died.
    pub requests: u32,
}

impl Download {
    /// Is told how far it is, after each piece. It must be quick.
    pub fn on_progress(
        mut self,
        observer: impl Fn(DownloadProgress) + Send + Sync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Into a file. It is written under another name in the same folder and gets its own when it is complete and verified; a file that had the name is
    /// replaced then. When this fails or its future is dropped, nothing is left.
    ///
    /// # Errors
    ///
    /// See [`DownloadError`].
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Downloaded, DownloadError> {
        file::write(self.start()?, path.as_ref()).await
    }

    /// As pieces, in order. The last piece is followed by `None` only if the whole is complete and verified, by an error otherwise.
    ///
    /// # Errors
    ///
    /// It was called outside of a tokio runtime.
    pub fn stream(self) -> Result<DownloadStream, DownloadError> {
        Ok(DownloadStream {
            state: State::Idle(Box::new(self.start()?)),
        })
    }

    fn start(self) -> Result<Transfer, Error> {
        self.client.inner().check_runtime()?;
        Ok(Transfer::new(self.client, self.source, self.observer))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("archive", &self.source.id)
            .finish_non_exhaustive()
    }
}

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
                        let piece = transfer.next().await;
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
