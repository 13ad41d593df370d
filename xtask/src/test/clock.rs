//! The one place where the tests' report reads the time.

use std::time::Instant;

#[expect(
    clippy::disallowed_methods,
    reason = "how long a part takes is part of its report"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}
