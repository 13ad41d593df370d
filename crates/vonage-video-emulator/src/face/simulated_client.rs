//! A simulated client as Rust sees it.

use std::{fmt, sync::Arc};

use vonage_video_core::{
    ConnectionId, SessionId, StreamId,
    models::{ConnectionReason, Stream, StreamReason},
};

use crate::{
    site::Site,
    world::{ClientError, Connection, Moderation, Notice, Publish, Session},
};

/// A client in a session, simulated. Dropping it changes nothing: it stays in the session until it leaves or is thrown out.
#[derive(Clone)]
pub struct SimulatedClient {
    site: Arc<Site>,
    session: SessionId,
    id: ConnectionId,
}

impl SimulatedClient {
    pub(crate) fn new(site: Arc<Site>, session: SessionId, id: ConnectionId) -> Self {
        Self { site, session, id }
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
        self.in_session(|session| session.connections.contains(&self.id))
            .unwrap_or_default()
    }

    /// The streams that it publishes.
    pub fn streams(&self) -> Vec<Stream> {
        self.in_session(|session| {
            let connection = session.connections.get(&self.id);
            connection
                .into_iter()
                .flat_map(|connection| &connection.streams)
                .filter_map(|id| session.streams.get(id))
                .map(|stream| stream.model())
                .collect()
        })
        .unwrap_or_default()
    }

    /// Whether the audio of one of its streams is muted.
    pub fn is_muted(&self, stream: &StreamId) -> bool {
        self.in_session(|session| session.streams.get(stream).is_some_and(|it| it.muted))
            .unwrap_or_default()
    }

    /// Everything that it was told, oldest first; at most the last 10,000 notices.
    pub fn inbox(&self) -> Vec<Notice> {
        let inbox = |connection: &Connection| connection.inbox.iter().cloned().collect();
        self.in_session(|session| session.anyone(&self.id).map(inbox))
            .flatten()
            .unwrap_or_default()
    }

    fn in_session<T>(&self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        let state = self.site.lock();
        state.world.sessions().get(&self.session).map(read)
    }

    /// Publishes a stream.
    ///
    /// # Errors
    ///
    /// It is not connected, or its role does not let it publish.
    pub fn publish(&self, publish: Publish) -> Result<StreamId, ClientError> {
        self.site
            .lock()
            .world
            .publish_as(&self.session, &self.id, publish)
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
        self.site
            .lock()
            .world
            .unpublish_as(&self.session, &self.id, stream, reason)
    }

    /// Changes one of its streams; what is unset stays. Audio that is switched on is muted no more.
    ///
    /// # Errors
    ///
    /// As for [`unpublish`](Self::unpublish).
    pub fn change(&self, stream: &StreamId, change: Publish) -> Result<(), ClientError> {
        self.site
            .lock()
            .world
            .change_as(&self.session, &self.id, stream, change)
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
        self.site.lock().world.signal_as(
            &self.session,
            &self.id,
            to,
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
        self.site
            .lock()
            .world
            .moderate_as(&self.session, &self.id, moderation)
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
        self.site
            .lock()
            .world
            .leave_as(&self.session, &self.id, reason)
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
