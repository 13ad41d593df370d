//! What became of a request that has no response.

use vonage_video_core::Error;

/// A request that has no response.
pub(super) enum Unanswered {
    /// It was not sent, is back where it was, and may be sent over another connection.
    Returned,
    /// It is gone; the error says whether it was sent.
    Failed(Error),
}
