//! Waiting for something to become what it was made for.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use vonage_video_core::{
    Error, ErrorKind, Operation,
    models::{ArchiveStatus, Broadcast, BroadcastStatus, HlsStatus, RenderStatus, RtmpStatus},
    operations::{GetArchive, GetBroadcast, GetRender},
};

use crate::client::Client;

const WITHIN: Duration = Duration::from_secs(600);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

impl Client {
    /// Waits until an archive is available or uploaded, a broadcast can be watched, or an Experience Composer has started; see [`Waitable`].
    ///
    /// It reads the state at once, then after half a second, then after pauses that grow to 10 s. A call that fails for a passing reason is no reason to
    /// stop. Dropping the future stops it and leaves nothing behind.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use vonage_video_core::models::Archive;
    /// # async fn run(video: vonage_video_http::Client, archive: Archive) -> Result<(), vonage_video_http::WaitError> {
    /// let archive = video.wait(archive.refresh()).within(Duration::from_secs(120)).await?;
    /// println!("{:?}", archive.url);
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait<O: Waitable>(&self, operation: O) -> Wait<O> {
        Wait {
            client: self.clone(),
            operation,
            within: WITHIN,
        }
    }
}

/// Operations that read something which becomes something.
///
/// | operation | until | fails when |
/// |---|---|---|
/// | [`GetArchive`] | `available` or `uploaded` | `failed`, `expired` or `deleted` |
/// | [`GetBroadcast`] | its HLS stream, if it has one, and one of its RTMP streams, if it has any, are `live` | it is `stopped` or `failed`, or its HLS stream is, or all its RTMP streams are |
/// | [`GetRender`] | `started` | `stopped` or `failed` |
pub trait Waitable: Operation {
    /// How far it is.
    fn readiness(output: &Self::Output) -> Readiness;
}

/// How far something is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Readiness {
    /// It has become what it was made for.
    Ready,
    /// Not yet.
    Pending,
    /// It never will.
    Failed {
        /// What it has become instead, as in "the archive is expired".
        instead: String,
    },
}

impl Waitable for GetArchive {
    fn readiness(archive: &Self::Output) -> Readiness {
        match &archive.status {
            ArchiveStatus::Available | ArchiveStatus::Uploaded => Readiness::Ready,
            status @ (ArchiveStatus::Failed | ArchiveStatus::Expired | ArchiveStatus::Deleted) => {
                let reason = archive.reason.as_ref().map(ToString::to_string);
                failed("archive", status, reason)
            }
            _ => Readiness::Pending,
        }
    }
}

impl Waitable for GetBroadcast {
    fn readiness(broadcast: &Broadcast) -> Readiness {
        let status = &broadcast.status;
        if matches!(status, BroadcastStatus::Stopped | BroadcastStatus::Failed) {
            return failed("broadcast", status, broadcast.reason.clone());
        }
        let Some(urls) = &broadcast.urls else {
            return Readiness::Pending;
        };
        match &urls.hls_status {
            Some(status @ (HlsStatus::Ended | HlsStatus::Failed)) => {
                return failed("broadcast's HLS stream", status, None);
            }
            Some(HlsStatus::Live) => {}
            Some(_) => return Readiness::Pending,
            // The answer may be without it although there is a playlist.
            None if urls.hls.is_some() => return Readiness::Pending,
            None => {}
        }
        let rtmp = |wanted: RtmpStatus| urls.rtmp.iter().filter(move |to| to.status == wanted);
        if urls.rtmp.is_empty() || rtmp(RtmpStatus::Live).next().is_some() {
            Readiness::Ready
        } else if rtmp(RtmpStatus::Failed).count() == urls.rtmp.len() {
            failed("broadcast to every RTMP server", RtmpStatus::Failed, None)
        } else {
            Readiness::Pending
        }
    }
}

impl Waitable for GetRender {
    fn readiness(render: &Self::Output) -> Readiness {
        match &render.status {
            RenderStatus::Started => Readiness::Ready,
            status @ (RenderStatus::Stopped | RenderStatus::Failed) => {
                let reason = render.reason.as_ref().map(ToString::to_string);
                failed("Experience Composer", status, reason)
            }
            _ => Readiness::Pending,
        }
    }
}

fn failed(what: &str, status: impl fmt::Display, reason: Option<String>) -> Readiness {
    let mut instead = format!("the {what} is {status}");
    if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
        instead.push_str(" (");
        instead.extend(reason.chars().filter(|c| !c.is_control()).take(200));
        instead.push(')');
    }
    Readiness::Failed { instead }
}

/// A wait that begins when it is awaited. From [`Client::wait`].
#[must_use = "nothing is waited for before it is awaited"]
#[derive(Debug)]
pub struct Wait<O> {
    client: Client,
    operation: O,
    within: Duration,
}

impl<O: Waitable> Wait<O> {
    /// How long to wait: 10 minutes unless set.
    pub fn within(mut self, limit: Duration) -> Self {
        self.within = limit;
        self
    }

    async fn run(self) -> Result<O::Output, WaitError> {
        let client = self.client.inner();
        client.check_runtime()?;
        let time = &client.shared.time;
        let start = time.elapsed();
        let mut pause = FIRST_PAUSE;
        loop {
            let left = self.within.saturating_sub(time.since(start));
            let usual = client.shared.deadlines.total;
            let outcome = self
                .client
                .send(self.operation.clone())
                .timeout(usual.min(left))
                .await;
            let last = match outcome {
                Ok(output) => match O::readiness(&output) {
                    Readiness::Ready => return Ok(output),
                    Readiness::Failed { instead } => return Err(WaitError::Failed { instead }),
                    Readiness::Pending => None,
                },
                Err(error) if passes(&error) => Some(error),
                Err(error) => return Err(WaitError::Call(error)),
            };
            let left = self.within.saturating_sub(time.since(start));
            // Up to a tenth more, so that many waiters do not ask in step.
            let wait = pause.mul_f64(1.0 + time.jitter().clamp(0.0, 1.0) / 10.0);
            if wait >= left {
                return Err(WaitError::TimedOut {
                    within: self.within,
                    last,
                });
            }
            time.sleep(wait).await;
            pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
        }
    }
}

/// Whether a failure may be over by the next time.
fn passes(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout(_) | ErrorKind::Transport => true,
        ErrorKind::Api(api) => api.status.is_server_error() || error.is_rate_limited(),
        _ => false,
    }
}

impl<O: Waitable> IntoFuture for Wait<O> {
    type Output = Result<O::Output, WaitError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Why a wait ended without what was waited for.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError {
    /// It will never be.
    Failed {
        /// What it is instead, as in "the archive is expired".
        instead: String,
    },
    /// It was not in time.
    TimedOut {
        /// How long was waited.
        within: Duration,
        /// The failure of the last call, if that did fail.
        last: Option<Error>,
    },
    /// It cannot be read.
    Call(Error),
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { instead } => write!(f, "waiting is over: {instead}"),
            Self::TimedOut { within, .. } => write!(f, "not done within {within:?}"),
            Self::Call(error) => write!(f, "cannot see how far it is: {error}"),
        }
    }
}

impl std::error::Error for WaitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { .. } => None,
            Self::TimedOut { last, .. } => last.as_ref().map(|error| error as _),
            Self::Call(error) => std::error::Error::source(error),
        }
    }
}

impl From<Error> for WaitError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}
