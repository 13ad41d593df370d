//! What can be asked of a presence.

use super::{
    activity::{Activity, ActivityKind},
    state::Presence,
    view::{Participant, PublishedStream},
};
use crate::{generated::ids::ConnectionId, models::SessionReason, time::Timestamp};

impl Presence {
    /// Those who are there now, in the order of their ids.
    pub fn participants(&self) -> impl Iterator<Item = Participant<'_>> {
        self.everybody().filter(|it| it.is_present())
    }

    /// Those who are there and those who left and are not [forgotten](Self::forget).
    pub fn everybody(&self) -> impl Iterator<Item = Participant<'_>> {
        self.connections
            .iter()
            .filter_map(|(id, member)| Participant::new(self, id, member))
    }

    /// One participant, present or not; `None` if nothing is known of it.
    pub fn participant(&self, id: &ConnectionId) -> Option<Participant<'_>> {
        let (id, member) = self.connections.get_key_value(id)?;
        Participant::new(self, id, member)
    }

    /// The streams that are published now.
    pub fn streams(&self) -> impl Iterator<Item = PublishedStream<'_>> {
        self.all_streams().filter(|stream| stream.is_live())
    }

    /// The streams that are published and those that ended and are not [forgotten](Self::forget).
    pub fn all_streams(&self) -> impl Iterator<Item = PublishedStream<'_>> {
        self.streams
            .iter()
            .filter_map(|(id, stream)| PublishedStream::new(self, id, stream))
    }

    /// How many are there now.
    pub fn count(&self) -> usize {
        self.participants().count()
    }

    /// Whether nobody is there now.
    pub fn is_empty(&self) -> bool {
        self.participants().next().is_none()
    }

    /// Whether somebody who is there publishes.
    pub fn is_publishing(&self, id: &ConnectionId) -> bool {
        self.participant(id).is_some_and(|it| it.is_publishing())
    }

    /// Since when somebody who is there has been there.
    pub fn since(&self, id: &ConnectionId) -> Option<Timestamp> {
        self.participant(id)
            .filter(Participant::is_present)
            .map(|it| it.joined_at())
    }

    /// Archives, broadcasts, Experience Composers, captions and SIP calls, ended ones too.
    pub fn activities(&self) -> impl Iterator<Item = Activity<'_>> {
        self.activities.iter().flat_map(|(kind, all)| {
            all.iter()
                .map(|(id, facts)| Activity::new(*kind, id, facts))
        })
    }

    /// Whether something of this kind runs now. A paused archive counts as running.
    pub fn is_active(&self, kind: ActivityKind) -> bool {
        self.activities()
            .any(|it| it.kind() == kind && it.is_active())
    }

    /// When the service last announced that it will move the session to another server: 4 hours and
    /// 1 hour before it does. `None` if it did not, or the session has ended since.
    pub fn rotation_announced_at(&self) -> Option<Timestamp> {
        let notice = self.rotation_notice?;
        let over = self.ends.range(notice..).next().is_some();
        (!over).then(|| Timestamp::from_millis(notice))
    }

    /// When the session last started, by `sessionCreated`: its first client joined, or the first
    /// after it had ended.
    pub fn started_at(&self) -> Option<Timestamp> {
        self.starts.last().copied().map(Timestamp::from_millis)
    }

    /// The last end of the session that is known, and why.
    pub fn ended(&self) -> Option<(Timestamp, Option<SessionReason>)> {
        let (at, reason) = self.ends.last_key_value()?;
        let reason = (!reason.is_empty()).then(|| SessionReason::from(reason.as_str()));
        Some((Timestamp::from_millis(*at), reason))
    }
}
