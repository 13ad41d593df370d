//! Polls something until it is ready.

mod error;

use std::{
    fmt,
    future::{Future, IntoFuture, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::Duration,
};

use vonage_video_core::{
    Error, IntoWaitable, Operation, Place, Readiness, Waitable, shared::backoff,
};

pub use error::WaitError;

use crate::client::Client;

const WITHIN: Duration = Duration::from_secs(600);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The pause between reads when a [`WakeSource`] announces changes.
const PAUSE_WITH_WAKE_SOURCE: Duration = Duration::from_secs(60);

impl Client {
    /// Waits until an archive is available or uploaded, a broadcast can be watched, or an
    /// Experience Composer has started; see [`Waitable`].
    ///
    /// The state is read at once, after half a second, after pauses that grow to 10 s, and a last
    /// time when the [timeout](Wait::within) of 10 minutes is reached. Failures that may pass do
    /// not end the wait. Dropping the future ends it and leaves nothing behind.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use vonage_video_core::models::Archive;
    /// # use vonage_video_http::{Client, WaitError};
    /// # async fn run(video: Client, archive: Archive) -> Result<(), WaitError<Archive>> {
    /// let archive = video.wait(&archive).within(Duration::from_secs(120)).await?;
    /// println!("{:?}", archive.url);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("poll", "waiter", "await_condition"))]
    pub fn wait<W: IntoWaitable>(&self, what: W) -> Wait<W::Operation> {
        self.polling(what.into_waitable(), W::Operation::readiness)
    }

    /// Repeats an operation that reads something until `condition` holds for what it returns.
    ///
    /// The pauses, the timeout and the handling of failures are those of [`wait`](Self::wait).
    ///
    /// ```no_run
    /// # use vonage_video_core::{SessionId, operations::ListConnections};
    /// # use vonage_video_http::Client;
    /// # type Outcome = Result<(), Box<dyn std::error::Error>>;
    /// # async fn run(video: Client, session: SessionId) -> Outcome {
    /// // Until somebody is there.
    /// let connections = video
    ///     .wait_until(ListConnections::new(&session), |list| !list.items.is_empty())
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("poll", "waiter", "await_condition"))]
    pub fn wait_until<O: Operation>(
        &self,
        operation: O,
        mut condition: impl FnMut(&O::Output) -> bool + Send + 'static,
    ) -> Wait<O> {
        self.polling(operation, move |output| match condition(output) {
            true => Readiness::Ready,
            false => Readiness::Pending {
                state: String::new(),
            },
        })
    }

    fn polling<O: Operation>(
        &self,
        operation: O,
        readiness: impl FnMut(&O::Output) -> Readiness + Send + 'static,
    ) -> Wait<O> {
        Wait {
            client: self.clone(),
            operation,
            readiness: Box::new(readiness),
            within: WITHIN,
            longest_pause: None,
            wake_source: None,
        }
    }
}

/// Announces that something may have changed, so that a [`Wait`] reads it at once.
pub trait WakeSource: Send + Sync + 'static {
    /// Begins to listen for what is about one of `ids`: those in the path of the operation that is
    /// waited for, such as that of an archive or a session. Without any, for everything. The future
    /// ends with the first announcement after this call.
    fn listen(&self, ids: &[String]) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// How far something is, by what was read of it.
type Judge<T> = Box<dyn FnMut(&T) -> Readiness + Send>;

/// A wait that starts when it is awaited. From [`Client::wait`] and [`Client::wait_until`].
///
/// A `Wait` is an [`IntoFuture`], not a future: `.await` converts it; for `tokio::spawn` and the
/// like, call [`into_future`](IntoFuture::into_future).
#[must_use = "nothing is waited for before it is awaited"]
pub struct Wait<O: Operation> {
    client: Client,
    operation: O,
    readiness: Judge<O::Output>,
    within: Duration,
    longest_pause: Option<Duration>,
    wake_source: Option<Arc<dyn WakeSource>>,
}

impl<O: Operation> Wait<O> {
    /// Sets the timeout of the wait: 10 minutes unless set. The last read starts when the timeout
    /// is reached.
    pub fn within(mut self, timeout: Duration) -> Self {
        self.within = timeout;
        self
    }

