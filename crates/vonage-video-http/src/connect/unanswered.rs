//! What became of a request that has no response.

use http::Request;
use vonage_video_core::Error;

use crate::body::Body;

/// A request that has no response.
pub(super) enum Unanswered {
    /// It was not sent, and is here to be sent over another connection.
    Returned(Box<Request<Body>>),
    /// It is gone; the error says whether it was sent.
    Failed(Error),
}
