//! Sizes, durations and times as people read them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// `57.0 KiB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "one digit behind the point is shown"
    )]
    let mut size = bytes as f64 / 1024.0;
    let mut units = UNITS.iter();
    let mut unit = units.next().copied().unwrap_or_default();
    for larger in units {
        // What would be shown as 1024.0.
        if size < 1023.95 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    format!("{size:.1} {unit}")
}

/// `0:41`, `1:00:05`.
pub(crate) fn duration(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// `2 minutes ago`, `in 3 hours`.
pub(crate) fn age(millis: u64, now: SystemTime) -> String {
    let then = UNIX_EPOCH.checked_add(Duration::from_millis(millis));
    let Some(then) = then else {
        return rfc3339(millis);
    };
    match now.duration_since(then) {
        Ok(past) if past.as_secs() == 0 => "now".to_owned(),
        Ok(past) => format!("{} ago", roughly(past.as_secs())),
        Err(future) => format!("in {}", roughly(future.duration().as_secs())),
    }
}

/// The largest unit alone.
fn roughly(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// `2026-11-26T01:27:17Z`.
pub(crate) fn rfc3339(millis: u64) -> String {
    i64::try_from(millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok())
        .map_or_else(|| millis.to_string(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_digit_behind_the_point() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (58_368, "57.0 KiB"),
            (1_048_575, "1.0 MiB"),
            (7_516_192_768, "7.0 GiB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn durations_have_hours_only_when_there_are_some() {
        for (seconds, text) in [(0, "0:00"), (41, "0:41"), (600, "10:00"), (3605, "1:00:05")] {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn ages_are_told_by_their_largest_unit() {
        let now = UNIX_EPOCH + Duration::from_secs(1_000_000);
        for (millis, text) in [
            (1_000_000_000, "now"),
            (999_999_000, "1 second ago"),
            (999_880_000, "2 minutes ago"),
            (1_007_200_000, "in 2 hours"),
            (0, "11 days ago"),
        ] {
            assert_eq!(age(millis, now), text);
        }
        assert_eq!(rfc3339(1_700_000_000_000), "2023-11-14T22:13:20Z");
    }
}
