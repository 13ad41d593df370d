//! What the service tells about itself: the events that become webhooks.

use vonage_video_core::{
    ProjectId, Timestamp, WebhookEvent,
    models::{
        ConnectionEvent, ConnectionReason, EventConnection, EventStream, SessionEvent,
        SessionReason, StreamEvent, StreamReason,
    },
};

use super::{
    World,
    session::{Connection, Session, Stream},
};

impl World {
    pub(crate) fn announce_session(
        &mut self,
        session_id: &str,
        name: &str,
        reason: Option<SessionReason>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let mut event = SessionEvent::default();
        event.event = name.to_owned();
        event.session_id = session_id.into();
        event.project_id = Some(ProjectId::from(session.project.as_str()));
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.reason = reason;
        let event = match name {
            "sessionCreated" => WebhookEvent::SessionCreated(event),
            "sessionDestroyed" => WebhookEvent::SessionDestroyed(event),
            _ => WebhookEvent::SessionNotification(event),
        };
        let project = session.project.clone();
        self.announce(&project, event);
    }

    /// That a connection is there; or, with a reason, that it is gone. It must still be in its session.
    pub(crate) fn announce_connection(
        &mut self,
        session_id: &str,
        connection_id: &str,
        reason: Option<ConnectionReason>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(connection) = session.connections.get(connection_id) else {
            return;
        };
        let mut event = ConnectionEvent::default();
        event.event = if reason.is_none() {
            "connectionCreated".to_owned()
        } else {
            "connectionDestroyed".to_owned()
        };
        event.session_id = session_id.into();
        event.project_id = Some(ProjectId::from(session.project.as_str()));
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.connection = event_connection(connection);
        let gone = reason.is_some();
        event.reason = reason;
        let project = session.project.clone();
        let event = if gone {
            WebhookEvent::ConnectionDestroyed(event)
        } else {
            WebhookEvent::ConnectionCreated(event)
        };
        self.announce(&project, event);
    }

    /// That a stream is there; or, with a reason, that it is gone. It must still be in its session.
    pub(crate) fn announce_stream(
        &mut self,
        session_id: &str,
        stream_id: &str,
        reason: Option<StreamReason>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(stream) = session.streams.get(stream_id) else {
            return;
        };
        let mut event = StreamEvent::default();
        event.event = if reason.is_none() {
            "streamCreated".to_owned()
        } else {
            "streamDestroyed".to_owned()
        };
        event.session_id = session_id.into();
        event.project_id = Some(ProjectId::from(session.project.as_str()));
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.stream = event_stream(session, stream);
        let gone = reason.is_some();
        event.reason = reason;
        let project = session.project.clone();
        let event = if gone {
            WebhookEvent::StreamDestroyed(event)
        } else {
            WebhookEvent::StreamCreated(event)
        };
        self.announce(&project, event);
    }

    /// An archive's present state.
    pub(crate) fn announce_archive(&mut self, id: &str) {
        let Some(archive) = self.archives.get(id) else {
            return;
        };
        let event = WebhookEvent::Archive(self.archive_model(archive));
        let project = archive.project.clone();
        self.announce(&project, event);
    }
}

fn event_connection(connection: &Connection) -> EventConnection {
    let mut event = EventConnection::default();
    event.id = connection.id.as_str().into();
    event.created_at = Some(Timestamp::from_millis(connection.created));
    event.data = Some(connection.data.clone());
    event
}

fn event_stream(session: &Session, stream: &Stream) -> EventStream {
    let mut event = EventStream::default();
    event.id = stream.id.as_str().into();
    if let Some(connection) = session.connections.get(&stream.connection) {
        event.connection = event_connection(connection);
    }
    event.created_at = Some(Timestamp::from_millis(stream.created));
    event.name = Some(stream.name.clone());
    event.video_type.clone_from(&stream.video_type);
    event
}
