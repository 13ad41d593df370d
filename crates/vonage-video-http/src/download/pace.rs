//! Whether a transfer makes progress: a connection may trickle for ever, and one after the other
//! may break.

use std::time::Duration;

/// Failures in a row that end a download.
const MOST_FAILURES: u32 = 5;

/// Bytes that make a failure forgotten. Fewer between two failures are no progress.
const LEAST_PROGRESS: u64 = 1 << 10;

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Counts bytes, waits and failures. Time in which nobody wanted bytes does not count.
#[derive(Debug)]
pub(super) struct Pace {
    /// Bytes a second; 0 for no limit.
    least: u64,
    /// How long is averaged over.
    window: Duration,
    waited: Duration,
    received: u64,
    failures: u32,
    since_failure: u64,
}

impl Pace {
    pub(super) fn new(least: u64, window: Duration) -> Self {
        Self {
            least,
            window,
            waited: Duration::ZERO,
            received: 0,
            failures: 0,
            since_failure: 0,
        }
    }

    /// `bytes` of those that were received are new: a beginning that is sent again is no progress.
    pub(super) fn progress(&mut self, bytes: u64) {
        self.since_failure = self.since_failure.saturating_add(bytes);
        if self.since_failure >= LEAST_PROGRESS {
            self.failures = 0;
        }
    }

    /// `bytes` were received after a wait. False if that is too slow, over the last window.
    pub(super) fn receive(&mut self, bytes: u64, waited: Duration) -> bool {
        self.received = self.received.saturating_add(bytes);
        self.waited += waited;
        if self.waited < self.window {
            return true;
        }
        let least = u128::from(self.least) * self.waited.as_millis() / 1_000;
        let enough = u128::from(self.received) >= least;
        (self.waited, self.received) = (Duration::ZERO, 0);
        enough
    }

    /// The longest pause before the next request; nothing when there have been too many failures.
    pub(super) fn fail(&mut self) -> Option<Duration> {
        (self.waited, self.received, self.since_failure) = (Duration::ZERO, 0, 0);
        self.failures += 1;
        (self.failures < MOST_FAILURES).then(|| {
            FIRST_PAUSE
                .saturating_mul(1 << (self.failures - 1))
                .min(LONGEST_PAUSE)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn it_is_the_average_over_a_window_that_counts() {
        let mut pace = Pace::new(1_000, 10 * SECOND);
        assert!(pace.receive(10_000, Duration::ZERO));
        for _ in 0..10 {
            assert!(pace.receive(0, SECOND));
        }
        for _ in 0..9 {
            assert!(pace.receive(1, SECOND));
        }
        assert!(!pace.receive(1, SECOND));
        let mut unlimited = Pace::new(0, SECOND);
        assert!(unlimited.receive(0, 100 * SECOND));
    }

    #[test]
    fn a_byte_between_failures_is_no_progress_and_a_kilobyte_is() {
        let mut pace = Pace::new(0, SECOND);
        for failures in 1..=5 {
            pace.receive(LEAST_PROGRESS, Duration::ZERO);
            pace.progress(1);
            assert_eq!(pace.fail().is_some(), failures < 5);
        }
        let mut pace = Pace::new(0, SECOND);
        for _ in 0..100 {
            pace.progress(LEAST_PROGRESS);
            assert_eq!(pace.fail(), Some(FIRST_PAUSE));
        }
    }
}
