//! An optional limit to how fast a client asks.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::clock::{Instant, Time};

/// A token bucket: `burst` requests at once, then one each `interval`. Waiting requests are let through in the order in which they came.
#[derive(Debug)]
pub(crate) struct RateLimit {
    interval: Duration,
    burst: u32,
    /// When the bucket will be full again, counted from `start`.
    full_at: Mutex<Option<(Instant, Duration)>>,
}

impl RateLimit {
    pub(crate) fn new(per_second: f64, burst: u32) -> Self {
        let per_second = if per_second.is_finite() && per_second > 0.0 {
            per_second
        } else {
            f64::MIN_POSITIVE
        };
        Self {
            interval: Duration::try_from_secs_f64(1.0 / per_second)
                .unwrap_or(Duration::from_secs(u32::MAX.into())),
            burst: burst.max(1),
            full_at: Mutex::new(None),
        }
    }

    /// Another bucket of the same size.
    pub(crate) fn fresh(&self) -> Self {
        Self {
            interval: self.interval,
            burst: self.burst,
            full_at: Mutex::new(None),
        }
    }

    /// Takes a turn, and says how long to wait for it; `None`, and no turn, if that is longer than `patience`.
    pub(crate) fn turn(&self, time: &Time, patience: Duration) -> Option<Duration> {
        let mut state = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, full_at) = state.get_or_insert_with(|| (time.elapsed(), Duration::ZERO));
        let now = time.since(*start);
        let after = (*full_at).max(now).saturating_add(self.interval);
        let depth = self.interval.saturating_mul(self.burst);
        let wait = after.saturating_sub(now).saturating_sub(depth);
        if wait > patience {
            return None;
        }
        *full_at = after;
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::Pin, sync::Arc, thread, time::SystemTime};

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
        let (rate, time) = (RateLimit::new(100.0, 5), Time::Other(Arc::new(Still)));
        let patience = Duration::from_millis(10) * 500;
        let turns = |_| rate.turn(&time, patience);
        let mut waits: Vec<Duration> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..100).filter_map(turns).collect::<Vec<_>>()))
                .collect();
            let waits = threads.into_iter().map(|thread| thread.join().unwrap());
            waits.flatten().collect()
        });
        waits.sort();
        // Five at once, then one each ten milliseconds, until patience ends.
        let expected = std::iter::repeat_n(0, 4).chain(0..=500);
        let expected: Vec<_> = expected.map(|n| Duration::from_millis(10) * n).collect();
        assert_eq!(waits, expected);
    }
}
