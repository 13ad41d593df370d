//! Hooks for metrics.

use std::time::Duration;

use http::StatusCode;
use vonage_video_auth::Environment;
use vonage_video_core::Error;

/// Receives a report at the end of each attempt and of each call: a hook for metrics of any kind.
/// Add one with [`ClientBuilder::observer`](crate::ClientBuilder::observer); several are called in
/// the order in which they were added.
///
/// The methods run on the task that makes the call, so they must be quick. A call whose future is
/// dropped is not reported.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use vonage_video_http::{CallReport, Observer};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn call(&self, report: &CallReport<'_>) {
///         if report.error.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
#[doc(alias("metrics", "hook"))]
pub trait Observer: Send + Sync + 'static {
    /// An attempt has ended. `report.retry_after` says whether another follows.
    fn attempt(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// A call has succeeded or failed. A call that was refused before its first attempt, because
    /// the request or an option is invalid, is reported too, with no attempts.
    fn call(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

/// The outcome of an attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The operation, such as `start_archive`; `request` for a request built by hand.
    pub operation: &'static str,
    /// The number of the attempt, from 1. An attempt that is signed again because of a wrong clock
    /// keeps its number.
    pub attempt: u32,
    /// The status of the response, if there was one.
    pub status: Option<StatusCode>,
    /// Why it failed; `None` if it succeeded.
    pub error: Option<&'a Error>,
    /// The wait before the next attempt; `None` when this was the last.
    pub retry_after: Option<Duration>,
    /// The retries that are left in the client's [`RetryBudget`](crate::RetryBudget).
    pub retries_left: u32,
    /// How long it took.
    pub duration: Duration,
}

/// The outcome of a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation, such as `start_archive`; `request` for a request built by hand.
    pub operation: &'static str,
    /// The environment of the credentials.
    pub environment: Environment,
    /// The application id (Vonage) or API key (OpenTok) of the credentials.
    pub project: &'a str,
    /// The status of the last response, if there was one.
    pub status: Option<StatusCode>,
    /// The server's id of the exchange, if the response has one.
    pub request_id: Option<&'a str>,
    /// Why it failed; `None` if it succeeded.
    pub error: Option<&'a Error>,
    /// Attempts made; 0 when the request was refused, could not be signed, or its turn would have
    /// come too late.
    pub attempts: u32,
    /// How long it took in all.
    pub duration: Duration,
}
