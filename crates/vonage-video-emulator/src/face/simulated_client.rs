//! A simulated client as Rust sees it.

use std::{fmt, sync::Arc};

use vonage_video_core::{
    ConnectionId, SessionId, StreamId,
    models::{ConnectionReason, Stream, StreamReason},
};

use crate::{
    site::Shared,
    world::{
        notice::Notice,
        participation::{ClientError, Moderation, Publish},
    },
};

/// A client in a session, simulated. Dropping it changes nothing: it stays in the session until it leaves or is thrown out.
#[derive(Clone)]
pub struct SimulatedClient {
    shared: Arc<Shared>,
    session: SessionId,
    id: ConnectionId,
}

impl SimulatedClient {
    pub(crate) fn new(shared: Arc<Shared>, session: SessionId, id: String) -> Self {
        Self {
            shared,
            session,
            id: id.into(),
        }
    }

    /// Its connection.
    pub fn id(&self) -> &ConnectionId {
        &self.id
    }

    /// Its session.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// Whether it is in its session.
    pub fn is_connected(&self) -> bool {
        self.shared
            .world()
            .sessions
            .get(self.session.as_str())
            .is_some_and(|session| session.connections.contains(self.id.as_str()))
    }

    /// What it publishes.
    pub fn streams(&self) -> Vec<Stream> {
        let world = self.shared.world();
        let Some(session) = world.sessions.get(self.session.as_str()) else {
            return Vec::new();
        };
        session
            .connections
            .get(self.id.as_str())
            .into_iter()
            .flat_map(|connection| &connection.streams)
            .filter_map(|id| session.streams.get(id))
            .map(|stream| stream.model())
            .collect()
    }

    /// Whether the audio of one of its streams is muted.
    pub fn is_muted(&self, stream: &StreamId) -> bool {
        self.shared
            .world()
            .sessions
            .get(self.session.as_str())
            .and_then(|session| session.streams.get(stream.as_str()))
            .is_some_and(|stream| stream.muted)
    }

    /// Everything that reached it, oldest first; at most the last 10,000.
    pub fn inbox(&self) -> Vec<Notice> {
        self.shared
            .world()
            .sessions
            .get(self.session.as_str())
            .and_then(|session| session.anyone(self.id.as_str()))
            .map(|connection| connection.inbox.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// Publishes a stream.
    ///
    /// # Errors
    ///
    /// It is not connected, or its role does not let it publish.
    pub fn publish(&self, publish: Publish) -> Result<StreamId, ClientError> {
        self.shared
            .world()
            .publish_as(self.session.as_str(), self.id.as_str(), publish)
            .map(StreamId::from)
    }

    /// Ends one of its streams.
    ///
    /// # Errors
    ///
    /// It is not connected, or has no such stream.
    pub fn unpublish(&self, stream: &StreamId) -> Result<(), ClientError> {
        self.end(stream, StreamReason::ClientDisconnected)
    }

    /// Ends one of its streams as when the user ends the sharing of a screen.
    ///
    /// # Errors
    ///
    /// As for [`unpublish`](Self::unpublish).
    pub fn stop_sharing(&self, stream: &StreamId) -> Result<(), ClientError> {
        self.end(stream, StreamReason::MediaStopped)
    }

    fn end(&self, stream: &StreamId, reason: StreamReason) -> Result<(), ClientError> {
        self.shared.world().unpublish_as(
            self.session.as_str(),
            self.id.as_str(),
            stream.as_str(),
            reason,
        )
    }

    /// Changes one of its streams; what is unset stays. Audio that is switched on is muted no more.
    ///
    /// # Errors
    ///
    /// As for [`unpublish`](Self::unpublish).
    pub fn change(&self, stream: &StreamId, change: Publish) -> Result<(), ClientError> {
        self.shared.world().change_as(
            self.session.as_str(),
            self.id.as_str(),
            stream.as_str(),
            change,
        )
    }

    /// Signals another client, or with `None` everybody, itself included.
    ///
    /// # Errors
    ///
    /// It is not connected, its role does not let it signal, or the other one is not there.
    pub fn signal(
        &self,
        to: Option<&ConnectionId>,
        kind: Option<&str>,
        data: impl Into<String>,
    ) -> Result<(), ClientError> {
        self.shared.world().signal_as(
            self.session.as_str(),
            self.id.as_str(),
            to.map(ConnectionId::as_str),
            kind.map(str::to_owned),
            data.into(),
        )
    }

    /// Does something to another client, as a moderator.
    ///
    /// # Errors
    ///
    /// It is not connected, is no moderator, or the client or stream is not there.
    pub fn moderate(&self, moderation: &Moderation) -> Result<(), ClientError> {
        self.shared
            .world()
            .moderate_as(self.session.as_str(), self.id.as_str(), moderation)
    }

    /// Leaves the session.
    ///
    /// # Errors
    ///
    /// It is not connected.
    pub fn leave(&self) -> Result<(), ClientError> {
        self.go(ConnectionReason::ClientDisconnected)
    }

    /// Drops off the network.
    ///
    /// # Errors
    ///
    /// It is not connected.
    pub fn drop_off(&self) -> Result<(), ClientError> {
        self.go(ConnectionReason::NetworkDisconnected)
    }

    fn go(&self, reason: ConnectionReason) -> Result<(), ClientError> {
        self.shared
            .world()
            .leave_as(self.session.as_str(), self.id.as_str(), reason)
    }
}

impl fmt::Debug for SimulatedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedClient")
            .field("session", &self.session)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
