//! Into a file, whole or not at all.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use tokio::io::AsyncWriteExt;

use super::{DownloadError, Downloaded, transfer::Transfer};

pub(super) async fn write(
    mut transfer: Transfer,
    path: &Path,
) -> Result<Downloaded, DownloadError> {
    let (partial, mut file) = Partial::create(path, transfer.nonce()).await?;
    while let Some(piece) = transfer.next().await? {
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    file.sync_all().await?;
    drop(file);
    partial.keep(path).await?;
    Ok(transfer.done())
}

/// A file under another name, which goes when this does.
struct Partial(PathBuf);

impl Partial {
    async fn create(path: &Path, nonce: u64) -> io::Result<(Self, tokio::fs::File)> {
        let Some(name) = path.file_name() else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path does not end in a file's name",
            ));
        };
        let mut other = OsString::from(".");
        other.push(name);
        other.push(format!(".{nonce:016x}.part"));
        let other = path.with_file_name(other);
        let file = tokio::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&other)
            .await?;
        Ok((Self(other), file))
    }

    async fn keep(self, path: &Path) -> io::Result<()> {
        tokio::fs::rename(&self.0, path).await?;
        std::mem::forget(self);
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // There is nobody to tell when this fails, and the name says what it is.
        let _ = fs::remove_file(&self.0);
    }
}
