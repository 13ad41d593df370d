//! The limits of client tokens, as the service documents them.

use std::time::Duration;

/// How long a client token lives when nothing is said: 24 hours, in both environments.
///
/// This is the default of six of the eight official SDKs. It covers the longest session that a
/// person sits through, and the reconnections in it, for which a client needs a token that is still
/// valid. Where a session lasts longer, see [`ClientTokenBuilder::ttl`](crate::ClientTokenBuilder::ttl).
pub const DEFAULT_TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest ttl of a client token: exactly 30 days.
pub const LONGEST_TTL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The most characters that connection data may have.
pub const LONGEST_DATA: usize = 1000;

/// The most characters that the initial layout classes may have, with the spaces between them.
pub const LONGEST_LAYOUT: usize = 1000;

/// No token expires this far away (the year 5138), but every time in milliseconds since 1973 is
/// beyond it.
pub(crate) const MILLISECONDS_FROM: i64 = 100_000_000_000;
