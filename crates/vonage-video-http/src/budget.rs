//! A budget for retries, so that an outage is not multiplied by them.

use std::sync::atomic::{AtomicU32, Ordering};

use vonage_video_core::{Error, ErrorKind};

/// What a retry costs: more after a timeout, since timeouts are what an overloaded server causes.
const RETRY: u32 = 5;
const RETRY_AFTER_TIMEOUT: u32 = 10;

/// What a call that succeeds at once returns to the budget.
const SUCCESS: u32 = 1;

/// How many retries a client may spend while nothing succeeds, so that an outage is not multiplied
/// by retries. 100 unless set with
/// [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget).
///
/// A retry after a timeout counts twice. A retry that succeeds costs nothing in the end, and five
/// calls that succeed at once give one retry back. When the budget is spent, calls fail at their
/// first failure, and their error states it. The numbers are those of AWS's standard retry mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias("circuitBreaker"))]
pub struct RetryBudget {
    retries: Option<u32>,
}

impl RetryBudget {
    /// The most retries while nothing succeeds.
    pub const fn retries(retries: u32) -> Self {
        Self {
            retries: Some(retries),
        }
    }

    /// No budget: each call retries as its policy says.
    pub const fn unlimited() -> Self {
        Self { retries: None }
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::retries(100)
    }
}

/// A bucket of tokens: a retry uses some, a success returns some, and when it is empty nothing is
/// retried.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    /// `None` for a bucket without a bottom.
    capacity: Option<u32>,
}

impl Budget {
    pub(crate) fn new(budget: RetryBudget) -> Self {
        let capacity = budget.retries.map(|retries| retries.saturating_mul(RETRY));
        Self {
            tokens: AtomicU32::new(capacity.unwrap_or(u32::MAX)),
            capacity,
        }
    }

    /// The retries that are left; `u32::MAX` without a budget.
    pub(crate) fn retries_left(&self) -> u32 {
        match self.capacity {
            Some(_) => self.tokens.load(Ordering::Acquire) / RETRY,
            None => u32::MAX,
        }
    }

    /// Takes what a retry after `error` costs; `None` when there is not enough.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        if self.capacity.is_none() {
            return Some(0);
        }
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

    /// A call succeeded, after a retry with this cost, or at once.
    pub(crate) fn succeeded(&self, cost: Option<u32>) {
        let Some(capacity) = self.capacity else {
            return;
        };
        // Usually full: then nothing is written that other cores would have to fetch.
        if self.tokens.load(Ordering::Acquire) >= capacity {
            return;
        }
        let _ = self
            .tokens
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |tokens| {
                Some(tokens.saturating_add(cost.unwrap_or(SUCCESS)).min(capacity))
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
        let budget = Budget::new(RetryBudget::default());
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
        let budget = Budget::new(RetryBudget::retries(1));
        for _ in 0..100 {
            let paid = budget.take(&broken());
            assert!(paid.is_some());
            budget.succeeded(paid);
        }
    }

    #[test]
    fn a_timeout_costs_twice() {
        let budget = Budget::new(RetryBudget::retries(2));
        let timeout = Error::timeout(Phase::Attempt, Duration::from_secs(1), Sent::Maybe);
        assert_eq!(budget.take(&timeout), Some(10));
        assert_eq!(budget.take(&broken()), None);
    }

    #[test]
    fn many_threads_never_take_more_than_there_is() {
        let budget = Budget::new(RetryBudget::default());
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
        let budget = Budget::new(RetryBudget::default());
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
        assert_eq!(left + kept, 500);
    }

    #[test]
    fn without_a_budget_nothing_runs_out() {
        let budget = Budget::new(RetryBudget::unlimited());
        assert!((0..10_000).all(|_| budget.take(&broken()).is_some()));
        assert_eq!(budget.retries_left(), u32::MAX);
    }

    #[test]
    fn what_is_left_can_be_seen() {
        let budget = Budget::new(RetryBudget::retries(3));
        budget.take(&broken());
        assert_eq!(budget.retries_left(), 2);
    }
}
