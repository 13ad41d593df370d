//! From an event to facts.

use super::{
    activity,
    facts::{End, Membership, Millis, Publication, lower, raise},
    state::Presence,
};
use crate::{
    generated::ids::ConnectionId,
    generated::webhooks::WebhookEvent,
    models::{ConnectionEvent, EventConnection, SessionEvent, SipCallEvent, StreamEvent},
    time::Timestamp,
};

impl Presence {
    /// Adds what an event tells. Returns whether that was anything new: not for a copy, for an
    /// event of another session, for one that is not known, and for one older than the tombstone
    /// age.
    ///
    /// `now` is the time of its arrival, the same clock for all.
    pub fn apply(&mut self, event: &WebhookEvent, now: Timestamp) -> bool {
        if event.session_id() != Some(&self.session_id) {
            return false;
        }
        let now = now.as_millis();
        let at = event.happened_at().map_or(now, Timestamp::as_millis);
        if at < self.horizon.max(now.saturating_sub(self.tombstone_age)) {
            return false;
        }
        match event {
            WebhookEvent::SessionCreated(_) => self.starts.insert(at),
            WebhookEvent::SessionDestroyed(event) => self.session_ended(event, at),
            WebhookEvent::SessionNotification(_) => raise(&mut self.rotation_notice, Some(at)),
            WebhookEvent::ConnectionCreated(event) => self.connected(&event.connection, at),
            WebhookEvent::ConnectionDestroyed(event) => self.disconnected(event, at),
            WebhookEvent::StreamCreated(event) => self.published(event, at),
            WebhookEvent::StreamDestroyed(event) => self.unpublished(event, at),
            event => self.activity(event, at, now),
        }
    }

    fn session_ended(&mut self, event: &SessionEvent, at: Millis) -> bool {
        let reason = event.reason.as_ref().map(ToString::to_string);
        let reason = reason.unwrap_or_default();
        match self.ends.get_mut(&at) {
            Some(known) => raise(known, reason),
            None => self.ends.insert(at, reason).is_none(),
        }
    }

    fn connected(&mut self, connection: &EventConnection, at: Millis) -> bool {
        let Some((member, changed)) = self.heard_of(connection, at) else {
            return false;
        };
        changed | member.sightings.see(at)
    }

    fn disconnected(&mut self, event: &ConnectionEvent, at: Millis) -> bool {
        let Some((member, changed)) = self.heard_of(&event.connection, at) else {
            return false;
        };
        let reason = event.reason.as_ref().map(ToString::to_string);
        changed | lower(&mut member.left, Some(End { at, reason }))
    }

    fn published(&mut self, event: &StreamEvent, at: Millis) -> bool {
        let publisher = self.connected(&event.stream.connection, at);
        let Some((stream, changed)) = self.heard_of_stream(event, at) else {
            return publisher;
        };
        publisher | changed | stream.sightings.see(at)
    }

    fn unpublished(&mut self, event: &StreamEvent, at: Millis) -> bool {
        // That a stream ended shows that its publisher was there, not that it still is.
        let publisher = self
            .heard_of(&event.stream.connection, at)
            .is_some_and(|(_, changed)| changed);
        let Some((stream, changed)) = self.heard_of_stream(event, at) else {
            return publisher;
        };
        let reason = event.reason.as_ref().map(ToString::to_string);
        publisher | changed | lower(&mut stream.ended, Some(End { at, reason }))
    }

    /// The connection that an event names, and whether anything about it is new.
    fn heard_of(
        &mut self,
        connection: &EventConnection,
        at: Millis,
    ) -> Option<(&mut Membership, bool)> {
        if connection.id.as_str().is_empty() {
            return None;
        }
        let member = self.connections.entry(connection.id.clone()).or_default();
        let created = connection.created_at.map(Timestamp::as_millis);
        let mut changed = lower(&mut member.created, created);
        changed |= lower(&mut member.heard, Some(at));
        let data = connection.data.as_ref().filter(|data| !data.is_empty());
        changed |= raise(&mut member.data, data.cloned());
        Some((member, changed))
    }

    fn heard_of_stream(
        &mut self,
        event: &StreamEvent,
        at: Millis,
    ) -> Option<(&mut Publication, bool)> {
        let told = &event.stream;
        if told.id.as_str().is_empty() {
            return None;
        }
        let stream = self.streams.entry(told.id.clone()).or_default();
        let mut changed = lower(&mut stream.heard, Some(at));
        let created = told.created_at.map(Timestamp::as_millis);
        changed |= lower(&mut stream.created, created);
        let publisher = Some(&told.connection.id).filter(|id| !id.as_str().is_empty());
        changed |= raise(&mut stream.connection, publisher.cloned());
        let name = told.name.as_ref().filter(|name| !name.is_empty());
        changed |= raise(&mut stream.name, name.cloned());
        let video_type = told.video_type.as_ref().map(ToString::to_string);
        changed |= raise(&mut stream.video_type, video_type);
        Some((stream, changed))
    }

    fn activity(&mut self, event: &WebhookEvent, at: Millis, now: Millis) -> bool {
        let Some((kind, facts)) = activity::facts(event, now) else {
            return false;
        };
        let Some(id) = event.subject_id() else {
            return false;
        };
        let all = self.activities.entry(kind).or_default();
        let changed = match all.get_mut(id) {
            Some(known) => known.join(facts),
            None => all.insert(id.to_owned(), facts).is_none(),
        };
        let hung_up = match event {
            WebhookEvent::CallDestroyed(event) => self.hung_up(event, at),
            _ => false,
        };
        changed | hung_up
    }

    /// A call that ended has left the session, should its own event be lost.
    fn hung_up(&mut self, event: &SipCallEvent, at: Millis) -> bool {
        let connection: &ConnectionId = &event.call.connection_id;
        if connection.as_str().is_empty() {
            return false;
        }
        let member = self.connections.entry(connection.clone()).or_default();
        member.sightings.miss(at)
    }
}
