//! Clients that are web pages: a socket attaches them to their session, and it may be lost for a
//! while.

use crate::world::clock::Millis;

/// How a web page is attached to its session.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attachment {
    /// When its socket was lost; `None` while it has one.
    pub(super) lost_at: Option<Millis>,
    /// Since when it neither publishes nor subscribes; `None` while it does.
    pub(super) idle_since: Option<Millis>,
}

/// How long a page may be without a socket before it is disconnected.
pub(super) const RESUMABLE: Millis = 10_000;
/// How long a page may neither publish nor subscribe before it is disconnected (the reference's
/// reason `mediaIdle`).
pub(super) const LONGEST_IDLE: Millis = 4 * 60 * 60 * 1000;

impl Attachment {
    /// When something is due: the page has been without a socket or idle for too long.
    pub(super) fn due(&self) -> Option<Millis> {
        let lost = self.lost_at.map(|at| at.saturating_add(RESUMABLE));
        let idle = self.idle_since.map(|at| at.saturating_add(LONGEST_IDLE));
        lost.into_iter().chain(idle).min()
    }
}
