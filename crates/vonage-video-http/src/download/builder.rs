//! A download and its options.

use std::{fmt, path::Path, sync::Arc};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use vonage_video_core::Error;

use super::{
    downloaded::Downloaded,
    error::DownloadError,
    file, parallel,
    progress::{DownloadProgress, OnProgress},
    source::DownloadSource,
    span::Span,
    stream::DownloadStream,
    transfer::{Settings, Step, Transfer},
};
use crate::client::Client;

impl Client {
    /// Downloads the file of an archive that is available; [`wait`](Self::wait) until it is.
    ///
    /// Takes an archive as last read, whose link is then tried first, or the id of one.
    ///
    /// - Breaks are healed: the rest is requested with `Range`, and joined to what is there only
    ///   under a strong `ETag`, if the service's checksum will prove the whole, or after the
    ///   beginning was compared.
    /// - A link is valid for ten minutes: when it has expired, the archive is read again for
    ///   another.
    /// - Size and SHA-256 are compared with what the service says, where it says so; nothing beyond
    ///   the size is ever written.
    /// - The link leads to another host than the API's, so no credentials are sent there. It is not
    ///   followed to this machine unless the API is on this machine, nor over plain HTTP unless
    ///   [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) was set.
    /// - There is no limit to the time of the whole. Each pause is limited by the client's attempt
    ///   timeout, and over that time there must be
    ///   [1 KiB a second](Download::least_bytes_per_second) on average.
    ///
    /// ```no_run
    /// # use vonage_video_core::models::Archive;
    /// # use vonage_video_http::{Client, DownloadError};
    /// # async fn run(video: Client, archive: Archive) -> Result<(), DownloadError> {
    /// let done = video.download(&archive).to_file("lesson.mp4").await?;
    /// println!("{} bytes", done.bytes);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("downloadArchive", "recording", "file"))]
    pub fn download(&self, archive: impl Into<DownloadSource>) -> Download {
        Download {
            client: self.clone(),
            source: archive.into(),
            observer: None,
            offset: 0,
            ranges: 1,
            resumable: false,
            least_bytes_per_second: LEAST_BYTES_PER_SECOND,
        }
    }
}

/// A download that is about to be made. From [`Client::download`].
#[must_use = "nothing is downloaded before a destination is given, as with `to_file`"]
pub struct Download {
    client: Client,
    source: DownloadSource,
    observer: Option<OnProgress>,
    offset: u64,
    ranges: usize,
    resumable: bool,
    least_bytes_per_second: u64,
}

/// Less than this, for as long as an attempt may take, counts as a broken connection.
const LEAST_BYTES_PER_SECOND: u64 = 1 << 10;

impl Download {
    /// Calls `observer` after each piece. It must be quick.
    pub fn on_progress(
        mut self,
        observer: impl Fn(DownloadProgress) + Send + Sync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Leaves out the first `offset` bytes. What follows cannot be compared with the service's
    /// SHA-256, which is of the whole.
    pub fn from(mut self, offset: u64) -> Self {
        self.offset = offset;
        self
    }

    /// Sets the least throughput, 1 KiB a second unless set; 0 for none. A connection that is
    /// slower, over the client's attempt timeout, counts as broken.
    pub fn least_bytes_per_second(mut self, least: u64) -> Self {
        self.least_bytes_per_second = least;
        self
    }

    /// Has [`to_file`](Self::to_file) request up to `ranges` ranges at once, at most 16 and of 1
    /// MiB or more each. Where the host does not let them be put together safely, they are
    /// downloaded one after the other; so are resumable downloads.
    pub fn parallel(mut self, ranges: usize) -> Self {
        self.ranges = ranges;
        self
    }

    /// Lets [`to_file`](Self::to_file) go on where an earlier run ended, even one that was killed.
    ///
    /// What was received is kept beside the file, as `.NAME.part`, with a note in `.NAME.part.json`
    /// of the archive, its size, checksum and `ETag`. The next run goes on with it if it proves to
    /// belong to the same file, and starts over otherwise. It is locked until then: a second
    /// download of the same file fails. Errors that another run may heal leave it; when the
    /// download is complete, both are gone.
    ///
    /// ```no_run
    /// # use vonage_video_core::ArchiveId;
    /// # use vonage_video_http::{Client, DownloadError};
    /// # async fn run(video: Client, id: ArchiveId) -> Result<(), DownloadError> {
    /// video.download(&id).resumable().to_file("lesson.mp4").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resumable(mut self) -> Self {
        self.resumable = true;
        self
    }

    /// Downloads into a file. It is written under another name in the same folder, readable by its
    /// owner only, and gets its own when it is complete and verified. A regular file that had the
    /// name is replaced then; anything else is an error. When this fails or its future is dropped,
    /// nothing is left, unless it is [`resumable`](Self::resumable).
    ///
    /// # Errors
    ///
    /// See [`DownloadError`].
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<Downloaded, DownloadError> {
        let path = path.as_ref();
        let (ranges, whole) = (self.ranges, self.offset == 0);
        let resumable = self.resumable && whole;
        let transfer = self.start()?;
        if ranges > 1 && whole && !resumable {
            Box::pin(parallel::write(transfer, path, ranges)).await
        } else {
            Box::pin(file::write(transfer, path, resumable)).await
        }
    }

    /// Downloads into a writer, piece by piece. What was written is complete and verified only if
    /// this succeeds.
    ///
    /// ```no_run
    /// # use vonage_video_core::ArchiveId;
    /// # use vonage_video_http::{Client, DownloadError};
    /// # async fn run(video: Client, id: ArchiveId) -> Result<(), DownloadError> {
    /// let mut bytes = Vec::new();
    /// video.download(&id).to_writer(&mut bytes).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`DownloadError`]; [`Write`](DownloadError::Write) if the writer fails.
    pub async fn to_writer(
        self,
        mut writer: impl AsyncWrite + Unpin,
    ) -> Result<Downloaded, DownloadError> {
        let mut transfer = Box::new(self.start()?);
        while let Step::Piece(piece) = Box::pin(transfer.next()).await? {
            writer
                .write_all(&piece)
                .await
                .map_err(DownloadError::Write)?;
        }
        writer.flush().await.map_err(DownloadError::Write)?;
        Ok(transfer.done())
    }

    /// Downloads as pieces, in order. The last piece is followed by `None` only if the whole is
    /// complete and verified, by an error otherwise.
    ///
    /// # Errors
    ///
    /// It was called outside of a tokio runtime.
    pub fn stream(self) -> Result<DownloadStream, DownloadError> {
        Ok(DownloadStream::new(self.start()?))
    }

    fn start(self) -> Result<Transfer, Error> {
        self.client.inner().check_runtime()?;
        let settings = Settings {
            client: self.client,
            source: self.source,
            observer: self.observer,
            least_bytes_per_second: self.least_bytes_per_second,
        };
        Ok(Transfer::new(settings, Span::from(self.offset)))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("archive", &self.source.id)
            .finish_non_exhaustive()
    }
}
