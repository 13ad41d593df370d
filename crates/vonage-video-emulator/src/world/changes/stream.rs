//! How streams are published, changed, muted and ended.

use std::collections::BTreeSet;

use vonage_video_core::{
    ConnectionId, SessionId, StreamId, Timestamp, WebhookEvent,
    models::{StreamEvent, StreamReason},
};

use crate::world::{
    connection::ConnectionKind,
    feed::{Audience, Changed},
    notice::{Notice, StreamChange},
    participation::Publish,
    state::World,
    stream::{Publication, Stream},
};

impl World {
    /// Publishes a stream for a client.
    pub(crate) fn add_stream(
        &mut self,
        session_id: &SessionId,
        connection_id: &ConnectionId,
        publication: Publication,
    ) -> Option<StreamId> {
        let id = StreamId::from(self.random.uuid());
        let now = self.now;
        let session = self.sessions.get_mut(session_id)?;
        let muted = session.mutes(&id);
        let connection = session.connections.get_mut(connection_id)?;
        connection.streams.push(id.clone());
        let stream = Stream {
            id: id.clone(),
            number: session.published,
            connection: connection_id.clone(),
            name: publication.name,
            video_type: publication.video_type.filter(|_| publication.has_video),
            has_audio: publication.has_audio,
            has_video: publication.has_video,
            muted,
            has_captions: publication.has_captions,
            shape: publication.shape,
            classes: publication
                .classes
                .unwrap_or_else(|| connection.initial_classes.clone()),
            created: now,
        };
        let notice = stream.created_notice();
        session.streams.insert(id.clone(), stream);
        session.had_streams = true;
        session.published = session.published.saturating_add(1);
        self.announce_stream(session_id, &id, None);
        self.tell(session_id, Audience::All, notice);
        if muted {
            let to = Audience::Only(connection_id.clone());
            let stream_id = id.clone();
            self.tell(session_id, to, Notice::Muted { stream_id });
        }
        self.settle_stream(session_id, &id);
        self.settle_idleness(session_id, connection_id);
        Some(id)
    }

    /// Ends a stream. Returns whether there was one.
    pub(crate) fn remove_stream(
        &mut self,
        session_id: &SessionId,
        id: &StreamId,
        reason: StreamReason,
    ) -> bool {
        let known = self
            .sessions
            .get(session_id)
            .is_some_and(|session| session.streams.contains(id));
        if !known {
            return false;
        }
        self.announce_stream(session_id, id, Some(reason.clone()));
        let notice = Notice::StreamDestroyed {
            stream_id: id.clone(),
            reason,
        };
        self.tell(session_id, Audience::All, notice);
        if let Some(session) = self.sessions.get_mut(session_id)
            && let Some(stream) = session.streams.remove(id)
            && let Some(connection) = session.connections.get_mut(&stream.connection)
        {
            connection.streams.retain(|own| own != id);
            let publisher = stream.connection;
            self.settle_idleness(session_id, &publisher);
        }
        self.end_peers_of_stream(session_id, id);
        self.settle_stream(session_id, id);
        true
    }

    /// Gives a stream other layout classes.
    pub(crate) fn set_classes(
        &mut self,
        session_id: &SessionId,
        id: &StreamId,
        classes: Vec<String>,
    ) {
        if let Some(stream) = self
            .sessions
            .get_mut(session_id)
            .and_then(|session| session.streams.get_mut(id))
        {
            stream.classes = classes;
            self.report(Changed::Session, Some(session_id.clone()));
        }
        self.film_stream(session_id, id);
    }

    /// Changes a stream.
    pub(in crate::world) fn change_stream(
        &mut self,
        session_id: &SessionId,
        id: &StreamId,
        change: Publish,
    ) {
        let Some(stream) = self
            .sessions
            .get_mut(session_id)
            .and_then(|session| session.streams.get_mut(id))
        else {
            return;
        };
        let before = stream.clone();
        stream.change(change);
        let changes = stream.changes_since(&before);
        if changes.is_empty() {
            self.report(Changed::Session, Some(session_id.clone()));
        }
        self.tell_changes(session_id, id, changes);
        self.film_stream(session_id, id);
    }

    fn tell_changes(&mut self, session_id: &SessionId, id: &StreamId, changes: Vec<StreamChange>) {
        for change in changes {
            let notice = Notice::StreamPropertyChanged {
                stream_id: id.clone(),
                change,
            };
            self.tell(session_id, Audience::All, notice);
        }
    }

    /// Mutes one stream. Returns whether there is one.
    pub(crate) fn mute(&mut self, session_id: &SessionId, id: &StreamId) -> bool {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return false;
        };
        let Some(stream) = session.streams.get_mut(id) else {
            return false;
        };
        let before = stream.clone();
        stream.muted = true;
        let changes = stream.changes_since(&before);
        let connection = stream.connection.clone();
        let call = match session.connections.get(&connection).map(|it| &it.kind) {
            Some(ConnectionKind::SipCall(call)) => Some(call.clone()),
            _ => None,
        };
        let stream_id = id.clone();
        let to = Audience::Only(connection);
        self.tell(session_id, to, Notice::Muted { stream_id });
        self.tell_changes(session_id, id, changes);
        if let Some(call) = call {
            self.call_was_muted(&call);
        }
        true
    }

    /// Mutes every stream except some, and streams that are published later.
    pub(crate) fn mute_all(&mut self, session_id: &SessionId, except: BTreeSet<StreamId>) {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        let mute: Vec<StreamId> = session
            .streams
            .iter()
            .filter(|stream| !except.contains(&stream.id))
            .map(|stream| stream.id.clone())
            .collect();
        session.muted_except = Some(except);
        self.tell(
            session_id,
            Audience::All,
            Notice::ForceMute { active: true },
        );
        for stream in mute {
            self.mute(session_id, &stream);
        }
    }

    /// Lets streams that are published later begin unmuted again.
    pub(crate) fn disable_force_mute(&mut self, session_id: &SessionId) {
        if let Some(session) = self.sessions.get_mut(session_id) {
            session.muted_except = None;
            self.tell(
                session_id,
                Audience::All,
                Notice::ForceMute { active: false },
            );
        }
    }

    /// Updates archives and broadcasts after a stream began, ended, or was chosen for them or not.
    pub(in crate::world) fn settle_stream(&mut self, session_id: &SessionId, id: &StreamId) {
        self.film_stream(session_id, id);
        self.settle_session(session_id);
    }

    /// Notes for archives and broadcasts that a stream is there, is not, or looks different.
    fn film_stream(&mut self, session_id: &SessionId, id: &StreamId) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
        for archive in archives {
            self.follow_streams(&archive, std::slice::from_ref(id));
        }
        for broadcast in broadcasts {
            self.show_streams(&broadcast, std::slice::from_ref(id));
        }
    }

    /// Announces that a stream was created or, with a reason, destroyed. It must still be in its
    /// session.
    fn announce_stream(
        &mut self,
        session_id: &SessionId,
        id: &StreamId,
        reason: Option<StreamReason>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(stream) = session.streams.get(id) else {
            return;
        };
        let mut event = StreamEvent::default();
        event.session_id = session_id.clone();
        event.project_id = Some(session.project.clone());
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.stream = stream.event_model(session.connections.get(&stream.connection));
        let event = if reason.is_some() {
            event.event = "streamDestroyed".to_owned();
            event.reason = reason;
            WebhookEvent::StreamDestroyed(event)
        } else {
            event.event = "streamCreated".to_owned();
            WebhookEvent::StreamCreated(event)
        };
        let project = session.project.clone();
        self.happen(&project, None, event);
    }
}
