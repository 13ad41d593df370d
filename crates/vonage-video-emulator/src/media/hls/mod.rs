//! Live playlists.

/// Milliseconds of a segment.
pub(crate) const SEGMENT: u64 = 4_000;
