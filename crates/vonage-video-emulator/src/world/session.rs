//! Sessions, and who and what is in them.

use std::collections::{BTreeSet, VecDeque};

use vonage_video_auth::Role;
use vonage_video_core::models::{Resolution, VideoType};

use crate::world::{clock::Millis, notice::Notice, table::Table};

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) project: String,
    pub(crate) created: Millis,
    pub(crate) relayed: bool,
    pub(crate) e2ee: bool,
    /// What to record from the first client on.
    pub(crate) auto_archive: Option<AutoArchive>,
    pub(crate) connections: Table<Connection>,
    pub(crate) streams: Table<Stream>,
    /// Clients that left, for as long as their inboxes may be asked for.
    pub(crate) departed: Table<Connection>,
    pub(crate) had_streams: bool,
    /// Set while everything is muted: the streams that are excepted.
    pub(crate) muted_except: Option<BTreeSet<String>>,
    /// When the last client left; `None` while there is one, and before the first.
    pub(crate) empty_since: Option<Millis>,
    /// Archives and broadcasts that have not stopped, oldest first.
    pub(crate) archives: Vec<String>,
    pub(crate) broadcasts: Vec<String>,
    pub(crate) captions: Option<String>,
}

/// An automatic archive.
#[derive(Clone, Debug)]
pub(crate) struct AutoArchive {
    pub(crate) name: Option<String>,
    pub(crate) resolution: Option<Resolution>,
}

/// A client in a session, or something of the service that takes the place of one.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) data: String,
    pub(crate) role: Role,
    pub(crate) created: Millis,
    pub(crate) kind: ConnectionKind,
    /// Layout classes that its streams begin with.
    pub(crate) initial_classes: Vec<String>,
    pub(crate) streams: Vec<String>,
    pub(crate) inbox: VecDeque<Notice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionKind {
    Client,
    /// A SIP call, by its id.
    Call(String),
    /// An Experience Composer, by its id.
    Render(String),
    /// An Audio Connector, by its id.
    Connector(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) id: String,
    pub(crate) connection: String,
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

impl ConnectionKind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Call(_) => "sipCall",
            Self::Render(_) => "render",
            Self::Connector(_) => "audioConnector",
        }
    }
}

/// Messages that a client has not fetched; past it the oldest are dropped.
const LONGEST_INBOX: usize = 10_000;

/// Departed clients whose inboxes are kept in a session.
const MOST_DEPARTED: usize = 1_000;

impl Session {
    pub(crate) fn new(id: String, project: String, created: Millis) -> Self {
        Self {
            id,
            project,
            created,
            relayed: false,
            e2ee: false,
            auto_archive: None,
            connections: Table::default(),
            streams: Table::default(),
            departed: Table::default(),
            had_streams: false,
            muted_except: None,
            empty_since: None,
            archives: Vec::new(),
            broadcasts: Vec::new(),
            captions: None,
        }
    }

    /// Whether a stream that is published now begins muted.
    pub(crate) fn mutes(&self, stream: &str) -> bool {
        self.muted_except
            .as_ref()
            .is_some_and(|except| !except.contains(stream))
    }

    /// Tells a client something.
    pub(crate) fn tell(&mut self, connection: &str, notice: Notice) {
        if let Some(connection) = self.connections.get_mut(connection) {
            connection.tell(notice);
        }
    }

    /// Tells every client something.
    pub(crate) fn tell_all(&mut self, notice: &Notice) {
        for connection in self.connections.iter_mut() {
            connection.tell(notice.clone());
        }
    }

    /// Keeps a client that has left.
    pub(crate) fn remember(&mut self, connection: Connection) {
        if self.departed.len() >= MOST_DEPARTED {
            let oldest = self.departed.iter().next().map(|it| it.id.clone());
            oldest.and_then(|id| self.departed.remove(&id));
        }
        self.departed.insert(connection.id.clone(), connection);
    }

    /// A client that is here or was.
    pub(crate) fn anyone(&self, connection: &str) -> Option<&Connection> {
        self.connections
            .get(connection)
            .or_else(|| self.departed.get(connection))
    }
}

impl Connection {
    pub(crate) fn tell(&mut self, notice: Notice) {
        if self.inbox.len() >= LONGEST_INBOX {
            self.inbox.pop_front();
        }
        self.inbox.push_back(notice);
    }
}
