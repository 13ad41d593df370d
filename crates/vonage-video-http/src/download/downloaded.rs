//! What a completed download was.

use super::checksum::Checksum;
use crate::trace::TARGET;

/// The outcome of a download that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Downloaded {
    /// Bytes downloaded: the size of the file, without what [`from`](super::Download::from) left
    /// out.
    pub bytes: u64,
    /// Their SHA-256, in hex.
    pub sha256: String,
    /// Whether the SHA-256 was compared with the service's: it stated one, in hex or Base64, and
    /// the whole file was downloaded.
    pub verified: bool,
    /// What the service stated as SHA-256, if that is neither hex nor Base64 of one, so that it was
    /// not compared.
    pub unknown_checksum: Option<String>,
    /// Requests for the file: more than one when the transfer broke, the link expired or several
    /// ranges were requested at once.
    pub requests: u32,
}

impl Downloaded {
    pub(super) fn new(
        bytes: u64,
        sha256: String,
        is_whole: bool,
        checksum: Checksum,
        requests: u32,
    ) -> Self {
        Self {
            bytes,
            sha256,
            verified: is_whole && checksum.sha256().is_some(),
            unknown_checksum: match checksum {
                Checksum::Unknown(text) => {
                    tracing::warn!(target: TARGET, checksum = %text, "the archive's checksum is not a SHA-256");
                    Some(text)
                }
                Checksum::None | Checksum::Sha256(_) => None,
            },
            requests,
        }
    }
}
