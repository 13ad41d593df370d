//! An optional limit to how fast a client asks.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::clock::{Moment, Time};

/// A token bucket: `burst` requests at once, then one each `interval`. Waiting requests are let through in the order in which they came.
#[derive(Debug)]
pub(crate) struct RateLimit {
    interval: Duration,
    burst: u32,
    /// When the bucket will be full again, counted from `start`.
    full_at: Mutex<Option<(Moment, Duration)>>,
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
