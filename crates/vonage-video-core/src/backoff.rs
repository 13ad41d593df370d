//! Waits that double, for retries, polling and downloads alike.

use std::time::Duration;

/// The wait after `failures` failed attempts in a row: `first` after one, then twice as long each
/// time, up to `longest`.
pub fn backoff(first: Duration, longest: Duration, failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(20);
    first.saturating_mul(1 << doublings).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_never_overflow() {
        let (first, longest) = (Duration::from_millis(200), Duration::from_secs(5));
        let waits = [0, 1, 2, 3, 5, 6, u32::MAX]
            .map(|failures| backoff(first, longest, failures).as_millis());
        assert_eq!(waits, [200, 200, 400, 800, 3200, 5000, 5000]);
        assert_eq!(backoff(Duration::MAX, Duration::MAX, 9), Duration::MAX);
    }
}
