//! How long things take in the emulator, in virtual time.

use std::time::Duration;

use crate::world::clock::Millis;

/// How long things take that the service does in the background, in virtual time.
///
/// The service needs seconds to minutes; the emulator hurries, so that a program that polls ends
/// soon. While the clock stands still, nothing happens until [`advance`](crate::Emulator::advance)
/// is called.
///
/// The documented limits (an archive's four hours, the 72 hours that its file is kept, the ten
/// minutes of its link…) are not settings: advance past them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// From the stop of an archive until its file is available or uploaded; 50 ms.
    pub archive_ready: Duration,
    /// From the start of a broadcast until its HLS stream is ready and its RTMP connections are
    /// live; 50 ms. HLS is live after twice that.
    pub broadcast_live: Duration,
    /// From the start of an Experience Composer until its stream is published; 50 ms.
    pub render_started: Duration,
    /// From one state of a SIP call to the next: dialling, ringing, active; 50 ms.
    pub call_step: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        let soon = Duration::from_millis(50);
        Self {
            archive_ready: soon,
            broadcast_live: soon,
            render_started: soon,
            call_step: soon,
        }
    }
}

impl Timings {
    /// Sets the same time for everything; with zero, everything happens at once.
    pub fn all(duration: Duration) -> Self {
        Self {
            archive_ready: duration,
            broadcast_live: duration,
            render_started: duration,
            call_step: duration,
        }
    }
}

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

/// A recording needs a publisher within this of its start (archiving guide).
pub(crate) const FIRST_PUBLISHER: Millis = MINUTE;
/// Archives and broadcasts end this long after the last client left (archiving guide).
pub(crate) const EMPTY_SESSION: Millis = MINUTE;
/// A paused archive ends after this (archiving guide).
pub(crate) const LONGEST_PAUSE: Millis = 60 * MINUTE;
/// Most that one archive records (archiving guide).
pub(crate) const LONGEST_RECORDING: Millis = 4 * HOUR;
/// Most that an archive lives, pauses included (archiving guide).
pub(crate) const LONGEST_ARCHIVE: Millis = 12 * HOUR;
/// How long a file is kept (archiving guide).
pub(crate) const FILE_KEPT: Millis = 72 * HOUR;
/// How long a download link is valid (archiving guide).
pub(crate) const LINK_VALID: Millis = 10 * MINUTE;
/// Most that a SIP call lasts (SIP guide).
pub(crate) const LONGEST_CALL: Millis = 6 * HOUR;
