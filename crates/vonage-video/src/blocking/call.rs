//! A request about to be sent.

use std::{fmt, future::IntoFuture, sync::Arc, time::Duration};

use serde::Serialize;
use vonage_video_core::{Error, Operation};
use vonage_video_http::{Raw, WithResponse};

use super::thread::Driver;

/// A request that [`run`](Self::run) sends. From [`Client::send`](super::Client::send) and
/// [`Client::request`](super::Client::request). The options are those of the async
/// [`Call`](crate::Call).
#[must_use = "nothing is sent before `run`"]
pub struct Call<R> {
    call: vonage_video_http::Call<R>,
    driver: Arc<Driver>,
}

impl<R> Call<R> {
    pub(super) fn new(call: vonage_video_http::Call<R>, driver: Arc<Driver>) -> Self {
        Self { call, driver }
    }

    fn map<S>(
        self,
        change: impl FnOnce(vonage_video_http::Call<R>) -> vonage_video_http::Call<S>,
    ) -> Call<S> {
        Call::new(change(self.call), self.driver)
    }

    /// Sends the request and blocks until the call is done.
    ///
    /// Returns what awaiting the async [`Call`](crate::Call) returns: the operation's output, or an
    /// [`ApiResponse`](crate::ApiResponse).
    ///
    /// # Errors
    ///
    /// As awaiting [`crate::Client::send`].
    pub fn run<T>(self) -> Result<T, Error>
    where
        T: Send + 'static,
        vonage_video_http::Call<R>: IntoFuture<Output = Result<T, Error>>,
        <vonage_video_http::Call<R> as IntoFuture>::IntoFuture: Send + 'static,
    {
        self.driver.run(self.call.into_future())
    }

    /// Limits the whole call: signing, all attempts, and the waits between them.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.map(|call| call.timeout(timeout))
    }

    /// Limits each attempt, to the last byte of its response.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.map(|call| call.attempt_timeout(timeout))
    }

    /// Limits the wait for a connection. A value above the client's own timeout has no effect.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.map(|call| call.connect_timeout(timeout))
    }

    /// Sets the number of attempts in all; 1 turns retries off.
    pub fn attempts(self, attempts: u32) -> Self {
        self.map(|call| call.attempts(attempts))
    }

    /// Allows the request to be sent again even if an earlier attempt may have taken effect.
    pub fn allow_replay(self) -> Self {
        self.map(vonage_video_http::Call::allow_replay)
    }

    /// Adds a header. Headers that sign and frame the request are reserved; setting one is an error
    /// of the call.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.map(|call| call.header(name, value))
    }
}

impl<O: Operation> Call<O> {
    /// Returns the whole [`ApiResponse`](crate::ApiResponse) instead of its value.
    pub fn with_response(self) -> Call<WithResponse<O>> {
        self.map(vonage_video_http::Call::with_response)
    }
}

impl Call<Raw> {
    /// Adds a parameter to the query.
    pub fn query(self, name: &str, value: impl fmt::Display) -> Self {
        self.map(|call| call.query(name, value))
    }

    /// Sets the body: a value that is serialized as JSON.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.map(|call| call.json(body))
    }
}

impl<R: fmt::Debug> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
