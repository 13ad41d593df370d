//! How long the pieces of a stream are.

/// Milliseconds of a segment.
pub(crate) const SEGMENT: u64 = 4_000;

/// Milliseconds of a part of a segment, with low latency.
pub(super) const PART: u64 = 500;
