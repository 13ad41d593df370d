//! Streams begin, change, are muted, and end.

use std::collections::BTreeSet;

use vonage_video_core::{
    StreamId,
    models::{self, StreamReason},
};

use super::{
    Publication, World,
    session::{ConnectionKind, Stream},
};
use crate::world::notice::Notice;

impl World {
    /// Publishes a stream for a client, and answers its id.
    pub(crate) fn add_stream(
        &mut self,
        session_id: &str,
        connection_id: &str,
        publication: Publication,
    ) -> Option<String> {
        let id = self.random.uuid();
        let now = self.now;
        let session = self.sessions.get_mut(session_id)?;
        let muted = session.mutes(&id);
        let connection = session.connections.get_mut(connection_id)?;
        connection.streams.push(id.clone());
        let stream = Stream {
            id: id.clone(),
            connection: connection_id.to_owned(),
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
        if muted {
            connection.tell(Notice::Muted {
                stream_id: StreamId::from(id.as_str()),
            });
        }
        session.streams.insert(id.clone(), stream);
        session.had_streams = true;
        self.announce_stream(session_id, &id, None);
        self.settle_stream(session_id, &id);
        Some(id)
    }

    /// Ends a stream. Answers whether there was one.
    pub(crate) fn remove_stream(
        &mut self,
        session_id: &str,
        stream_id: &str,
        reason: StreamReason,
    ) -> bool {
        let known = self
            .sessions
            .get(session_id)
            .is_some_and(|session| session.streams.contains(stream_id));
        if !known {
            return false;
        }
        self.announce_stream(session_id, stream_id, Some(reason));
        if let Some(session) = self.sessions.get_mut(session_id)
            && let Some(stream) = session.streams.remove(stream_id)
            && let Some(connection) = session.connections.get_mut(&stream.connection)
        {
            connection.streams.retain(|id| id != stream_id);
        }
        self.settle_stream(session_id, stream_id);
        true
    }

    /// Mutes one stream. Answers whether there is one.
    pub(crate) fn mute(&mut self, session_id: &str, stream_id: &str) -> bool {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return false;
        };
        let Some(stream) = session.streams.get_mut(stream_id) else {
            return false;
        };
        stream.muted = true;
        let connection = stream.connection.clone();
        let notice = Notice::Muted {
            stream_id: StreamId::from(stream_id),
        };
        session.tell(&connection, notice);
        self.mute_was_forced(session_id, &connection);
        true
    }

    /// Mutes every stream but some, and those that come later; or lets later ones come unmuted.
    pub(crate) fn force_mute(&mut self, session_id: &str, active: bool, except: BTreeSet<String>) {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        session.tell_all(&Notice::ForceMute { active });
        if !active {
            session.muted_except = None;
            return;
        }
        let mute: Vec<String> = session
            .streams
            .iter()
            .filter(|stream| !except.contains(&stream.id))
            .map(|stream| stream.id.clone())
            .collect();
        session.muted_except = Some(except);
        for stream in mute {
            self.mute(session_id, &stream);
        }
    }

    /// Tells a SIP call that asked for it.
    fn mute_was_forced(&mut self, session_id: &str, connection_id: &str) {
        let kind = self
            .sessions
            .get(session_id)
            .and_then(|session| session.connections.get(connection_id))
            .map(|connection| connection.kind.clone());
        if let Some(ConnectionKind::Call(id)) = kind {
            self.call_was_muted(&id);
        }
    }
}

impl Stream {
    pub(crate) fn model(&self) -> models::Stream {
        let mut model = models::Stream::new(self.id.as_str());
        model.video_type.clone_from(&self.video_type);
        model.name = Some(self.name.clone());
        model.layout_class_list.clone_from(&self.classes);
        model
    }
}
