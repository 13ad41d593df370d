//! A budget for retries, so that an outage is not multiplied by everybody trying again.

use std::sync::atomic::{AtomicU32, Ordering};

use vonage_video_core::{Error, ErrorKind};

/// Tokens at first and at most.
const CAPACITY: u32 = 500;

/// What a retry costs: after a timeout more, since that is what an overloaded server looks like.
const RETRY: u32 = 5;
const RETRY_AFTER_TIMEOUT: u32 = 10;

/// What a call that succeeded at once gives back.
const SUCCESS: u32 = 1;

/// A bucket of tokens: a retry takes some, a success gives some back, and when it is empty nothing is retried. The numbers are those of AWS's
/// standard retry mode: a hundred retries in a row, then one for each five calls that succeed.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl Budget {
    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes what a retry after `error` costs; `None` when there is not enough.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        let cost = match error.kind() {
            ErrorKind::Timeout(_) => RETRY_AFTER_TIMEOUT,
            _ => RETRY,
        };
        self.tokens
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| {
                tokens.checked_sub(cost)
            })
            .ok()
            .map(|_| cost)
    }

    /// A call succeeded, after a retry that had cost `paid`, or at once.
    pub(crate) fn succeeded(&self, paid: Option<u32>) {
        // Full in fair weather: then nothing is written that other cores would have to fetch.
        if self.tokens.load(Ordering::Acquire) >= self.capacity {
            return;
        }
        let _ = self
            .tokens
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| {
                Some(
                    tokens
                        .saturating_add(paid.unwrap_or(SUCCESS))
                        .min(self.capacity),
                )
            });
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use vonage_video_core::{Phase, Sent};

    use super::*;

    fn broken() -> Error {
        Error::transport("testing", "broken")
    }

    #[test]
    fn an_outage_uses_it_up_and_successes_fill_it() {
        let budget = Budget::default();
        assert_eq!(
            (0..1000)
                .filter(|_| budget.take(&broken()).is_some())
                .count(),
            100
        );
        for _ in 0..4 {
            budget.succeeded(None);
        }
        assert_eq!(budget.take(&broken()), None);
        budget.succeeded(None);
        assert_eq!(budget.take(&broken()), Some(5));
    }

    #[test]
    fn a_retry_that_helped_costs_nothing() {
        let budget = Budget::new(5);
        for _ in 0..100 {
            let paid = budget.take(&broken());
            assert!(paid.is_some());
            budget.succeeded(paid);
        }
    }

    #[test]
    fn a_timeout_costs_twice() {
        let budget = Budget::new(10);
        let timeout = Error::timeout(Phase::Attempt, Duration::from_secs(1), Sent::Maybe);
        assert_eq!(budget.take(&timeout), Some(10));
        assert_eq!(budget.take(&broken()), None);
    }

    #[test]
    fn many_threads_never_take_more_than_there_is() {
        let budget = Budget::default();
        let taken: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        (0..200)
                            .filter(|_| budget.take(&broken()).is_some())
                            .count()
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).sum()
        });
        assert_eq!(taken, 100);
    }

    #[test]
    fn many_threads_that_take_and_give_back_lose_and_gain_nothing() {
        let budget = Budget::default();
        let kept: u32 = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let mut kept = 0;
                        for turn in 0..2_000 {
                            let paid = budget.take(&broken());
                            if turn % 200 == 0 {
                                kept += paid.unwrap_or(0);
                            } else if paid.is_some() {
                                budget.succeeded(paid);
                            }
                        }
                        kept
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).sum()
        });
        let mut left = 0;
        while let Some(cost) = budget.take(&broken()) {
            left += cost;
        }
        assert_eq!(left + kept, CAPACITY);
    }
}
