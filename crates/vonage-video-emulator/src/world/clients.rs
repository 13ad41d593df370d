//! Clients come, go, and are told things.

use std::collections::VecDeque;

use vonage_video_core::models::{ConnectionReason, StreamReason};

use super::{
    World,
    session::{Connection, ConnectionKind},
};
use crate::world::{admission::Pass, notice::Notice};

/// What somebody publishes.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) name: String,
    pub(crate) video_type: Option<vonage_video_core::models::VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
    /// Layout classes instead of those in the token.
    pub(crate) classes: Option<Vec<String>>,
}

impl World {
    /// Lets somebody in whose token has been checked, and answers the connection's id.
    pub(crate) fn admit(
        &mut self,
        session_id: &str,
        kind: ConnectionKind,
        pass: Pass,
    ) -> Option<String> {
        let connection_id = self.random.uuid();
        let now = self.now;
        let session = self.sessions.get_mut(session_id)?;
        let first = session.connections.is_empty();
        session.empty_since = None;
        let connection = Connection {
            id: connection_id.clone(),
            data: pass.data,
            role: pass.role,
            created: now,
            kind,
            initial_classes: pass.classes,
            streams: Vec::new(),
            inbox: VecDeque::new(),
        };
        session
            .connections
            .insert(connection_id.clone(), connection);
        if first {
            self.announce_session(session_id, "sessionCreated", None);
        }
        self.announce_connection(session_id, &connection_id, None);
        self.begin_automatic_archive(session_id);
        self.settle_session(session_id);
        Some(connection_id)
    }

    /// Takes a client out of its session. Answers whether it was in.
    pub(crate) fn remove_client(
        &mut self,
        session_id: &str,
        connection_id: &str,
        reason: ConnectionReason,
    ) -> bool {
        let Some(session) = self.sessions.get(session_id) else {
            return false;
        };
        let Some(connection) = session.connections.get(connection_id) else {
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
        self.announce_connection(session_id, connection_id, Some(reason.clone()));

        let now = self.now;
        let Some(session) = self.sessions.get_mut(session_id) else {
            return false;
        };
        let Some(mut connection) = session.connections.remove(connection_id) else {
            return false;
        };
        connection.tell(Notice::Disconnected {
            reason: reason.as_str().to_owned(),
        });
        let kind = connection.kind.clone();
        session.remember(connection);
        if session.connections.is_empty() {
            session.empty_since = Some(now);
            self.announce_session(session_id, "sessionDestroyed", None);
        }
        self.settle_session(session_id);
        self.left(&kind);
        true
    }

    /// What else ends with a connection of the service's own.
    fn left(&mut self, kind: &ConnectionKind) {
        match kind {
            ConnectionKind::Client | ConnectionKind::Connector(_) => {}
            ConnectionKind::Call(id) => self.call_left(id),
            ConnectionKind::Render(id) => self.render_left(id),
        }
    }
}
