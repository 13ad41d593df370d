//! Sessions: what is in them, and how they begin, rotate and end.

use std::collections::BTreeSet;

use vonage_video_auth::SessionInfo;
use vonage_video_core::{
    ArchiveId, BroadcastId, CaptionsId, ConnectionId, ProjectId, SessionId, StreamId, Timestamp,
    WebhookEvent,
    models::{
        ArchiveReason, ArchiveStatus, ConnectionReason, Resolution, SessionEvent, SessionReason,
    },
};

use crate::world::{
    World,
    clock::{Millis, to_time},
    connection::Connection,
    feed::{Audience, News},
    notice::Notice,
    stream::Stream,
    table::Table,
};

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) project: ProjectId,
    pub(crate) created: Millis,
    pub(crate) relayed: bool,
    pub(crate) e2ee: bool,
    /// What to record from the first client on.
    pub(crate) auto_archive: Option<AutoArchive>,
    pub(crate) connections: Table<ConnectionId, Connection>,
    pub(crate) streams: Table<StreamId, Stream>,
    /// Clients that left, for as long as their inboxes may be read.
    pub(crate) departed: Table<ConnectionId, Connection>,
    pub(crate) had_streams: bool,
    /// Set while everything is muted: the streams that are excepted.
    pub(crate) muted_except: Option<BTreeSet<StreamId>>,
    /// When the last client left; `None` while there is one, and before the first.
    pub(crate) empty_since: Option<Millis>,
    /// Archives and broadcasts that have not stopped, oldest first.
    pub(crate) archives: Vec<ArchiveId>,
    pub(crate) broadcasts: Vec<BroadcastId>,
    pub(crate) captions: Option<CaptionsId>,
}

/// The settings of a new session.
#[derive(Debug, Default)]
pub(crate) struct NewSession<'s> {
    pub(crate) location: Option<&'s str>,
    pub(crate) relayed: bool,
    pub(crate) e2ee: bool,
    pub(crate) auto_archive: Option<AutoArchive>,
}

/// An automatic archive.
#[derive(Clone, Debug)]
pub(crate) struct AutoArchive {
    pub(crate) name: Option<String>,
    pub(crate) resolution: Option<Resolution>,
}

/// Departed clients whose inboxes are kept in a session.
const MOST_DEPARTED: usize = 1_000;

impl Session {
    /// Whether a stream that is published now begins muted.
    pub(super) fn mutes(&self, stream: &StreamId) -> bool {
        self.muted_except
            .as_ref()
            .is_some_and(|except| !except.contains(stream))
    }

    /// Keeps a client that has left.
    pub(super) fn remember(&mut self, connection: Connection) {
        if self.departed.len() >= MOST_DEPARTED {
            let oldest = self.departed.iter().next().map(|it| it.id.clone());
            oldest.and_then(|id| self.departed.remove(&id));
        }
        self.departed.insert(connection.id.clone(), connection);
    }

    /// A client that is in the session or was.
    pub(crate) fn anyone(&self, connection: &ConnectionId) -> Option<&Connection> {
        self.connections
            .get(connection)
            .or_else(|| self.departed.get(connection))
    }

    /// The first of these streams that is not published here.
    pub(crate) fn missing<'i>(
        &self,
        streams: impl IntoIterator<Item = &'i StreamId>,
    ) -> Option<&'i StreamId> {
        streams.into_iter().find(|id| !self.streams.contains(id))
    }

    fn event(&self, name: &str, reason: Option<SessionReason>, now: Millis) -> SessionEvent {
        let mut event = SessionEvent::default();
        event.event = name.to_owned();
        event.session_id = self.id.clone();
        event.project_id = Some(self.project.clone());
        event.timestamp = Some(Timestamp::from_millis(now));
        event.reason = reason;
        event
    }
}

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
            departed: Table::default(),
            had_streams: false,
            muted_except: None,
            empty_since: None,
            archives: Vec::new(),
            broadcasts: Vec::new(),
            captions: None,
        };
        self.sessions.insert(id.clone(), session);
        id
    }

    /// Tells clients of a session something.
    pub(crate) fn tell(&mut self, session_id: &SessionId, to: Audience, notice: Notice) {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return;
        };
        if notice.is_message() {
            match &to {
                Audience::Only(id) => {
                    if let Some(connection) = session.connections.get_mut(id) {
                        connection.receive(notice.clone());
                    }
                }
                Audience::All | Audience::Except(_) => {
                    for connection in session.connections.iter_mut() {
                        connection.receive(notice.clone());
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

    /// Tells a client that joins what it finds: the connections, streams and archives.
    pub(super) fn tell_what_is_there(&mut self, session_id: &SessionId, id: &ConnectionId) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let others = session.connections.iter().filter(|it| it.id != *id);
        let connections = others.map(Connection::created_notice);
        let streams = session.streams.iter().map(Stream::created_notice);
        let archives = session.archives.iter().filter_map(|id| {
            let archive = self.archives.get(id)?;
            Some(Notice::ArchiveStarted {
                archive_id: id.clone(),
                name: archive.model.name.clone().unwrap_or_default(),
            })
        });
        let notices: Vec<Notice> = connections.chain(streams).chain(archives).collect();
        for notice in notices {
            self.tell(session_id, Audience::Only(id.clone()), notice);
        }
    }

    /// Announces that a session is about to move to another server.
    pub(crate) fn announce_rotation(&mut self, id: &SessionId) {
        self.announce_session(
            id,
            "sessionNotification",
            Some(SessionReason::ServerRotation),
        );
    }

    /// Moves a session to another server, as the guides describe it: everybody is disconnected, and
    /// archives and broadcasts fail.
    pub(crate) fn rotate(&mut self, id: &SessionId) {
        let Some(session) = self.sessions.get(id) else {
            return;
        };
        let connections: Vec<_> = session.connections.iter().map(|it| it.id.clone()).collect();
        let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
        for archive in archives {
            self.end_archive(&archive, ArchiveReason::Failure);
            self.change_archive(&archive, ArchiveStatus::Failed);
        }
        for broadcast in broadcasts {
            self.fail_broadcast(&broadcast);
        }
        for connection in connections {
            self.remove_client(id, &connection, ConnectionReason::ForceDisconnected);
        }
        self.announce_session(id, "sessionDestroyed", Some(SessionReason::ServerRotation));
    }

    pub(super) fn announce_session(
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
    pub(super) fn settle_session(&mut self, id: &SessionId) {
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
