//! Decides whether a failed attempt is retried, and when: a pure function.

use std::time::Duration;

use http::StatusCode;

use crate::{
    api_error::ApiError,
    backoff::backoff,
    error::{Error, ErrorKind, Phase},
    operation::Replay,
};

/// How many attempts a call makes and how long it waits between them. The numbers below are the
/// defaults.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Attempts in all, the first included: 3. 1 turns retries off.
    pub max_attempts: u32,
    /// The longest wait before the second attempt: 100 ms. It doubles with each further attempt; the
    /// actual wait is random, from zero to that.
    pub first_backoff: Duration,
    /// The longest wait that the server did not ask for: 2 s.
    pub max_backoff: Duration,
    /// The longest wait that the server may ask for with `Retry-After`; a call that would have to
    /// wait longer fails at once. `None`: whatever fits into the call's timeout.
    pub max_retry_after: Option<Duration>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            first_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(2),
            max_retry_after: None,
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

    /// Sets the longest wait that the server may ask for with `Retry-After`. A call that would have
    /// to wait longer fails at once with the server's response. Only the call's timeout limits it
    /// unless set.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = Some(wait);
        self
    }

    /// The longest wait before the attempt after `attempt` (which counts from 1).
    fn backoff(&self, attempt: u32) -> Duration {
        backoff(self.first_backoff, self.max_backoff, attempt)
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
    /// Sign again, with the clock corrected, and try again at once. It does not count as an attempt.
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
/// A 503 with `Retry-After` does not prove that nothing happened: a gateway may add the header after
/// the effect. A skew of more than a day is not corrected.
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
    let asked = error.api_error().and_then(|error| error.retry_after);
    if asked.is_some_and(|asked| policy.max_retry_after.is_some_and(|limit| asked > limit)) {
        return Decision::Stop;
    }
    let after = asked.unwrap_or_else(|| policy.backoff(attempt).mul_f64(jitter.clamp(0.0, 1.0)));
    if after < remaining {
        Decision::Retry { after }
    } else {
        Decision::Stop
    }
}
