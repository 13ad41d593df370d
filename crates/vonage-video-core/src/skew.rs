//! How far the server's clock is from ours, measured from a refused signature.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// How far two clocks must be apart before a signature is refused for it. The `Date` of a response
/// has whole seconds and may have waited, and tokens are backdated by as much anyway.
const TOLERATED: u64 = 30;

/// The largest correction that a response can bring about. A party that can write a `Date` could
/// otherwise obtain tokens for any time.
const LARGEST: u64 = 24 * 60 * 60;

/// A difference between the server's clock and this machine's, reported with a refused signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockSkew {
    /// Seconds that the server's clock is ahead of this machine's; negative when it is behind.
    pub seconds: i64,
    /// Seconds by which this machine's clock was corrected when the request was signed.
    pub corrected_by: i64,
}

impl ClockSkew {
    /// A server whose clock is `seconds` ahead, or behind when negative, of an uncorrected clock.
    pub const fn ahead(seconds: i64) -> Self {
        Self {
            seconds,
            corrected_by: 0,
        }
    }

    /// Compares the `Date` of a response with `now`, this machine's clock. The request was signed
    /// with that clock corrected by `corrected_by` seconds.
    ///
    /// `None` when the server's clock is within 30 seconds of both: then time is not why the
    /// signature was refused.
    pub fn measure(date: SystemTime, now: SystemTime, corrected_by: i64) -> Option<Self> {
        let seconds = match date.duration_since(now) {
            Ok(ahead) => whole(ahead),
            Err(behind) => whole(behind.duration()).saturating_neg(),
        };
        let skew = Self {
            seconds,
            corrected_by,
        };
        (skew.signed_wrong() || seconds.unsigned_abs() > TOLERATED).then_some(skew)
    }

    /// The correction in seconds with which the request should have been signed. `None` when it was
    /// signed with a correction as good, or when this machine's clock is off by more than a day,
    /// which is never corrected.
    pub fn correction(self) -> Option<i64> {
        (self.signed_wrong() && !self.is_too_large()).then_some(self.seconds)
    }

    /// Whether the clock that signed differs from the server's by more than is tolerated.
    fn signed_wrong(self) -> bool {
        self.seconds
            .saturating_sub(self.corrected_by)
            .unsigned_abs()
            > TOLERATED
    }

    fn is_too_large(self) -> bool {
        self.seconds.unsigned_abs() > LARGEST
    }
}

fn whole(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |seconds: i64| if seconds >= 0 { "behind" } else { "ahead of" };
        let seconds = self.seconds.unsigned_abs();
        if self.is_too_large() {
            write!(
                f,
                "this machine's clock is {seconds} s {} the server's, which is too much to correct: \
                 set it, or check what wrote the response's date",
                side(self.seconds)
            )
        } else if seconds > TOLERATED {
            write!(
                f,
                "this machine's clock is {seconds} s {} the server's: set it",
                side(self.seconds)
            )
        } else {
            write!(
                f,
                "the request was signed with this machine's clock corrected by {} s, \
                 though it agrees with the server's",
                self.corrected_by
            )
        }
    }
}
