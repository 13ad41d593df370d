//! Decides whether a failed attempt is retried, and when: a pure function.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    api_error::ApiError,
    backoff::backoff,
    error::{Error, ErrorKind, Phase},
    operation::Replay,
};

/// How many attempts a call makes and how long it waits between them. The numbers below are the
/// defaults.
///
/// As JSON, for configuration files, it has `max_attempts`, `first_backoff_ms`, `max_backoff_ms`
/// and `max_retry_after_ms`; what is absent is the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[doc(alias("maxRetries", "backoff"))]
pub struct RetryPolicy {
    /// Attempts in all, the first included: 3. 1 turns retries off.
    pub max_attempts: u32,
    /// The longest wait before the second attempt: 100 ms. It doubles with each further attempt;
    /// the actual wait is random, from zero to that.
    #[serde(rename = "first_backoff_ms", with = "millis")]
    pub first_backoff: Duration,
    /// The longest wait that the server did not ask for: 2 s.
    #[serde(rename = "max_backoff_ms", with = "millis")]
    pub max_backoff: Duration,
    /// The longest `Retry-After` that is waited for: 60 s, and never beyond the call's timeout.
    /// When the server asks for more, the call fails at once, with
    /// [`retry_after`](Error::retry_after) in its error.
    #[serde(rename = "max_retry_after_ms", with = "millis")]
    pub max_retry_after: Duration,
}

/// Durations as whole milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(2),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever happens.
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// Sets the number of attempts in all, the first included: 3 unless set, and at least 1.
    #[must_use]
    pub fn attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts.max(1);
        self
    }

    /// Sets the longest wait before the second attempt: 100 ms unless set.
    #[must_use]
    pub fn first_backoff(mut self, wait: Duration) -> Self {
        self.first_backoff = wait;
        self
    }

    /// Sets the longest wait that the server did not ask for: 2 s unless set.
    #[must_use]
    pub fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// Sets the longest `Retry-After` that is waited for: 60 s unless set.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long to wait after `attempt`, which counts from 1; `None` when the server asks for more
    /// than is waited.
    fn wait(&self, attempt: u32, retry_after: Option<Duration>, jitter: f64) -> Option<Duration> {
        match retry_after {
            Some(wait) => (wait <= self.max_retry_after).then_some(wait),
            None => {
                let longest = backoff(self.first_backoff, self.max_backoff, attempt);
                Some(longest.mul_f64(jitter.clamp(0.0, 1.0)))
            }
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// Return the error to the caller.
    Stop,
    /// Try again after a wait.
    Retry {
        /// How long to wait.
        after: Duration,
    },
    /// Sign again, with the clock corrected, and try again at once. It does not count as an
    /// attempt.
    Resign {
        /// The correction in seconds: how far the server's clock is ahead of this machine's.
        skew: i64,
    },
}

/// Decides what to do after a failed attempt.
///
/// - `attempt` counts from 1; `resigned` is whether this call was already signed again.
/// - `remaining` is the time until the call's deadline; a wait that does not fit is not begun.
/// - `jitter`, from 0 to 1, is the part of the longest backoff to wait.
///
/// | failure | safe to replay | the rest |
/// |---|---|---|
/// | not sent | retry | retry |
/// | timeout or reset after sending | retry | stop |
/// | 429 | retry after `Retry-After` | retry after `Retry-After` |
/// | 500, 502, 503, 504 | retry, after `Retry-After` if present | stop |
/// | 401 or 403 with a measured clock skew | sign again, once | sign again, once |
/// | anything else | stop | stop |
///
/// A 503 with `Retry-After` does not prove that nothing happened: a gateway may add the header
/// after the effect. A skew of more than a day is not corrected.
pub fn decide(
    policy: &RetryPolicy,
    replay: Replay,
    error: &Error,
    attempt: u32,
    resigned: bool,
    remaining: Duration,
    jitter: f64,
) -> Decision {
    if let ErrorKind::Api(ApiError {
        status: StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN,
        clock_skew: Some(skew),
        ..
    }) = error.kind()
    {
        return match skew.correction() {
            Some(skew) if !resigned => Decision::Resign { skew },
            _ => Decision::Stop,
        };
    }
    let time_is_up = matches!(error.kind(), ErrorKind::Timeout(Phase::Total));
    if attempt >= policy.max_attempts || time_is_up || !error.may_retry(replay) {
        return Decision::Stop;
    }
    match policy.wait(attempt, error.retry_after(), jitter) {
        Some(after) if after < remaining => Decision::Retry { after },
        _ => Decision::Stop,
    }
}
