//! A hook for metrics.

use std::time::Duration;

use http::StatusCode;
use vonage_video_core::Error;

/// Is told about attempts and calls as they end: a hook for metrics of any kind. Set with [`ClientBuilder::observer`](crate::ClientBuilder::observer).
///
/// It is called on the task that makes the call, so it must be quick. A call whose future is dropped is not reported.
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
pub trait Observer: Send + Sync + 'static {
    /// An attempt has ended. `report.retry_after` says whether another follows.
    fn attempt(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// A call has ended, with success or for good. One that was refused before it began, for a limit that it breaks or a setting, is not told.
    fn call(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

/// How an attempt went.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The operation, such as `start_archive`; `request` for a request by hand.
    pub operation: &'static str,
    /// Which attempt, from 1. An attempt that is signed anew because of a wrong clock keeps its number.
    pub attempt: u32,
    /// The status of the answer, if there was one.
    pub status: Option<StatusCode>,
    /// Why it failed.
    pub error: Option<&'a Error>,
    /// The wait before the next attempt; `None` when this was the last.
    pub retry_after: Option<Duration>,
    /// How long it took.
    pub duration: Duration,
}

/// How a call went.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation, such as `start_archive`; `request` for a request by hand.
    pub operation: &'static str,
    /// The status of the last answer, if there was one.
    pub status: Option<StatusCode>,
    /// The server's name for the exchange, if it gave one.
    pub request_id: Option<&'a str>,
    /// Why it failed.
    pub error: Option<&'a Error>,
    /// Attempts made; 0 when the first could not be signed, or its turn would have come too late.
    pub attempts: u32,
    /// How long it took in all.
    pub duration: Duration,
}
