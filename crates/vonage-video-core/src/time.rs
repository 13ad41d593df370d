//! Points in time as the API writes them.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient::{self, Lenient, Number};

/// A point in time, in whole milliseconds since 1970 UTC.
///
/// The API writes milliseconds nearly everywhere and seconds in a few places; numbers below 10^11 (as milliseconds, before March 1973) are taken as
/// seconds. It is written back as milliseconds.
///
/// ```
/// use vonage_video_core::Timestamp;
/// let seconds: Timestamp = serde_json::from_str("1676124372")?;
/// let millis: Timestamp = serde_json::from_str("\"1676124372000\"")?;
/// assert_eq!(seconds, millis);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(u64);

const SECONDS_BELOW: u64 = 100_000_000_000;

impl Timestamp {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// As the standard library has it; `None` past what the platform can express.
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
        u64::from_text(text).map(Self::from_wire)
    }

    fn from_number(number: Number) -> Option<Self> {
        u64::from_number(number).map(Self::from_wire)
    }
}
