//! How clients enter a session and leave it.

use vonage_video_core::{
    ConnectionId, SessionId, Timestamp, WebhookEvent,
    models::{ConnectionEvent, ConnectionReason, StreamReason},
};

use crate::world::{
    admission::Admission,
    connection::{Connection, ConnectionKind, Inbox},
    feed::Audience,
    notice::Notice,
    state::World,
};

impl World {
    /// Lets in a client whose token has been checked.
    pub(crate) fn admit(
        &mut self,
        session_id: &SessionId,
        kind: ConnectionKind,
        admission: Admission,
    ) -> Option<ConnectionId> {
        let id = ConnectionId::from(self.random.uuid());
        let session = self.sessions.get_mut(session_id)?;
        let first = session.connections.is_empty();
        session.empty_since = None;
        let connection = Connection {
            id: id.clone(),
            data: admission.data,
            role: admission.role,
            created: self.now,
            kind,
            initial_classes: admission.classes,
            streams: Vec::new(),
            inbox: Inbox::default(),
            migrates: false,
            attachment: None,
        };
        let notice = connection.created_notice();
        session.connections.insert(id.clone(), connection);
        if first {
            self.announce_session(session_id, "sessionCreated", None);
        }
        self.announce_connection(session_id, &id, None);
        self.tell(session_id, Audience::All, notice);
        self.begin_automatic_archive(session_id);
        self.settle_session(session_id);
        Some(id)
    }

    /// Takes a client out of its session. Returns whether it was there.
    pub(crate) fn remove_client(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        reason: ConnectionReason,
    ) -> bool {
        let told = reason.as_str().to_owned();
        self.remove_client_telling(session_id, id, reason, told)
    }

    /// The same, but the client itself receives another reason than the others.
    pub(in crate::world) fn remove_client_telling(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        reason: ConnectionReason,
        told: String,
    ) -> bool {
        let Some(connection) = self
            .sessions
            .get(session_id)
            .and_then(|session| session.connections.get(id))
        else {
            return false;
        };
        let stream_reason = match reason {
            ConnectionReason::ForceDisconnected => StreamReason::ForceDisconnected,
            ConnectionReason::NetworkDisconnected => StreamReason::NetworkDisconnected,
            _ => StreamReason::ClientDisconnected,
        };
        for stream in connection.streams.clone() {
            self.remove_stream(session_id, &stream, stream_reason.clone());
        }
        self.end_peers_of_subscriber(session_id, id);
        self.announce_connection(session_id, id, Some(reason.clone()));
        self.tell(
            session_id,
            Audience::Except(id.clone()),
            Notice::ConnectionDestroyed {
                connection_id: id.clone(),
                reason,
            },
        );
        self.tell(
            session_id,
            Audience::Only(id.clone()),
            Notice::Disconnected { reason: told },
        );

        let now = self.now;
        let Some(session) = self.sessions.get_mut(session_id) else {
            return false;
        };
        let Some(connection) = session.connections.remove(id) else {
            return false;
        };
        let kind = connection.kind.clone();
        session.remember(connection);
        if session.connections.is_empty() {
            session.empty_since = Some(now);
            self.announce_session(session_id, "sessionDestroyed", None);
        }
        self.settle_session(session_id);
        match kind {
            ConnectionKind::Client | ConnectionKind::AudioConnector(_) => {}
            ConnectionKind::SipCall(id) => self.call_left(&id),
            ConnectionKind::Render(id) => self.render_left(&id),
        }
        true
    }

    /// Announces that a connection was created or, with a reason, destroyed. It must still be in
    /// its session.
    fn announce_connection(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        reason: Option<ConnectionReason>,
    ) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(connection) = session.connections.get(id) else {
            return;
        };
        let mut event = ConnectionEvent::default();
        event.session_id = session_id.clone();
        event.project_id = Some(session.project.clone());
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.connection = connection.event_model();
        let event = if reason.is_some() {
            event.event = "connectionDestroyed".to_owned();
            event.reason = reason;
            WebhookEvent::ConnectionDestroyed(event)
        } else {
            event.event = "connectionCreated".to_owned();
            WebhookEvent::ConnectionCreated(event)
        };
        let project = session.project.clone();
        self.happen(&project, None, event);
    }
}
