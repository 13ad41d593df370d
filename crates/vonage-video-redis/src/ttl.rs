//! Times to live, in the server's unit and range.

use std::time::Duration;

/// In milliseconds, at least one: the server refuses a TTL of 0.
pub(crate) fn millis(duration: Duration) -> u64 {
    let most = i64::MAX as u64 / 2;
    u64::try_from(duration.as_millis()).map_or(most, |millis| millis.clamp(1, most))
}
