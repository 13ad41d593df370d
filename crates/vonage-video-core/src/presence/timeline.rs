//! How many were there at once.

use super::{facts::Millis, state::Presence};
use crate::time::Timestamp;

/// The most participants who were there at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peak {
    /// How many participants were there.
    pub participants: u64,
    /// When that was first so.
    pub at: Timestamp,
}

impl Peak {
    /// Of equal peaks the earlier is the greater.
    pub(super) fn to_stored(self) -> (u64, i64) {
        let at = i64::try_from(self.at.as_millis()).unwrap_or(i64::MAX);
        (self.participants, -at)
    }

    fn from_stored((participants, at): (u64, i64)) -> Self {
        Self {
            participants,
            at: Timestamp::from_millis(at.unsigned_abs()),
        }
    }
}

impl Presence {
    /// The most participants who were there at once; `None` if nobody ever was. Who left in the
    /// millisecond of their arrival is not counted.
    pub fn peak(&self) -> Option<Peak> {
        let known = self.steps().filter(|(_, there)| *there > 0);
        let known = known.map(|(at, participants)| {
            let at = Timestamp::from_millis(at);
            Peak { participants, at }.to_stored()
        });
        known.chain(self.past_peak).max().map(Peak::from_stored)
    }

    /// Since when the session has had participants without a break; `None` if it has none.
    pub fn occupied_since(&self) -> Option<Timestamp> {
        let steps: Vec<_> = self.steps().collect();
        let broken = steps.iter().rposition(|(_, there)| *there == 0);
        let began = steps.get(broken.map_or(0, |last| last + 1))?;
        Some(Timestamp::from_millis(began.0))
    }

    /// Since when the session has had no participants; `None` if it has some, or never had any.
    pub fn empty_since(&self) -> Option<Timestamp> {
        let (at, there) = self.steps().last()?;
        (there == 0).then(|| Timestamp::from_millis(at))
    }

    /// Each time at which the number of participants changed, with the number from then on.
    fn steps(&self) -> impl Iterator<Item = (Millis, u64)> {
        let mut changes = std::collections::BTreeMap::<Millis, i64>::new();
        for participant in self.everybody() {
            let joined = participant.joined_at().as_millis();
            let left = participant.left_at().map(Timestamp::as_millis);
            if left.is_some_and(|left| left <= joined) {
                continue;
            }
            *changes.entry(joined).or_default() += 1;
            if let Some(left) = left {
                *changes.entry(left).or_default() -= 1;
            }
        }
        let mut there = 0i64;
        changes.into_iter().map(move |(at, change)| {
            there = there.saturating_add(change);
            (at, u64::try_from(there).unwrap_or(0))
        })
    }
}