    /// Sets the longest pause between two reads: 10 s unless set, 60 s with a
    /// [`WakeSource`](Self::woken_by).
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = Some(pause);
        self
    }

    /// Reads at once when `source` announces a change, and rarely otherwise.
    ///
    /// ```no_run
    /// # use vonage_video_core::models::Archive;
    /// # use vonage_video_http::{Client, WaitError, WakeSource};
    /// # type Outcome = Result<(), WaitError<Archive>>;
    /// # async fn run<W>(video: Client, archive: Archive, webhooks: W) -> Outcome
    /// # where
    /// #     W: WakeSource + Clone,
    /// # {
    /// // `webhooks` is a `vonage_video::webhook::Webhooks`.
    /// let archive = video.wait(&archive).woken_by(&webhooks).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn woken_by(mut self, source: &(impl WakeSource + Clone)) -> Self {
        self.wake_source = Some(Arc::new(source.clone()));
        self
    }

    async fn run(mut self) -> Result<O::Output, WaitError<O::Output>> {
        let client = self.client.clone();
        let inner = client.inner();
        inner.check_runtime()?;
        let time = &inner.shared.time;
        let start = time.elapsed();
        let longest = self.longest_pause.unwrap_or(match self.wake_source {
            Some(_) => PAUSE_WITH_WAKE_SOURCE,
            None => LONGEST_PAUSE,
        });
        let first = match self.wake_source {
            Some(_) => longest,
            None => FIRST_PAUSE,
        };
        let ids = path_ids(&self.operation);
        let (mut reads, mut state, mut last_output) = (0, None, None);
        loop {
            // Before reading, so that a change just after the read is not missed.
            let wake = self.wake_source.as_ref().map(|source| source.listen(&ids));
            let remaining = self.within.saturating_sub(time.since(start));
            // The last read has an attempt's time, or it would fail before it is sent.
            let attempt = remaining.max(inner.shared.deadlines.attempt);
            let read = client
                .send(self.operation.clone())
                .timeout(inner.shared.deadlines.total.min(attempt));
            let last_error = match read.await {
                Ok(output) => match (self.readiness)(&output) {
                    Readiness::Ready => return Ok(output),
                    Readiness::Failed { state } => {
                        let output = Box::new(output);
                        return Err(WaitError::Failed { state, output });
                    }
                    pending => {
                        state = match pending {
                            Readiness::Pending { state } => {
                                Some(state).filter(|state: &String| !state.is_empty())
                            }
                            _ => None,
                        };
                        last_output = Some(Box::new(output));
                        None
                    }
                },
                Err(error) if may_pass(&error) => Some(error),
                Err(error) => return Err(WaitError::Call(error)),
            };
            let remaining = self.within.saturating_sub(time.since(start));
            if remaining.is_zero() {
                return Err(WaitError::TimedOut {
                    within: self.within,
                    state,
                    last_output,
                    last_error,
                });
            }
            reads += 1;
            // Up to a tenth more, so that many waiters do not read in step.
            let wait =
                backoff(first, longest, reads).mul_f64(1.0 + time.jitter().clamp(0.0, 1.0) / 10.0);
            let asked = last_error.as_ref().and_then(Error::retry_after);
            let mut sleep = pin!(time.sleep(wait.max(asked.unwrap_or_default()).min(remaining)));
            let mut wake = pin!(wake);
            poll_fn(|cx| {
                if let Some(wake) = wake.as_mut().as_pin_mut() {
                    if wake.poll(cx).is_ready() {
                        return Poll::Ready(());
                    }
                }
                sleep.as_mut().poll(cx)
            })
            .await;
        }
    }
}

/// The ids in an operation's path.
fn path_ids<O: Operation>(operation: &O) -> Vec<String> {
    let members = serde_json::to_value(operation).unwrap_or_default();
    let path = O::META
        .fields
        .iter()
        .filter(|field| field.place == Place::Path);
    path.filter_map(|field| Some(members.get(field.name)?.as_str()?.to_owned()))
        .collect()
}

/// Whether a failure may be over by the next read.
fn may_pass(error: &Error) -> bool {
    error.is_retryable()
        || error
            .status()
            .is_some_and(|status| status.is_server_error())
}

impl<O: Operation> IntoFuture for Wait<O> {
    type Output = Result<O::Output, WaitError<O::Output>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: Operation> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}
