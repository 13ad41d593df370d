//! Several ranges of a file at once.

use std::{
    fs,
    future::{Future, poll_fn},
    io::{Seek, SeekFrom, Write},
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::Poll,
};

use super::{
    downloaded::Downloaded,
    error::DownloadError,
    file::{self, nonce},
    part::{self, Part, blocking},
    progress::{DownloadProgress, OnProgress},
    span::Span,
    transfer::{Step, Transfer},
};

/// Ranges are not made smaller than this.
const LEAST_RANGE: u64 = 1 << 20;

/// More ranges than these bring nothing.
const MOST_RANGES: u64 = 16;

/// Downloads `ranges` ranges at once, where the file's host lets them be put together; otherwise
/// one after the other.
pub(super) async fn write(
    mut transfer: Transfer,
    path: &Path,
    ranges: usize,
) -> Result<Downloaded, DownloadError> {
    transfer.begin().await?;
    let total = transfer.total().unwrap_or(0);
    let most = (total / LEAST_RANGE).min(MOST_RANGES);
    let ranges = u64::try_from(ranges).unwrap_or(u64::MAX).min(most);
    if ranges < 2 || !transfer.can_join() {
        return file::write(transfer, path, false).await;
    }
    let (part, first) = Part::passing(path, nonce(&transfer)).await?;
    first.set_len(total).map_err(|error| part.error(error))?;
    let progress = transfer.observer().map(|observer| Progress {
        observer,
        received: Arc::default(),
        total,
    });
    let checksum = transfer.checksum();
    let size = total.div_ceil(ranges);
    let mut parts = Vec::new();
    let mut start = size;
    while start < total {
        let end = (start + size).min(total);
        let observer = progress.as_ref().map(|progress| progress.of(start));
        parts.push((transfer.beside(Span::between(start, end), observer), start));
        start = end;
    }
    transfer.end_at(size, progress.as_ref().map(|progress| progress.of(0)));
    parts.insert(0, (transfer, 0));
    let requests = all(parts
        .into_iter()
        .map(|(transfer, start)| receive(transfer, &part, start)))
    .await?;
    let summed = part.path().to_owned();
    let (bytes, sha256) = blocking(move || {
        first.sync_all()?;
        part::sum(&summed)
    })
    .await
    .map_err(|error| part.error(error))?;
    if bytes != total {
        return Err(DownloadError::Size {
            expected: total,
            got: bytes,
        });
    }
    if let Some(expected) = checksum.sha256().filter(|expected| **expected != sha256) {
        return Err(DownloadError::Checksum {
            expected: expected.to_owned(),
            got: sha256,
        });
    }
    part.keep(path)?;
    Ok(Downloaded::new(
        bytes,
        sha256,
        true,
        checksum,
        requests.into_iter().sum(),
    ))
}

/// Writes one range to its place.
async fn receive(mut transfer: Transfer, part: &Part, start: u64) -> Result<u32, DownloadError> {
    let path = part.path().to_owned();
    let opened = blocking(move || {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        file.seek(SeekFrom::Start(start)).map(|_| file)
    });
    let failed = |error| part.error(error);
    let mut file = opened.await.map_err(failed)?;
    let mut batch = Vec::new();
    let mut size = 0;
    loop {
        let step = transfer.next().await?;
        let done = matches!(step, Step::Done);
        if let Step::Piece(piece) = step {
            size += piece.len();
            batch.push(piece);
        }
        if size >= file::BATCH || (done && size > 0) {
            let pieces = std::mem::take(&mut batch);
            size = 0;
            let written = blocking(move || {
                pieces
                    .iter()
                    .try_for_each(|piece| file.write_all(piece))
                    .map(|()| file)
            });
            file = written.await.map_err(failed)?;
        }
        if done {
            return Ok(transfer.requests());
        }
    }
}

/// Waits for all, or for the first that fails.
async fn all<F>(futures: impl Iterator<Item = F>) -> Result<Vec<u32>, DownloadError>
where
    F: Future<Output = Result<u32, DownloadError>>,
{
    let mut running: Vec<Pin<Box<F>>> = futures.map(Box::pin).collect();
    let mut done = Vec::with_capacity(running.len());
    poll_fn(move |cx| {
        let mut index = 0;
        while let Some(future) = running.get_mut(index) {
            match future.as_mut().poll(cx) {
                Poll::Pending => index += 1,
                Poll::Ready(Ok(value)) => {
                    done.push(value);
                    drop(running.swap_remove(index));
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            }
        }
        if running.is_empty() {
            Poll::Ready(Ok(std::mem::take(&mut done)))
        } else {
            Poll::Pending
        }
    })
    .await
}

/// Adds up what the ranges have received.
struct Progress {
    observer: OnProgress,
    received: Arc<AtomicU64>,
    total: u64,
}

impl Progress {
    /// The observer of the range that begins at `start`.
    fn of(&self, start: u64) -> OnProgress {
        let (observer, received) = (Arc::clone(&self.observer), Arc::clone(&self.received));
        let total = Some(self.total);
        let before = AtomicU64::new(start);
        Arc::new(move |progress: DownloadProgress| {
            let new = progress.bytes - before.swap(progress.bytes, Ordering::AcqRel);
            let bytes = received.fetch_add(new, Ordering::AcqRel) + new;
            observer(DownloadProgress { bytes, total });
        })
    }
}
