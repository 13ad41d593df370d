//! How long everything lasted, summed.

use std::{ops::AddAssign, time::Duration};

use super::{activity::ActivityKind, state::Presence};
use crate::time::Timestamp;

/// Sums of time. An estimate of what is billed, by what the webhooks tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// How many participants there were.
    pub participants: u64,
    /// How long each was connected.
    pub connected: Duration,
    /// How long each stream was published.
    pub published: Duration,
    /// How long each archive recorded.
    pub archived: Duration,
    /// How long each broadcast ran.
    pub broadcast: Duration,
    /// How long each Experience Composer ran.
    pub rendered: Duration,
    /// How long captions ran.
    pub captioned: Duration,
    /// How long each SIP call lasted, from dialling.
    pub called: Duration,
}

impl Usage {
    /// Participant minutes: [`connected`](Self::connected) in minutes, rounded up once, not for
    /// each participant.
    pub fn participant_minutes(&self) -> u64 {
        self.connected
            .as_millis()
            .div_ceil(60_000)
            .try_into()
            .unwrap_or(u64::MAX)
    }
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.participants = self.participants.saturating_add(other.participants);
        for (own, other) in [
            (&mut self.connected, other.connected),
            (&mut self.published, other.published),
            (&mut self.archived, other.archived),
            (&mut self.broadcast, other.broadcast),
            (&mut self.rendered, other.rendered),
            (&mut self.captioned, other.captioned),
            (&mut self.called, other.called),
        ] {
            *own = own.saturating_add(other);
        }
    }
}

impl Presence {
    /// The usage of all who are there or are remembered, until `now`. What was
    /// [forgotten](Self::forget) is not in it.
    pub fn usage(&self, now: Timestamp) -> Usage {
        let mut usage = Usage::default();
        for participant in self.everybody() {
            usage += Usage {
                participants: 1,
                connected: participant.duration(now),
                ..Usage::default()
            };
        }
        for stream in self.all_streams() {
            usage.published = usage.published.saturating_add(stream.duration(now));
        }
        for activity in self.activities() {
            let sum = match activity.kind() {
                ActivityKind::Archive => &mut usage.archived,
                ActivityKind::Broadcast => &mut usage.broadcast,
                ActivityKind::Render => &mut usage.rendered,
                ActivityKind::Captions => &mut usage.captioned,
                ActivityKind::SipCall => &mut usage.called,
            };
            *sum = sum.saturating_add(activity.duration(now));
        }
        usage
    }
}
