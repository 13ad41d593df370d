//! Why a store did not do what it was asked.

use std::fmt;

use vonage_video_core::BoxError;

/// Why a store, such as an [`Inbox`](super::Inbox), did not do what it was asked: it cannot be
/// reached, it is full, or what it holds cannot be read.
#[derive(Debug)]
pub struct StoreError {
    what: String,
    cause: Option<BoxError>,
}

impl StoreError {
    /// An error with a message: what failed, without its cause.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cause: None,
        }
    }

    /// Adds the cause, which [`source`](std::error::Error::source) returns.
    #[must_use]
    pub fn because(mut self, cause: impl Into<BoxError>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause.as_ref() as _)
    }
}
