//! Points in time, as the API writes them.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    civil, lenient,
    scalar::{Lenient, Number},
};

/// A point in time, in whole milliseconds since 1970 UTC.
///
/// The API writes milliseconds nearly everywhere, and seconds in a few places: numbers below 10^11,
/// which are milliseconds before March 1973, are read as seconds. Text is read as a number or as a
/// date, such as `2024-01-31T12:30:00Z`. It is written as milliseconds.
///
/// `Display` is RFC 3339 in UTC.
///
/// ```
/// use vonage_video_core::Timestamp;
/// let seconds: Timestamp = serde_json::from_str("1676124372")?;
/// let millis: Timestamp = serde_json::from_str("\"1676124372000\"")?;
/// assert_eq!(seconds, millis);
/// assert_eq!(seconds.to_string(), "2023-02-11T14:06:12Z");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(u64);

const SECONDS_BELOW: u64 = 100_000_000_000;

impl Timestamp {
    /// The point in time this many milliseconds after 1970 began in UTC.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Returns the milliseconds since 1970 began in UTC.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// Returns the same point in time of the standard library; `None` past what the platform can
    /// express. `SystemTime::from` does without the `Option`.
    pub fn to_system_time(self) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::from_millis(self.0))
    }

    fn from_wire(number: u64) -> Self {
        Self(if number < SECONDS_BELOW {
            number.saturating_mul(1000)
        } else {
            number
        })
    }
}

impl From<SystemTime> for Timestamp {
    /// Times before 1970 become 1970.
    fn from(time: SystemTime) -> Self {
        let millis = time
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis();
        Self(u64::try_from(millis).unwrap_or(u64::MAX))
    }
}

impl From<Timestamp> for SystemTime {
    /// Times that the platform cannot express become the end of the year 9999.
    fn from(time: Timestamp) -> Self {
        const END_OF_9999: Timestamp = Timestamp::from_millis(253_402_300_799_999);
        time.to_system_time()
            .or_else(|| END_OF_9999.to_system_time())
            .unwrap_or(UNIX_EPOCH)
    }
}

#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    /// # Errors
    ///
    /// The time is after the year 9999.
    fn try_from(time: Timestamp) -> Result<Self, jiff::Error> {
        Self::from_millisecond(i64::try_from(time.0).unwrap_or(i64::MAX))
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    /// Times before 1970 become 1970.
    fn from(time: jiff::Timestamp) -> Self {
        Self(u64::try_from(time.as_millisecond()).unwrap_or_default())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        civil::write(self.0, f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::value(deserializer)
    }
}

impl Lenient for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        let date = || u64::try_from(civil::parse(text)?).ok().map(Self);
        u64::from_text(text).map(Self::from_wire).or_else(date)
    }

    fn from_number(number: Number) -> Option<Self> {
        u64::from_number(number).map(Self::from_wire)
    }
}
