//! Downloads into a file, whole or not at all.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use bytes::Bytes;
use ring::digest::Context;
use tokio::task::JoinHandle;

use super::{
    downloaded::Downloaded,
    error::DownloadError,
    part::{Note, Part, blocking},
    transfer::{Step, Transfer},
};

/// The size of a batch, in bytes.
pub(super) const BATCH: usize = 1 << 20;

/// Downloads into a part file beside `path`, which takes its place in the end.
pub(super) async fn write(
    mut transfer: Transfer,
    path: &Path,
    resumable: bool,
) -> Result<Downloaded, DownloadError> {
    let (part, mut file) = if resumable {
        let (part, file) = Part::resumable(path).await?;
        let archive = transfer.archive().await?.clone();
        if let Some(earlier) = part.earlier(&archive, &file).await? {
            transfer.inherit(earlier.bytes, earlier.hash, earlier.version);
        } else {
            part.empty(&file)?;
        }
        (part, Output::new(file, &mut transfer, Some(archive)))
    } else {
        let (part, file) = Part::passing(path, nonce(&transfer)).await?;
        (part, Output::new(file, &mut transfer, None))
    };
    let outcome = receive(&mut transfer, &part, &mut file).await;
    let outcome = match outcome {
        Ok(()) => file.sync(&part).await,
        error => error,
    };
    match outcome {
        Ok(()) => part.keep(path)?,
        Err(error) => {
            if !is_passing(&error) {
                part.discard();
            }
            return Err(error);
        }
    }
    Ok(transfer.done())
}

async fn receive(
    transfer: &mut Transfer,
    part: &Part,
    output: &mut Output,
) -> Result<(), DownloadError> {
    loop {
        match transfer.next().await {
            Ok(Step::Piece(piece)) => output.push(transfer, part, piece).await?,
            Ok(Step::Settle) => {
                output.flush(transfer, part).await?;
                output.settle(transfer, part).await?;
            }
            Ok(Step::Restart) => {
                output.abandon().await;
                part.empty(&output.handle(part)?)?;
                output.hash = Some(transfer.lend_hash());
            }
            Ok(Step::Done) => return Ok(()),
            Err(error) => {
                // What came before the error is worth keeping, where it can be used again.
                if part.is_resumable() && is_passing(&error) {
                    output.flush(transfer, part).await?;
                    output.settle(transfer, part).await?;
                }
                return Err(error);
            }
        }
    }
}

/// Whether another run may go on where this one failed.
fn is_passing(error: &DownloadError) -> bool {
    !matches!(
        error,
        DownloadError::Changed
            | DownloadError::Size { .. }
            | DownloadError::Checksum { .. }
            | DownloadError::Encoded { .. }
    )
}

/// A number that other downloads do not have, for a name.
pub(super) fn nonce(transfer: &Transfer) -> u64 {
    let jitter = transfer.client().inner().shared.time.jitter();
    jitter.to_bits() ^ u64::from(std::process::id()).rotate_left(32)
}

/// A file that is written, and its hash computed, on a thread that may block, while the next bytes
/// come.
struct Output {
    /// Away while a batch is written.
    file: Option<fs::File>,
    hash: Option<Context>,
    batch: Vec<Bytes>,
    size: usize,
    job: Option<JoinHandle<(fs::File, Context, io::Result<()>)>>,
    /// For a note beside the file, written before the first byte of a version.
    archive: Option<vonage_video_core::models::Archive>,
    noted: Option<Note>,
}

impl Output {
    fn new(
        file: fs::File,
        transfer: &mut Transfer,
        archive: Option<vonage_video_core::models::Archive>,
    ) -> Self {
        Self {
            file: Some(file),
            hash: Some(transfer.lend_hash()),
            batch: Vec::new(),
            size: 0,
            job: None,
            archive,
            noted: None,
        }
    }

    async fn push(
        &mut self,
        transfer: &mut Transfer,
        part: &Part,
        piece: Bytes,
    ) -> Result<(), DownloadError> {
        if self.hash.is_none() && self.job.is_none() {
            self.hash = Some(transfer.lend_hash());
        }
        self.size += piece.len();
        self.batch.push(piece);
        if self.size < BATCH {
            return Ok(());
        }
        self.flush(transfer, part).await
    }

    /// Begins to write the bytes received so far.
    async fn flush(&mut self, transfer: &mut Transfer, part: &Part) -> Result<(), DownloadError> {
        self.join(part).await?;
        if self.hash.is_none() {
            self.hash = Some(transfer.lend_hash());
        }
        let note = self.note(transfer);
        let (Some(mut file), Some(mut hash)) = (self.file.take(), self.hash.take()) else {
            return Err(part.error(io::Error::other("the file is not open")));
        };
        let batch = std::mem::take(&mut self.batch);
        self.size = 0;
        let note = note.map(|note| (note, part.note_path()));
        self.job = Some(tokio::task::spawn_blocking(move || {
            let outcome = note
                .map_or(Ok(()), |(note, path)| note.write(&path))
                .and_then(|()| {
                    batch.iter().try_for_each(|piece| {
                        hash.update(piece);
                        file.write_all(piece)
                    })
                });
            (file, hash, outcome)
        }));
        Ok(())
    }

    /// A note that is not beside the file yet.
    fn note(&mut self, transfer: &Transfer) -> Option<Note> {
        let note = Note::new(self.archive.as_ref()?, transfer.version());
        if self.noted.as_ref() == Some(&note) {
            return None;
        }
        self.noted = Some(note.clone());
        Some(note)
    }

    /// Waits for the batch that is being written.
    async fn join(&mut self, part: &Part) -> Result<(), DownloadError> {
        let Some(job) = &mut self.job else {
            return Ok(());
        };
        let (file, hash, outcome) = job.await.map_err(|error| part.error(error.into()))?;
        self.job = None;
        self.file = Some(file);
        self.hash = Some(hash);
        outcome.map_err(|error| part.error(error))
    }

    /// Waits until everything is written, and returns the hash.
    async fn settle(&mut self, transfer: &mut Transfer, part: &Part) -> Result<(), DownloadError> {
        self.join(part).await?;
        if let Some(hash) = self.hash.take() {
            transfer.return_hash(hash);
        }
        Ok(())
    }

    /// Discards the bytes that are not written yet.
    async fn abandon(&mut self) {
        if let Some(job) = self.job.take() {
            self.file = job.await.ok().map(|(file, ..)| file);
        }
        self.batch.clear();
        self.size = 0;
        self.noted = None;
    }

    fn handle(&self, part: &Part) -> Result<fs::File, DownloadError> {
        let file = self.file.as_ref().map(fs::File::try_clone);
        file.unwrap_or_else(|| Err(io::Error::other("the file is not open")))
            .map_err(|error| part.error(error))
    }

    /// Syncs the written bytes to the disk.
    async fn sync(&mut self, part: &Part) -> Result<(), DownloadError> {
        let file = self.handle(part)?;
        blocking(move || file.sync_all())
            .await
            .map_err(|error| part.error(error))
    }
}
