//! The clocks: the one place of the program that reads them.

use std::time::{Instant, SystemTime};

#[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// For measuring how long something takes.
#[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}
