//! How sessions are created, rotate and end, and how their clients are notified.

use std::sync::Arc;

use vonage_video_auth::SessionInfo;
use vonage_video_core::{
    ConnectionId, ProjectId, SessionId, WebhookEvent,
    models::{ArchiveReason, ArchiveStatus, ConnectionReason, SessionReason},
};

use crate::world::{
    clock::to_time,
    connection::Connection,
    feed::{Audience, Changed, News},
    notice::Notice,
    session::{NewSession, Session},
    state::World,
    stream::Stream,
    table::Table,
};

impl World {
    /// Creates a session of a project.
    pub(crate) fn create_session(&mut self, project: &ProjectId, new: NewSession<'_>) -> SessionId {
        let nonce = self.random.letters(24);
        let mut info =
            SessionInfo::new(project.as_str(), to_time(self.now), &nonce).with_relayed(new.relayed);
        if let Some(location) = new.location {
            info = info.with_location(location);
        }
        let id = SessionId::from(info.encode());
        let session = Session {
            id: id.clone(),
            project: project.clone(),
            created: self.now,
            relayed: new.relayed,
            e2ee: new.e2ee,
            auto_archive: new.auto_archive,
            connections: Table::default(),
            streams: Table::default(),
            peers: Table::default(),
            departed: Table::default(),
            had_streams: false,
            published: 0,
            muted_except: None,
            empty_since: None,
            archives: Vec::new(),
            broadcasts: Vec::new(),
            captions: None,
        };
        self.sessions.insert(id.clone(), session);
        self.report(Changed::Session, Some(id.clone()));
        id
    }

    /// Tells clients of a session something.
    pub(crate) fn tell(&mut self, session_id: &SessionId, to: Audience, notice: Notice) {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        if notice.is_message() {
            // One copy, however many receive it.
            let notice = Arc::new(notice.clone());
            match &to {
                Audience::Only(id) => {
                    if let Some(connection) = session.connections.get_mut(id) {
                        connection.receive(&notice);
                    }
                }
                Audience::All | Audience::Except(_) => {
                    for connection in session.connections.iter_mut() {
                        connection.receive(&notice);
                    }
                }
            }
        }
        let news = News::Notice {
            session: session_id.clone(),
            to,
            notice,
        };
        self.feed.push(self.now, news);
    }

    /// The notices of a client when it begins to listen: the connections, its own first, the
    /// streams and archives that are there, and the messages that it got before.
    pub(crate) fn notices_so_far(&self, session_id: &SessionId, id: &ConnectionId) -> Vec<Notice> {
        let Some(session) = self.sessions.get(session_id) else {
            return Vec::new();
        };
        let Some(client) = session.anyone(id) else {
            return Vec::new();
        };
        let messages = client.inbox.iter().cloned();
        if !session.connections.contains(id) {
            return messages.collect();
        }
        let others = session.connections.iter().filter(|it| it.id != *id);
        let connections = std::iter::once(client).chain(others);
        let archives = session.archives.iter().filter_map(|id| {
            let archive = self.archives.get(id)?;
            Some(Notice::ArchiveStarted {
                archive_id: id.clone(),
                name: archive.model.name.clone().unwrap_or_default(),
            })
        });
        connections
            .map(Connection::created_notice)
            .chain(session.streams.iter().map(Stream::created_notice))
            .chain(archives)
            .chain(messages)
            .collect()
    }

    /// Announces that a session is about to move to another server.
    pub(crate) fn announce_rotation(&mut self, id: &SessionId) {
        self.announce_session(
            id,
            "sessionNotification",
            Some(SessionReason::ServerRotation),
        );
    }

    /// Moves a session to another server, as the guides describe it: archives, broadcasts and
    /// captions fail, and everybody is disconnected except clients that migrate.
    pub(crate) fn rotate(&mut self, id: &SessionId) {
        let Some(session) = self.sessions.get(id) else {
            return;
        };
        let (migrating, others): (Vec<_>, Vec<_>) = session
            .connections
            .iter()
            .map(|connection| (connection.migrates, connection.id.clone()))
            .partition(|(migrates, _)| *migrates);
        let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
        let captions = session.captions.clone();
        for archive in archives {
            self.end_archive(&archive, ArchiveReason::Failure);
            self.change_archive(&archive, ArchiveStatus::Failed);
        }
        for broadcast in broadcasts {
            self.fail_broadcast(&broadcast);
        }
        if let Some(captions) = captions {
            self.fail_captions(&captions);
        }
        for (_, client) in &migrating {
            let to = Audience::Only(client.clone());
            self.tell(id, to, Notice::SessionReconnecting);
        }
        for (_, connection) in others {
            self.remove_client(id, &connection, ConnectionReason::ForceDisconnected);
        }
        if migrating.is_empty() {
            self.announce_session(id, "sessionDestroyed", Some(SessionReason::ServerRotation));
        }
        for (_, client) in migrating {
            self.tell(id, Audience::Only(client), Notice::SessionReconnected);
        }
    }

    pub(in crate::world) fn announce_session(
        &mut self,
        id: &SessionId,
        name: &str,
        reason: Option<SessionReason>,
    ) {
        let Some(session) = self.sessions.get(id) else {
            return;
        };
        let event = session.event(name, reason, self.now);
        let event = match name {
            "sessionCreated" => WebhookEvent::SessionCreated(event),
            "sessionDestroyed" => WebhookEvent::SessionDestroyed(event),
            _ => WebhookEvent::SessionNotification(event),
        };
        let project = session.project.clone();
        self.happen(&project, None, event);
    }

    /// Updates everything that depends on who is in a session.
    pub(in crate::world) fn settle_session(&mut self, id: &SessionId) {
        let Some(session) = self.sessions.get(id) else {
            return;
        };
        let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
        for id in archives {
            self.settle_archive(&id);
        }
        for id in broadcasts {
            self.settle_broadcast(&id);
        }
    }
}
