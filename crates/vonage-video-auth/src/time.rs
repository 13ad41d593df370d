//! Unix seconds, the only unit of time in tokens, and the one place that reads the system clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// From the issue of a token to when the next one should be fetched: four fifths of its ttl.
pub(crate) fn refresh_after(issued: i64, expires: i64) -> i64 {
    issued.saturating_add(expires.saturating_sub(issued).saturating_mul(4) / 5)
}

/// Whole seconds since 1970, rounded down, negative before it.
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(error) => {
            let before = error.duration();
            let whole = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
            let part = i64::from(before.subsec_nanos() > 0);
            whole.saturating_neg().saturating_sub(part)
        }
    }
}

/// The time that many seconds after 1970; `None` where the platform's `SystemTime` cannot hold it.
pub(crate) fn from_unix_seconds(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    }
}

/// Whole seconds of a ttl, rounded up so that a token never expires early.
pub(crate) fn seconds_up(duration: Duration) -> i64 {
    let part = i64::from(duration.subsec_nanos() > 0);
    i64::try_from(duration.as_secs())
        .unwrap_or(i64::MAX)
        .saturating_add(part)
}

/// A length of time as a person would say it: `3 minutes`, `2 hours 5 minutes`, `30 days`.
pub(crate) fn in_words(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] = [
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let mut rest = seconds.saturating_abs();
    if rest == 0 {
        return "0 seconds".to_owned();
    }
    let mut words = Vec::new();
    for (size, name) in UNITS {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            words.push(format!(
                "{count} {name}{}",
                if count == 1 { "" } else { "s" }
            ));
        }
        // Two neighbouring units say enough, and `30 days 1 second` must not read as `30 days`.
        if words.len() == 2 {
            break;
        }
    }
    words.join(" ")
}

/// The system clock.
#[cfg(all(
    feature = "std",
    not(all(target_arch = "wasm32", target_os = "unknown"))
))]
pub(crate) fn now() -> SystemTime {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one seam through which this crate reads the clock"
    )]
    SystemTime::now()
}

/// A reading of a fine clock: the system's, or `now` where a build has no other.
pub(crate) fn moment(now: SystemTime) -> u64 {
    #[cfg(all(
        feature = "std",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    let now = {
        // The caller's time may stand still, as in tests.
        let _ = now;
        self::now()
    };
    nanoseconds(now)
}

/// Nanoseconds since 1970, without those that do not fit.
pub(crate) fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since
        .as_secs()
        .wrapping_mul(1_000_000_000)
        .wrapping_add(since.subsec_nanos().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_towards_the_past() {
        assert_eq!(unix_seconds(UNIX_EPOCH + Duration::from_millis(1_999)), 1);
        assert_eq!(unix_seconds(UNIX_EPOCH - Duration::from_millis(1)), -1);
        assert_eq!(unix_seconds(UNIX_EPOCH - Duration::from_secs(2)), -2);
    }

    #[test]
    fn words_keep_two_units() {
        assert_eq!(in_words(180), "3 minutes");
        assert_eq!(in_words(-3_700), "1 hour 1 minute");
        assert_eq!(in_words(30 * 86_400), "30 days");
        assert_eq!(in_words(30 * 86_400 + 1), "30 days 1 second");
        assert_eq!(in_words(0), "0 seconds");
        assert_eq!(in_words(i64::MIN), "106751991167300 days 15 hours");
    }
}
