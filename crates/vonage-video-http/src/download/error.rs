//! Why a download failed.

use std::{fmt, io, path::PathBuf};

use vonage_video_core::{ArchiveLocation, BoxError, Error, models::Archive};

/// Why a download failed. The file's name is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadError {
    /// The file is not made yet. [`Client::wait`](crate::Client::wait) waits for it.
    NotReady {
        /// The archive's status.
        status: String,
    },
    /// The file is in your own bucket or container. The service has no link to it.
    InYourStorage,
    /// There is no file, or none any more.
    Gone {
        /// The archive's status.
        status: String,
    },
    /// The archive cannot be read.
    Call(Error),
    /// The download URL is not usable.
    Link {
        /// What is wrong with it. The link itself is a secret.
        why: String,
    },
    /// The file's host does not give the file, or not to its end, though it was asked again and
    /// again.
    Transfer {
        /// Bytes received before it gave up.
        bytes: u64,
        /// The last reason.
        source: BoxError,
    },
    /// The file changed: the rest does not belong to the beginning that was received.
    Changed,
    /// The file's host encoded the file, though it was not asked to, so these are not its bytes.
    Encoded {
        /// The header `content-encoding`.
        encoding: String,
    },
    /// The file has another size than the service says.
    Size {
        /// Bytes that the service says.
        expected: u64,
        /// Bytes received.
        got: u64,
    },
    /// The file has another SHA-256 than the service says.
    Checksum {
        /// What the service says, in hex.
        expected: String,
        /// What was received, in hex.
        got: String,
    },
    /// The file cannot be written, or something that is not a regular file has its name.
    File {
        /// Where the file was to be.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The writer failed.
    Write(io::Error),
}

impl DownloadError {
    /// Why an archive has no link.
    pub(super) fn no_link(archive: &Archive) -> Self {
        let status = archive.status.to_string();
        match archive.location() {
            ArchiveLocation::Uploaded => Self::InYourStorage,
            ArchiveLocation::Gone | ArchiveLocation::Failed { .. } => Self::Gone { status },
            _ => Self::NotReady { status },
        }
    }
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady { status } => {
                write!(f, "the file is not made yet: the archive is {status}")
            }
            Self::InYourStorage => f.write_str(
                "the file is in your own storage: fetch it from your bucket or container",
            ),
            Self::Gone { status } => write!(f, "there is no file: the archive is {status}"),
            Self::Call(error) => write!(f, "the archive cannot be read: {error}"),
            Self::Link { why } => write!(f, "the link to the file cannot be followed: {why}"),
            Self::Transfer { bytes, .. } => {
                write!(f, "the transfer broke after {bytes} bytes, again and again")
            }
            Self::Changed => f.write_str("the file changed while it was downloaded"),
            Self::Size { expected, got } => {
                write!(f, "the file should have {expected} bytes, and has {got}")
            }
            Self::Checksum { expected, got } => {
                write!(f, "the file's SHA-256 should be {expected}, and is {got}")
            }
            Self::Encoded { encoding } => write!(
                f,
                "the file's host sent it compressed ({encoding}), which was not asked for"
            ),
            Self::File { path, .. } => write!(f, "cannot write {}", path.display()),
            Self::Write(_) => f.write_str("the writer failed"),
        }
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => std::error::Error::source(error),
            Self::Transfer { source, .. } => Some(&**source),
            Self::File { source, .. } | Self::Write(source) => Some(source),
            _ => None,
        }
    }
}

impl From<Error> for DownloadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}
