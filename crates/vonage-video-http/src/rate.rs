//! An optional limit on how fast a client sends.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use vonage_video_auth::Environment;
use vonage_video_core::Invalid;

use crate::clock::{Instant, Time};

/// Limits how fast requests are sent. Set one with
/// [`ClientBuilder::rate_limit`](crate::ClientBuilder::rate_limit): a [`TokenBucket`] for one
/// client, or an implementation of your own that several processes share.
pub trait RateLimit: Send + Sync + 'static {
    /// Takes a turn for one request and returns how long to wait before sending it; `None`, and no
    /// turn taken, if that is longer than [`Turn::timeout`].
    ///
    /// The call's deadline applies to the returned future too. A limit that cannot reach its store
    /// decides by itself whether to let requests pass.
    fn turn<'a>(&'a self, turn: Turn<'a>) -> TurnFuture<'a>;

    /// The limit of a client that [`Client::with_credentials`](crate::Client::with_credentials)
    /// makes; `None` for this one, shared.
    fn for_other_credentials(&self) -> Option<Arc<dyn RateLimit>> {
        None
    }

    /// Checks the limit's settings when a client is built with it.
    ///
    /// # Errors
    ///
    /// A setting is invalid.
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// The future of [`RateLimit::turn`].
pub type TurnFuture<'a> = Pin<Box<dyn Future<Output = Option<Duration>> + Send + 'a>>;

/// A request that waits for its turn.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Turn<'a> {
    /// The environment of the credentials.
    pub environment: Environment,
    /// The application id (Vonage) or API key (OpenTok) of the credentials.
    pub project: &'a str,
    /// The time that is left of the call.
    pub timeout: Duration,
    pub(crate) time: &'a Time,
}

impl fmt::Debug for Turn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn")
            .field("environment", &self.environment)
            .field("project", &self.project)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A rate limit in memory: `burst` requests at once, then `per_second`. Waiting requests are sent
/// in the order in which they asked. Each client made by
/// [`Client::with_credentials`](crate::Client::with_credentials) has a bucket of its own.
///
/// ```
/// use vonage_video_http::TokenBucket;
///
/// let limit = TokenBucket::per_second(20.0).burst(40);
/// ```
#[derive(Debug)]
#[doc(alias("throttle", "rateLimit"))]
pub struct TokenBucket {
    interval: Option<Duration>,
    burst: u32,
    /// When the bucket will be full again, counted from the first request.
    full_at: Mutex<Option<(Instant, Duration)>>,
}

impl TokenBucket {
    /// A limit of this many requests a second; a rate that is not above zero is an error of
    /// [`build`](crate::ClientBuilder::build).
    #[must_use]
    pub fn per_second(rate: f64) -> Self {
        Self {
            interval: (rate.is_finite() && rate > 0.0)
                .then(|| Duration::try_from_secs_f64(1.0 / rate).unwrap_or(Duration::MAX / 2)),
            burst: 1,
            full_at: Mutex::new(None),
        }
    }

    /// Sets how many requests are sent at once before the rate applies: 1 unless set.
    #[must_use]
    pub fn burst(mut self, requests: u32) -> Self {
        self.burst = requests.max(1);
        self
    }

    /// Takes a turn; `None` if it would come later than `timeout`.
    fn take(&self, time: &Time, timeout: Duration) -> Option<Duration> {
        let interval = self.interval?;
        let mut state = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, full_at) = state.get_or_insert_with(|| (time.elapsed(), Duration::ZERO));
        let now = time.since(*start);
        let after = (*full_at).max(now).saturating_add(interval);
        let depth = interval.saturating_mul(self.burst);
        let wait = after.saturating_sub(now).saturating_sub(depth);
        if wait > timeout {
            return None;
        }
        *full_at = after;
        Some(wait)
    }
}

impl RateLimit for TokenBucket {
    fn turn<'a>(&'a self, turn: Turn<'a>) -> TurnFuture<'a> {
        Box::pin(std::future::ready(self.take(turn.time, turn.timeout)))
    }

    fn for_other_credentials(&self) -> Option<Arc<dyn RateLimit>> {
        Some(Arc::new(Self {
            interval: self.interval,
            burst: self.burst,
            full_at: Mutex::new(None),
        }))
    }

    fn validate(&self) -> Result<(), Invalid> {
        match self.interval {
            Some(_) => Ok(()),
            None => Err(Invalid::new(
                "rate_limit",
                "must be more than 0 a second",
                "",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::SystemTime};

    use super::*;
    use crate::clock::Clock;

    struct Still;

    impl Clock for Still {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn elapsed(&self) -> Duration {
            Duration::from_secs(1)
        }

        fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn no_two_of_many_threads_get_the_same_turn_and_none_is_skipped() {
        let bucket = TokenBucket::per_second(100.0).burst(5);
        let time = Time::Other(Arc::new(Still));
        let timeout = Duration::from_millis(10) * 500;
        let turns = |_| bucket.take(&time, timeout);
        let mut waits: Vec<Duration> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..100).filter_map(turns).collect::<Vec<_>>()))
                .collect();
            let waits = threads.into_iter().map(|thread| thread.join().unwrap());
            waits.flatten().collect()
        });
        waits.sort();
        // Five at once, then one each ten milliseconds, until the timeout.
        let expected = std::iter::repeat_n(0, 4).chain(0..=500);
        let expected: Vec<_> = expected.map(|n| Duration::from_millis(10) * n).collect();
        assert_eq!(waits, expected);
    }
}
