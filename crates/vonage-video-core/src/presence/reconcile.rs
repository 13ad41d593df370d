//! Correcting what lost webhooks left behind, from what the API lists.

use std::collections::BTreeSet;

use super::{
    facts::{lower, raise},
    state::Presence,
};
use crate::{
    models::{Connection, ConnectionState, Stream},
    time::Timestamp,
};

impl Presence {
    /// Corrects the state by what `ListStreams` and `ListConnections` returned: after a restart, a
    /// lost webhook, or a rotation. Returns whether anything changed.
    ///
    /// `taken_at` is the time *before* the first of the two requests was sent. Participants who
    /// joined by then and is in no list has left, at `taken_at`; those who joined later are left
    /// alone. Who is listed and unknown is added, without token data: the lists do not have it, nor
    /// do they tell who publishes a stream. Later events fill that in, and a later event wins over
    /// a list.
    ///
    /// An end that an event reported remains, even if a list still has the participant: ids are not
    /// used twice.
    ///
    /// `taken_at` is compared with the service's times: with clocks that may be a second apart,
    /// pass a second less. The lists must be whole: collect every page first. It is outside the
    /// laws of [`merge`](Presence::merge) in one way: what it finds depends on what the state knew.
    /// Its results merge like all others.
    ///
    /// ```
    /// use vonage_video_core::{Presence, Timestamp, WebhookEvent, models::Connection};
    ///
    /// let at = |second: u64| Timestamp::from_millis(1_728_036_000_000 + second * 1000);
    /// let mut presence = Presence::new("session");
    /// presence.apply(&WebhookEvent::connection_created("session", "gone", at(0)), at(1));
    ///
    /// // The webhook that "gone" has left is lost, and so is the one that "new" has joined.
    /// presence.reconcile([], &[Connection::new("new")], at(60));
    /// let here: Vec<_> = presence.participants().map(|it| it.connection_id().as_str()).collect();
    /// assert_eq!(here, ["new"]);
    /// ```
    pub fn reconcile<'a>(
        &mut self,
        streams: impl IntoIterator<Item = &'a Stream>,
        connections: impl IntoIterator<Item = &'a Connection>,
        taken_at: Timestamp,
    ) -> bool {
        let at = taken_at.as_millis();
        let mut changed = false;
        let mut listed = BTreeSet::new();
        for connection in connections {
            if connection.state == ConnectionState::Disconnected {
                continue;
            }
            listed.insert(&connection.id);
            if connection.state == ConnectionState::Connecting {
                continue;
            }
            let member = self.connections.entry(connection.id.clone()).or_default();
            let created = connection.created_at.map(Timestamp::as_millis);
            changed |= lower(&mut member.created, created);
            changed |= lower(&mut member.heard, Some(at));
            changed |= member.sightings.see(at);
        }
        let gone: Vec<_> = self
            .connections
            .iter()
            .filter(|(id, _)| !listed.contains(id))
            .filter(|(_, member)| {
                self.end_of(member).is_none() && member.last_seen().is_some_and(|last| last < at)
            })
            .map(|(id, _)| id.clone())
            .collect();

        let mut published = BTreeSet::new();
        for stream in streams {
            published.insert(&stream.id);
            let known = self.streams.entry(stream.id.clone()).or_default();
            let created = stream.created_at.map(Timestamp::as_millis);
            changed |= lower(&mut known.created, created);
            changed |= lower(&mut known.heard, Some(at));
            let name = stream.name.as_ref().filter(|name| !name.is_empty());
            changed |= raise(&mut known.name, name.cloned());
            let video_type = stream.video_type.as_ref().map(ToString::to_string);
            changed |= raise(&mut known.video_type, video_type);
            changed |= known.sightings.see(at);
        }
        let over: Vec<_> = self
            .streams
            .iter()
            .filter(|(id, _)| !published.contains(id))
            .filter(|(_, stream)| {
                stream.ended.is_none()
                    && stream.missing().is_none()
                    && stream.last_seen().is_some_and(|last| last < at)
            })
            .map(|(id, _)| id.clone())
            .collect();

        for id in gone {
            if let Some(member) = self.connections.get_mut(&id) {
                changed |= member.sightings.miss(at);
            }
        }
        for id in over {
            if let Some(stream) = self.streams.get_mut(&id) {
                changed |= stream.sightings.miss(at);
            }
        }
        changed
    }
}
