//! Sessions and what is in them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use vonage_video_auth::SessionInfo;
use vonage_video_core::{
    ArchiveId, BroadcastId, CaptionsId, ConnectionId, ProjectId, SessionId, StreamId, Timestamp,
    models::{Resolution, SessionEvent, SessionReason},
};

use crate::world::{
    clock::Millis, connection::Connection, peer_connection::PeerConnection, stream::Stream,
    table::Table,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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
    /// The subscriptions of web pages, by name.
    #[serde(skip)]
    pub(crate) peers: Table<String, PeerConnection>,
    /// Clients that left, for as long as their inboxes may be read.
    pub(crate) departed: Table<ConnectionId, Connection>,
    pub(crate) had_streams: bool,
    /// How many streams it has had.
    pub(crate) published: u32,
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AutoArchive {
    pub(crate) name: Option<String>,
    pub(crate) resolution: Option<Resolution>,
}

/// Departed clients whose inboxes are kept in a session.
const MOST_DEPARTED: usize = 1_000;

/// Characters of a session's short name.
const SHORT: usize = 6;

/// A session's name for people: the ids of sessions begin and end alike, so it is from the random
/// part.
pub(crate) fn short_name(id: &SessionId) -> String {
    let decoded = SessionInfo::decode(id.as_str());
    let nonce = decoded.map_or_else(|_| id.to_string(), |info| info.nonce().to_owned());
    nonce.chars().take(SHORT).collect()
}

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

    /// As webhooks show it.
    pub(super) fn event(
        &self,
        name: &str,
        reason: Option<SessionReason>,
        now: Millis,
    ) -> SessionEvent {
        let mut event = SessionEvent::default();
        event.event = name.to_owned();
        event.session_id = self.id.clone();
        event.project_id = Some(self.project.clone());
        event.timestamp = Some(Timestamp::from_millis(now));
        event.reason = reason;
        event
    }
}
