//! Why a download failed.

use std::{fmt, io};

use vonage_video_core::{ArchiveLocation, BoxError, Error, models::Archive};

/// Why a download failed. Nothing was left under the file's name.
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
    /// The link is none that can be followed.
    Link {
        /// What is wrong with it. The link itself is a secret.
        why: String,
    },
    /// The file's host does not give the file, or not to its end, though it was asked again and again.
    Transfer {
        /// Bytes received before it gave up.
        bytes: u64,
        /// The last reason.
        source: BoxError,
    },
    /// The file is not the one whose beginning was received.
    Changed,
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
    /// It cannot be written.
    File(io::Error),
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
                write!(f, "the transfer broke after {bytes} bytes, for good")
            }
            Self::Changed => f.write_str("the file changed while it was downloaded"),
            Self::Size { expected, got } => {
                write!(f, "the file should have {expected} bytes, and has {got}")
            }
            Self::Checksum { expected, got } => {
                write!(f, "the file's SHA-256 should be {expected}, and is {got}")
            }
            Self::File(_) => f.write_str("the file cannot be written"),
        }
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => std::error::Error::source(error),
            Self::Transfer { source, .. } => Some(&**source),
            Self::File(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for DownloadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for DownloadError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}
