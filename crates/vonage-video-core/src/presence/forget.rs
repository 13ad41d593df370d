//! Forgetting those who left long ago.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    activity::ActivityFacts,
    facts::{Membership, Millis, raise},
    state::Presence,
    timeline::Peak,
    usage::Usage,
    view::PublishedStream,
};
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
        let members: BTreeSet<_> = self
            .connections
            .iter()
            .filter(|(_, member)| self.member_over(member) < horizon)
            .map(|(id, _)| id.clone())
            .collect();
        let streams: BTreeSet<_> = self
            .streams
            .iter()
            .filter(|(_, stream)| or_never(self.stream_end(stream)) < horizon)
            .map(|(id, _)| id.clone())
            .collect();
        let over = |facts: &ActivityFacts| facts.over_at().unwrap_or(Millis::MAX) < horizon;
        let mut activities = self.activities.values().flat_map(BTreeMap::values);
        if members.is_empty() && streams.is_empty() && !activities.any(over) {
            // Most calls end here.
            self.forget_ends(horizon);
            return Usage::default();
        }
        let peak = self.peak().map(Peak::to_stored);
        raise(&mut self.past_peak, peak);
        let mut gone = self.clone();
        gone.connections.retain(|id, _| members.contains(id));
        gone.streams.retain(|id, _| streams.contains(id));
        for all in gone.activities.values_mut() {
            all.retain(|_, facts| over(facts));
        }
        // The end of a stream may be that of its publisher, who may have been forgotten before.
        let mut usage = gone.usage(now);
        usage.published = streams
            .iter()
            .filter_map(|id| self.streams.get_key_value(id))
            .filter_map(|(id, stream)| PublishedStream::new(self, id, stream))
            .map(|stream| stream.duration(now))
            .sum();

        self.connections.retain(|id, _| !members.contains(id));
        self.streams.retain(|id, _| !streams.contains(id));
        for all in self.activities.values_mut() {
            all.retain(|_, facts| !over(facts));
        }
        self.activities.retain(|_, all| !all.is_empty());
        self.forget_ends(horizon);
        usage
    }

    fn forget_ends(&mut self, horizon: Millis) {
        self.starts.retain(|at| *at >= horizon);
        // Nobody who is still known was ended by these.
        self.ends.retain(|at, _| *at >= horizon);
        self.rotation_notice = self.rotation_notice.filter(|at| *at >= horizon);
        raise(&mut self.horizon, horizon);
    }

    /// Removes the data of tokens and the names of streams, where these may not be kept. Later
    /// events bring them back, so do it before each time that the state is stored.
    pub fn erase_personal_data(&mut self) {
        for member in self.connections.values_mut() {
            member.data = None;
        }
        for stream in self.streams.values_mut() {
            stream.name = None;
        }
    }

    /// When a connection ended; one of which nothing is known but that it is gone, when that was.
    fn member_over(&self, member: &Membership) -> Millis {
        match member.joined() {
            Some(_) => or_never(self.end_of(member)),
            None => member.sightings.missed.unwrap_or(Millis::MAX),
        }
    }
}

fn or_never<R>(end: Option<(Millis, R)>) -> Millis {
    end.map_or(Millis::MAX, |(at, _)| at)
}
