//! The limits of client tokens, as the service documents them.

use std::time::Duration;

/// The default ttl of a client token: 24 hours, in both environments.
///
/// Six of the eight official SDKs have the same default. It covers the reconnections of a long
/// session, for which a client needs a token that is still valid. For longer sessions see
/// [`ClientTokenBuilder::ttl`](crate::ClientTokenBuilder::ttl).
pub const DEFAULT_TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest ttl of a client token: exactly 30 days.
pub const LONGEST_TTL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The maximum number of characters that connection data may have.
pub const LONGEST_DATA: usize = 1000;

/// The maximum number of characters that the initial layout classes may have, spaces between them
/// included.
pub const LONGEST_LAYOUT: usize = 1000;

/// No token expires this far away (the year 5138), but every time in milliseconds since 1973 is
/// beyond it.
pub(crate) const MILLISECONDS_FROM: i64 = 100_000_000_000;
