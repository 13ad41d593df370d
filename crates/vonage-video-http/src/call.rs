//! A request about to be sent, and its options.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use vonage_video_core::{Error, Operation, Replay, encode_at};

use crate::{
    client::Client, client_token, execute::Execution, options::Options, prepared::Description,
    response::ApiResponse,
};

/// The future behind [`Call`].
pub type CallFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl Client {
    /// Sends an operation. Nothing happens before the [`Call`] is awaited.
    ///
    /// # Errors
    ///
    /// Awaiting the call fails with an [`Error`], whose [`kind`](Error::kind) is what failed and
    /// whose [`sent`](Error::sent) is whether the request may have reached the server.
    pub fn send<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }
}

/// A request that is sent when this is awaited. From [`Client::send`] and [`Client::request`].
///
/// `R` is an operation, [`WithResponse`] of one, or [`Raw`](crate::Raw). The options set here apply
/// to this call alone. Dropping the future before it is done cancels the call: its connection
/// returns to the pool if nothing is outstanding on it, and is closed otherwise.
///
/// A `Call` is an [`IntoFuture`], not a future: `.await` and `tokio::select!` branches that await
/// it convert it, `tokio::spawn`, `JoinSet::spawn` and `join_all` want the future itself, which
/// [`into_future`](IntoFuture::into_future) returns.
///
/// ```no_run
/// # use std::{future::IntoFuture, time::Duration};
/// # use vonage_video_core::operations::StopArchive;
/// # async fn run(video: vonage_video_http::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let stopped = video.send(StopArchive::new("b40ef09b-3811-4726-b508-e41a0f96c68f"))
///     .timeout(Duration::from_secs(3))
///     .await?;
///
/// let stop = video.send(StopArchive::new("31ab0f39-5bd3-4e1a-a0f5-6d06b9d3f2b1"));
/// let stopped = tokio::spawn(stop.into_future()).await??;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before it is awaited"]
pub struct Call<R> {
    pub(crate) client: Client,
    pub(crate) request: R,
    pub(crate) options: Options,
}

impl<R> Call<R> {
    pub(crate) fn new(client: Client, request: R) -> Self {
        Self {
            client,
            request,
            options: Options::default(),
        }
    }

    /// Limits the whole call: signing, all attempts, and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.total = Some(timeout);
        self
    }

    /// Limits each attempt, to the last byte of its response.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt = Some(timeout);
        self
    }

    /// Limits the wait for a connection. A value above the client's own timeout has no effect.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect = Some(timeout);
        self
    }

    /// Sets the number of attempts in all; 1 turns retries off.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = Some(attempts);
        self
    }

    /// Allows the request to be sent again even if an earlier attempt may have taken effect: for
    /// callers who prefer twice to not at all.
    pub fn allow_replay(mut self) -> Self {
        self.options.replay = Some(Replay::Safe);
        self
    }

    /// Adds a header, such as `traceparent`. Headers that sign and frame the request are reserved;
    /// setting one is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options.header(name, value);
        self
    }
}

impl<O: Operation> Call<O> {
    /// Returns the whole [`ApiResponse`] instead of its value: status, headers and body too.
    pub fn with_response(self) -> Call<WithResponse<O>> {
        Call {
            client: self.client,
            request: WithResponse(self.request),
            options: self.options,
        }
    }

    fn begin(self) -> Result<Box<Execution>, Error> {
        let operation = self.request;
        Execution::begin(
            self.client,
            Description::of(O::META),
            &O::META.method,
            self.options,
            |principal| {
                principal.check(O::META)?;
                let project = principal.credentials().project();
                let request = encode_at(principal.base().as_str(), &operation, project)?;
                client_token::check(O::META, request.body())?;
                Ok(request)
            },
        )
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = CallFuture<O::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.begin()?.value(O::decode_output).await })
    }
}

/// An operation whose call returns the whole [`ApiResponse`]. From [`Call::with_response`].
#[derive(Clone, Debug, PartialEq)]
pub struct WithResponse<O>(O);

impl<O: Operation> IntoFuture for Call<WithResponse<O>> {
    type Output = Result<ApiResponse<O::Output>, Error>;
    type IntoFuture = CallFuture<ApiResponse<O::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        let call = Call {
            client: self.client,
            request: self.request.0,
            options: self.options,
        };
        Box::pin(async move { call.begin()?.response(O::decode_output).await })
    }
}

impl<R: fmt::Debug> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
