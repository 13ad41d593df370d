//! The file that a download is written to before it gets its name, and what is known of it.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use http::HeaderValue;
use ring::digest::{Context, SHA256, digest};
use serde::{Deserialize, Serialize};
use vonage_video_core::{models::Archive, shared::hex};

use super::{checksum::Checksum, error::DownloadError};

/// The longest name that leaves room for what is added, within the 255 bytes of most file systems.
const LONGEST_NAME: usize = 220;

/// A file beside the one that it becomes. Unless it is resumable, it goes when this does.
pub(super) struct Part {
    path: PathBuf,
    /// The file that it becomes, for errors.
    target: PathBuf,
    resumable: bool,
    done: AtomicBool,
}

/// What an earlier process left.
pub(super) struct Earlier {
    pub(super) bytes: u64,
    pub(super) hash: Context,
    pub(super) version: Option<HeaderValue>,
}

/// What a part must belong to, to be gone on with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    archive: String,
    size: u64,
    sha256: Option<String>,
    etag: Option<String>,
}

impl Part {
    /// A part under a name of its own. It is removed unless it is kept.
    pub(super) async fn passing(target: &Path, nonce: u64) -> Result<(Self, File), DownloadError> {
        let ending = format!(".{nonce:016x}.part");
        Self::open(target, &ending, false, |path| {
            let mut options = OpenOptions::new();
            private(options.write(true).read(true).create_new(true)).open(path)
        })
        .await
    }

    /// The part file of this target, whichever process began it. It is locked, and stays until it
    /// is complete.
    pub(super) async fn resumable(target: &Path) -> Result<(Self, File), DownloadError> {
        Self::open(target, ".part", true, |path| {
            if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "what stands under the name of its part is not a regular file",
                ));
            }
            let mut options = OpenOptions::new();
            let file =
                private(options.write(true).read(true).create(true).truncate(false)).open(path)?;
            // By its full name: later versions of the standard library have methods of similar
            // ones.
            match fs2::FileExt::try_lock_exclusive(&file) {
                Ok(()) => Ok(file),
                Err(error) if error.kind() == fs2::lock_contended_error().kind() => {
                    Err(io::Error::new(
                        io::ErrorKind::WouldBlock,
                        "another download of it is under way",
                    ))
                }
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn open(
        target: &Path,
        ending: &str,
        resumable: bool,
        open: fn(&Path) -> io::Result<File>,
    ) -> Result<(Self, File), DownloadError> {
        let failed = |error| DownloadError::File {
            path: target.to_owned(),
            source: error,
        };
        let Some(name) = target.file_name() else {
            return Err(failed(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path does not end in a file's name",
            )));
        };
        let part = Self {
            path: target.with_file_name(part_name(name, ending)),
            target: target.to_owned(),
            resumable,
            done: AtomicBool::new(false),
        };
        // The guard is made where the file is: the task that waits for both may be gone by then.
        blocking(move || {
            replaceable(&part.target)?;
            let file = open(&part.path).inspect_err(|_| {
                // Nothing was made here.
                part.done.store(true, Ordering::Relaxed);
            })?;
            Ok((part, file))
        })
        .await
        .map_err(failed)
    }

    pub(super) fn is_resumable(&self) -> bool {
        self.resumable
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn note_path(&self) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(".json");
        path.into()
    }

    pub(super) fn error(&self, source: io::Error) -> DownloadError {
        DownloadError::File {
            path: self.target.clone(),
            source,
        }
    }

    /// What an earlier process left of the same file, if that can be proved.
    pub(super) async fn earlier(
        &self,
        archive: &Archive,
        file: &File,
    ) -> Result<Option<Earlier>, DownloadError> {
        let Some(note) = Note::read(&self.note_path()) else {
            return Ok(None);
        };
        if !note.proves(&Note::new(archive, None)) {
            return Ok(None);
        }
        let mut file = file.try_clone().map_err(|error| self.error(error))?;
        let (bytes, hash) = blocking(move || hashed(&mut file))
            .await
            .map_err(|error| self.error(error))?;
        let fits = bytes > 0 && (archive.size == 0 || bytes <= archive.size);
        Ok(fits.then(|| Earlier {
            bytes,
            hash,
            version: note.etag.and_then(|etag| HeaderValue::try_from(etag).ok()),
        }))
    }

    /// Starts over.
    pub(super) fn empty(&self, file: &File) -> Result<(), DownloadError> {
        let _ = fs::remove_file(self.note_path());
        file.set_len(0)
            .and_then(|()| (&mut &*file).rewind())
            .map_err(|error| self.error(error))
    }

    /// Gives the file its name. Not on another thread: this cannot be stopped halfway.
    pub(super) fn keep(&self, target: &Path) -> Result<(), DownloadError> {
        replaceable(target)
            .and_then(|()| fs::rename(&self.path, target))
            .map_err(|error| self.error(error))?;
        self.done.store(true, Ordering::Relaxed);
        if self.resumable {
            let _ = fs::remove_file(self.note_path());
        }
        Ok(())
    }

    /// Removes what is of no use to anybody.
    pub(super) fn discard(&self) {
        if self.done.swap(true, Ordering::Relaxed) {
            return;
        }
        // There is nobody to tell when this fails, and the name says what it is.
        let _ = fs::remove_file(&self.path);
        if self.resumable {
            let _ = fs::remove_file(self.note_path());
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.resumable {
            self.discard();
        }
    }
}

impl Note {
    pub(super) fn new(archive: &Archive, version: Option<&HeaderValue>) -> Self {
        let checksum = Checksum::read(archive.sha256sum.as_deref());
        Self {
            archive: archive.id.to_string(),
            size: archive.size,
            sha256: checksum.sha256().map(str::to_owned),
            etag: version
                .and_then(|version| version.to_str().ok())
                .map(str::to_owned),
        }
    }

    fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        private(options.write(true).create(true).truncate(true))
            .open(path)?
            .write_all(&serde_json::to_vec(self)?)
    }

    /// Whether the part that this describes belongs to the file that `now` describes, or can be
    /// proved to by the next response or in the end.
    fn proves(&self, now: &Self) -> bool {
        self.archive == now.archive
            && self.size == now.size
            && self.sha256 == now.sha256
            && (self.sha256.is_some() || self.etag.is_some())
    }
}

/// Does something that may block on a thread that may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::from)
        .and_then(|outcome| outcome)
}

/// Only a regular file is replaced: neither a folder nor a device, a pipe or a link.
fn replaceable(target: &Path) -> io::Result<()> {
    match fs::symlink_metadata(target) {
        Ok(found) if !found.is_file() => Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "something that is not a regular file has this name",
        )),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn hashed(file: &mut File) -> io::Result<(u64, Context)> {
    let mut hash = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    file.rewind()?;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, hash)),
            read => {
                hash.update(buffer.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
        }
    }
}

/// The SHA-256 and the size of a file.
pub(super) fn sum(path: &Path) -> io::Result<(u64, String)> {
    let (bytes, hash) = hashed(&mut File::open(path)?)?;
    Ok((bytes, hex(hash.finish().as_ref())))
}

/// `.` and the name with an ending, or its hash where it is too long for that.
fn part_name(name: &OsStr, ending: &str) -> OsString {
    let mut part = OsString::from(".");
    if name.len() <= LONGEST_NAME {
        part.push(name);
    } else {
        let sum = digest(&SHA256, name.as_encoded_bytes());
        part.push(hex(sum.as_ref()));
    }
    part.push(ending);
    part
}

/// A recording is nobody else's business.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
