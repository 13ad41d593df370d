//! How web pages are attached to their sessions, lose their sockets and are disconnected for being
//! idle.

use vonage_video_core::{ConnectionId, SessionId, models::ConnectionReason};

use crate::world::{
    attachment::{Attachment, LONGEST_IDLE, RESUMABLE},
    clock::Millis,
    connection::Connection,
    participation::ClientError,
    state::{Reminder, World},
};

impl World {
    /// Makes a client a web page with a socket.
    pub(crate) fn attach(&mut self, session_id: &SessionId, id: &ConnectionId) {
        if let Some(connection) = self.connection_mut(session_id, id) {
            connection.attachment = Some(Attachment::default());
            self.settle_idleness(session_id, id);
        }
    }

    /// Whether a client is a web page that has a socket.
    pub(crate) fn is_attached(&self, session_id: &SessionId, id: &ConnectionId) -> bool {
        self.client(session_id, id).is_ok_and(|connection| {
            let attachment = connection.attachment.as_ref();
            attachment.is_some_and(|attachment| attachment.lost_at.is_none())
        })
    }

    /// When a client that is a web page lost its socket, if it has none.
    pub(crate) fn lost_at(&self, session_id: &SessionId, id: &ConnectionId) -> Option<Millis> {
        let connection = self.client(session_id, id).ok()?;
        connection.attachment.as_ref()?.lost_at
    }

    /// The socket of a page is lost. Unless it gets another one in time, it is disconnected.
    pub(crate) fn lose_socket(&mut self, session_id: &SessionId, id: &ConnectionId) {
        let now = self.now;
        if let Some(attachment) = self.attachment_mut(session_id, id) {
            attachment.lost_at = Some(now);
            self.remind_of(session_id, id, now.saturating_add(RESUMABLE));
        }
    }

    /// A page has another socket.
    pub(crate) fn resume_socket(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) -> Result<(), ClientError> {
        self.attachment_mut(session_id, id)
            .ok_or(ClientError::NotConnected)?
            .lost_at = None;
        Ok(())
    }

    /// Notes whether a page publishes or subscribes.
    pub(in crate::world) fn settle_idleness(&mut self, session_id: &SessionId, id: &ConnectionId) {
        let now = self.now;
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        let subscribes = session.peers.iter().any(|peer| peer.subscriber == *id);
        let Some(connection) = session.connections.get_mut(id) else {
            return;
        };
        let idle = connection.streams.is_empty() && !subscribes;
        let Some(attachment) = &mut connection.attachment else {
            return;
        };
        if !idle {
            attachment.idle_since = None;
        } else if attachment.idle_since.is_none() {
            attachment.idle_since = Some(now);
            self.remind_of(session_id, id, now.saturating_add(LONGEST_IDLE));
        }
    }

    /// Disconnects a page that was without a socket or idle for too long, and notes when to look
    /// again.
    pub(in crate::world) fn settle_attachment(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) {
        let now = self.now;
        let Some(attachment) = self.attachment_mut(session_id, id) else {
            return;
        };
        match attachment.due() {
            Some(due) if due > now => self.remind_of(session_id, id, due),
            Some(_) if attachment.lost_at.is_some() => {
                self.remove_client(session_id, id, ConnectionReason::NetworkDisconnected);
            }
            Some(_) => {
                let told = "mediaIdle".to_owned();
                let reason = ConnectionReason::ClientDisconnected;
                self.remove_client_telling(session_id, id, reason, told);
            }
            None => {}
        }
    }

    fn remind_of(&mut self, session_id: &SessionId, id: &ConnectionId, due: u64) {
        let reminder = Reminder::Attachment(session_id.clone(), id.clone());
        self.agenda.add(due, reminder);
    }

    fn connection_mut(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) -> Option<&mut Connection> {
        self.sessions.get_mut(session_id)?.connections.get_mut(id)
    }

    fn attachment_mut(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) -> Option<&mut Attachment> {
        self.connection_mut(session_id, id)?.attachment.as_mut()
    }
}
