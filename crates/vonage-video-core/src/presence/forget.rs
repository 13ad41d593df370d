//! Forgetting those who left long ago.

use super::{Presence, Usage, facts::Millis, raise};
use crate::time::Timestamp;

impl Presence {
    /// Removes who and what ended longer ago than the tombstone age, and returns their usage: the
    /// sum of what all calls returned and of [`usage`](Self::usage) counts everybody once. Their
    /// peak is kept.
    ///
    /// Call it now and then in a session that goes on for days. A state that was copied before, and
    /// is [merged](Self::merge) after, brings back what it still knows.
    pub fn forget(&mut self, now: Timestamp) -> Usage {
        let horizon = now.as_millis().saturating_sub(self.tombstone_age);
        let peak = self.peak().map(|peak| peak.to_stored());
        raise(&mut self.past_peak, peak);

        let mut gone = Self::new(self.session_id.clone());
        gone.ends.clone_from(&self.ends);
        gone.connections = self.connections.clone();
        gone.connections
            .retain(|_, member| self.over(self.member_over(member), horizon));
        gone.streams = self.streams.clone();
        gone.streams
            .retain(|_, stream| self.over(self.stream_end(stream).map(|(at, _)| at), horizon));
        gone.activities = self.activities.clone();
        for all in gone.activities.values_mut() {
            all.retain(|_, facts| self.over(facts.over_at(), horizon));
        }

        self.connections
            .retain(|id, _| !gone.connections.contains_key(id));
        self.streams.retain(|id, _| !gone.streams.contains_key(id));
        for (kind, all) in &mut self.activities {
            let gone = gone.activities.get(kind);
            all.retain(|id, _| gone.is_none_or(|gone| !gone.contains_key(id)));
        }
        self.activities.retain(|_, all| !all.is_empty());
        self.starts.retain(|at| *at >= horizon);
        // Nobody who is still known was ended by these.
        self.ends.retain(|at, _| *at >= horizon);
        self.rotation_notice = self.rotation_notice.filter(|at| *at >= horizon);
        raise(&mut self.horizon, horizon);
        gone.usage(now)
    }

    fn over(&self, ended: Option<Millis>, horizon: Millis) -> bool {
        ended.is_some_and(|at| at < horizon)
    }

    /// When a connection ended; one of which nothing is known but that it is gone, when that was.
    fn member_over(&self, member: &super::Membership) -> Option<Millis> {
        match member.joined() {
            Some(_) => self.end_of(member).map(|(at, _)| at),
            None => member.sightings.missed,
        }
    }
}
