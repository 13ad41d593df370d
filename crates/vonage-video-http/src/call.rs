//! A call that is about to be made, and its options.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use vonage_video_core::{Error, Operation, Replay, encode};

use crate::{
    client::Client,
    execute::{Completed, Execution, PreparedRequest, execute},
    options::Options,
};

/// What awaiting a call awaits.
pub type CallFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// An operation that is sent when this is awaited.
///
/// Options set here hold for this call alone. Dropping the future before it is done cancels the call: its connection goes back to the pool if it is
/// clean, and is closed otherwise.
///
/// ```no_run
/// # use std::time::Duration;
/// # use vonage_video_core::operations::StopArchive;
/// # async fn run(video: vonage_video_http::Client) -> Result<(), vonage_video_core::Error> {
/// let stopped = video.send(StopArchive::new("b40ef09b-3811-4726-b508-e41a0f96c68f"))
///     .timeout(Duration::from_secs(3))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before it is awaited"]
pub struct Call<O> {
    client: Client,
    operation: O,
    options: Options,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        Self {
            client,
            operation,
            options: Options::default(),
        }
    }

    /// How long the call takes at most, with all its attempts and the waits between them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.total = Some(limit);
        self
    }

    /// How long one attempt takes at most, to the last byte of its answer.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.options.attempt = Some(limit);
        self
    }

    /// How long to wait for a connection. More than the client's own limit has no effect.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.options.connect = Some(limit);
        self
    }

    /// Attempts in all; 1 for no retries.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = Some(attempts);
        self
    }

    /// Lets the request be sent again even where it may have had its effect already: for a caller to whom twice is better than not at all.
    pub fn allow_replay(mut self) -> Self {
        self.options.replay = Some(Replay::Safe);
        self
    }

    /// Adds a header, such as `traceparent`. Those that sign and frame the request cannot be set; trying to is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options.header(name, value);
        self
    }

    /// Answers with status, headers and raw body beside the value.
    pub fn with_response(self) -> CallWithResponse<O> {
        CallWithResponse(self)
    }

    fn begin(self) -> Result<Execution, Error> {
        let meta = O::META;
        let identity = self.client.inner().current.get();
        identity.check(meta)?;
        let prepared = PreparedRequest {
            operation: meta.id,
            template: meta.path,
            replay: meta.replay,
            means_empty: |refusal| O::META.means_empty(refusal),
            request: encode(&self.operation, identity.credentials().project())?,
            options: self.options,
        };
        Execution::begin(self.client, identity, prepared)
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = CallFuture<O::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(execute(
            O::META.id,
            move || self.begin(),
            O::decode_output,
            |done| done.value,
        ))
    }
}

impl<O: fmt::Debug> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

/// A [`Call`] that answers with the whole [`ApiResponse`].
#[must_use = "nothing is sent before it is awaited"]
pub struct CallWithResponse<O>(Call<O>);

impl<O: Operation> IntoFuture for CallWithResponse<O> {
    type Output = Result<ApiResponse<O::Output>, Error>;
    type IntoFuture = CallFuture<ApiResponse<O::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(execute(
            O::META.id,
            move || self.0.begin(),
            O::decode_output,
            ApiResponse::from,
        ))
    }
}

impl<O: fmt::Debug> fmt::Debug for CallWithResponse<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the server answered, read and raw.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiResponse<T> {
    /// The answer, read.
    pub value: T,
    /// The status: a 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// Attempts made.
    pub attempts: u32,
    /// How long it took in all.
    pub elapsed: Duration,
}

impl<T> From<Completed<T>> for ApiResponse<T> {
    fn from(done: Completed<T>) -> Self {
        Self {
            value: done.value,
            status: done.received.status,
            headers: done.received.headers,
            body: done.received.body,
            attempts: done.attempts,
            elapsed: done.elapsed,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for ApiResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("value", &self.value)
            .field("status", &self.status.as_u16())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
