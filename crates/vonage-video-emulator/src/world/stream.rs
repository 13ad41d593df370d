//! Streams: how they are published, changed, muted and ended.

use std::collections::BTreeSet;

use vonage_video_core::{
    ConnectionId, SessionId, StreamId, Timestamp, WebhookEvent,
    models::{self, EventStream, StreamEvent, StreamReason, VideoType},
};

use crate::world::{
    World,
    clock::Millis,
    connection::ConnectionKind,
    feed::Audience,
    notice::{Notice, StreamChange},
    participation::Publish,
    session::Session,
};

#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) id: StreamId,
    pub(crate) connection: ConnectionId,
    pub(crate) name: String,
    /// `None` for audio only.
    pub(crate) video_type: Option<VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
    /// Whether its audio was muted by force and not switched on again.
    pub(crate) muted: bool,
    pub(crate) classes: Vec<String>,
    pub(crate) created: Millis,
}

/// A stream to publish.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) name: String,
    pub(crate) video_type: Option<VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
    /// Layout classes instead of those in the token.
    pub(crate) classes: Option<Vec<String>>,
}

impl Stream {
    pub(crate) fn model(&self) -> models::Stream {
        let mut model = models::Stream::new(self.id.clone());
        model.video_type.clone_from(&self.video_type);
        model.name = Some(self.name.clone());
        model.layout_class_list.clone_from(&self.classes);
        model
    }

    /// Changes what is set.
    fn change(&mut self, change: Publish) {
        if let Some(name) = change.name {
            self.name = name;
        }
        if let Some(has_video) = change.has_video {
            self.has_video = has_video;
        }
        if let Some(has_audio) = change.has_audio {
            self.has_audio = has_audio;
            self.muted &= !has_audio;
        }
        if let Some(classes) = change.layout_class_list {
            self.classes = classes;
        }
        if let Some(kind) = change.video_type {
            self.video_type = Some(kind);
        } else if self.has_video && self.video_type.is_none() {
            self.video_type = Some(VideoType::Camera);
        }
        if !self.has_video {
            self.video_type = None;
        }
    }

    /// Whether others hear it.
    fn sends_audio(&self) -> bool {
        self.has_audio && !self.muted
    }

    /// What clients are told of a change.
    fn changes_since(&self, before: &Self) -> Vec<StreamChange> {
        let mut changes = Vec::new();
        if self.sends_audio() != before.sends_audio() {
            changes.push(StreamChange::HasAudio(self.sends_audio()));
        }
        if self.has_video != before.has_video {
            changes.push(StreamChange::HasVideo(self.has_video));
        }
        if self.video_type != before.video_type {
            changes.push(StreamChange::VideoType(self.video_type.clone()));
        }
        changes
    }

    pub(super) fn created_notice(&self) -> Notice {
        Notice::StreamCreated {
            stream_id: self.id.clone(),
            connection_id: self.connection.clone(),
            name: self.name.clone(),
            video_type: self.video_type.clone(),
            has_audio: self.sends_audio(),
            has_video: self.has_video,
            created_at: self.created,
        }
    }

    /// As webhooks show it.
    fn event_model(&self, session: &Session) -> EventStream {
        let mut model = EventStream::default();
        model.id = self.id.clone();
        model.created_at = Some(Timestamp::from_millis(self.created));
        model.name = Some(self.name.clone());
        model.video_type.clone_from(&self.video_type);
        if let Some(connection) = session.connections.get(&self.connection) {
            model.connection = connection.event_model();
        }
        model
    }
}

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
            connection: connection_id.clone(),
            name: publication.name,
            video_type: publication.video_type.filter(|_| publication.has_video),
            has_audio: publication.has_audio,
            has_video: publication.has_video,
            muted,
            classes: publication
                .classes
                .unwrap_or_else(|| connection.initial_classes.clone()),
            created: now,
        };
        let notice = stream.created_notice();
        session.streams.insert(id.clone(), stream);
        session.had_streams = true;
        self.announce_stream(session_id, &id, None);
        self.tell(session_id, Audience::All, notice);
        if muted {
            let to = Audience::Only(connection_id.clone());
            let stream_id = id.clone();
            self.tell(session_id, to, Notice::Muted { stream_id });
        }
        self.settle_stream(session_id, &id);
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
        }
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
        }
    }

    /// Changes a stream.
    pub(super) fn change_stream(&mut self, session_id: &SessionId, id: &StreamId, change: Publish) {
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
        self.tell_changes(session_id, id, changes);
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
    pub(super) fn settle_stream(&mut self, session_id: &SessionId, id: &StreamId) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        for archive in session.archives.clone() {
            self.follow_streams(&archive, std::slice::from_ref(id));
        }
        self.settle_session(session_id);
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
        event.stream = stream.event_model(session);
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
