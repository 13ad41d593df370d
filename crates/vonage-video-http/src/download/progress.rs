//! How far a download is.

use std::sync::Arc;

/// Receives a download's progress.
pub(super) type OnProgress = Arc<dyn Fn(DownloadProgress) + Send + Sync>;

/// How far a download is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadProgress {
    /// Bytes of the file that are there, from its beginning or, with
    /// [`from`](super::Download::from), from the beginning of what was left out.
    pub bytes: u64,
    /// Bytes in all, as soon as that is known.
    pub total: Option<u64>,
}
