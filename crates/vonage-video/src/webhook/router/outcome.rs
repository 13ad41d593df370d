//! What became of a delivery, and the status to respond with.

use std::fmt;

use vonage_video_core::BoxError;

use crate::webhook::{ReceiveError, StoreError};

/// What became of a delivery. [`status`](Self::status) is the response's status.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// Its handlers ran.
    Handled,
    /// The event was handled before: this is a copy.
    AlreadyHandled,
    /// It is claimed, and its handlers will run.
    Claimed,
    /// It is not proved to be the service's, or cannot be read.
    Refused(ReceiveError),
    /// Its body is larger than the limit.
    TooLarge,
    /// Its body did not arrive whole, or not in time.
    Unreadable,
    /// It is not a POST.
    WrongMethod,
    /// The event is being handled, here or in another process.
    InProgress,
    /// The inbox or the presence store did not respond.
    StoreUnavailable(StoreError),
    /// A handler failed.
    Failed(BoxError),
    /// A handler panicked.
    Panicked,
    /// Too many deliveries are under way.
    Busy,
    /// The router shuts down.
    ShuttingDown,
}

impl Outcome {
    /// The HTTP status to respond with, and nothing else: the reasons are for you, not for a
    /// sender.
    pub fn status(&self) -> u16 {
        match self {
            Self::Handled | Self::AlreadyHandled | Self::Claimed => 200,
            Self::Refused(error) => error.status(),
            Self::TooLarge => 413,
            Self::WrongMethod => 405,
            Self::Unreadable
            | Self::InProgress
            | Self::StoreUnavailable(_)
            | Self::Failed(_)
            | Self::Panicked
            | Self::Busy
            | Self::ShuttingDown => 503,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handled => f.write_str("handled"),
            Self::AlreadyHandled => f.write_str("handled before"),
            Self::Claimed => f.write_str("claimed"),
            Self::Refused(error) => error.fmt(f),
            Self::TooLarge => f.write_str("the body is too large"),
            Self::Unreadable => f.write_str("the body did not arrive whole"),
            Self::WrongMethod => f.write_str("webhooks are sent by POST"),
            Self::InProgress => f.write_str("the event is being handled"),
            Self::StoreUnavailable(error) => error.fmt(f),
            Self::Failed(error) => write!(f, "a handler failed: {error}"),
            Self::Panicked => f.write_str("a handler panicked"),
            Self::Busy => f.write_str("too many deliveries are under way"),
            Self::ShuttingDown => f.write_str("shutting down"),
        }
    }
}
