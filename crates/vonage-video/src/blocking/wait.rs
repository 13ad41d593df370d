//! A wait for something to become ready.

use std::{fmt, future::IntoFuture, sync::Arc, time::Duration};

use vonage_video_core::Operation;
use vonage_video_http::WaitError;

use super::thread::Driver;

/// A wait that [`run`](Self::run) starts. From [`Client::wait`](super::Client::wait) and
/// [`Client::wait_until`](super::Client::wait_until).
#[must_use = "nothing is waited for before `run`"]
pub struct Wait<O: Operation> {
    wait: vonage_video_http::Wait<O>,
    driver: Arc<Driver>,
}

impl<O: Operation> Wait<O> {
    pub(super) fn new(wait: vonage_video_http::Wait<O>, driver: Arc<Driver>) -> Self {
        Self { wait, driver }
    }

    /// Sets the timeout of the wait: 10 minutes unless set. The last read starts when the timeout
    /// is reached.
    pub fn within(mut self, timeout: Duration) -> Self {
        self.wait = self.wait.within(timeout);
        self
    }

    /// Sets the longest pause between two reads: 10 s unless set.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.wait = self.wait.longest_pause(pause);
        self
    }

    /// Blocks until the wait is over.
    ///
    /// # Errors
    ///
    /// As awaiting [`crate::Client::wait`].
    pub fn run(self) -> Result<O::Output, WaitError<O::Output>> {
        self.driver.run(self.wait.into_future())
    }
}

impl<O: Operation> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.wait.fmt(f)
    }
}
