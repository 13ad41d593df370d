//! Simulated clients: what a test does in place of a browser.

use std::{fmt, sync::Arc};

use vonage_video_core::{
    ConnectionId, SessionId, StreamId,
    models::{ConnectionReason, Stream, StreamReason},
};

use crate::{
    face::notices::Notices,
    site::Site,
    world::{ClientError, Connection, Moderation, Notice, Publish, Session},
};

/// A simulated client in a session.
///
/// Dropping it changes nothing: it stays in the session until it leaves or is disconnected.
#[derive(Clone)]
#[doc(alias("participant", "bot"))]
pub struct SimulatedClient {
    site: Arc<Site>,
    session: SessionId,
    id: ConnectionId,
}

impl SimulatedClient {
    pub(crate) fn new(site: Arc<Site>, session: SessionId, id: ConnectionId) -> Self {
        Self { site, session, id }
    }

    /// The id of its connection.
    pub fn id(&self) -> &ConnectionId {
        &self.id
    }

    /// The id of its session.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// Whether it is connected to its session.
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

    /// Whether the audio of one of its streams was muted by force.
    pub fn is_muted(&self, stream: &StreamId) -> bool {
        self.in_session(|session| session.streams.get(stream).is_some_and(|it| it.muted))
            .unwrap_or_default()
    }

    /// The signals, telephone tones and acts of moderation that it received, oldest first; at most
    /// the last 10,000.
    pub fn inbox(&self) -> Vec<Notice> {
        let inbox = |connection: &Connection| connection.inbox.iter().cloned().collect();
        self.in_session(|session| session.anyone(&self.id).map(inbox))
            .flatten()
            .unwrap_or_default()
    }

    /// Everything that it receives, as a stream: what is there, and from now on who comes and goes,
    /// streams and their changes, archives, captions, and what [`inbox`](Self::inbox) has.
    pub fn notices(&self) -> Notices {
        let state = self.site.lock();
        let so_far = state.world.notices_so_far(&self.session, &self.id);
        let subscription = state.world.subscribe(state.world.latest());
        Notices::new(so_far, subscription, self.session.clone(), self.id.clone())
    }

    fn in_session<T>(&self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        let state = self.site.lock();
        state.world.sessions().get(&self.session).map(read)
    }

    /// Publishes a stream.
    ///
    /// # Errors
    ///
    /// The client is not connected, or its role may not publish.
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
    /// The client is not connected, or has no such stream.
    pub fn unpublish(&self, stream: &StreamId) -> Result<(), ClientError> {
        self.end(stream, StreamReason::ClientDisconnected)
    }

    /// Ends one of its streams as the browser does when the user stops sharing a screen.
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

    /// Changes one of its streams; unset fields stay as they are. Switching audio on unmutes it.
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

    /// Sends a signal to another client, or with `None` to everybody, including itself.
    ///
    /// # Errors
    ///
    /// The client is not connected, its role may not signal, or the other client is not connected.
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

    /// Disconnects or mutes others, as a moderator.
    ///
    /// # Errors
    ///
    /// The client is not connected, is not a moderator, or the other client or stream does not
    /// exist.
    pub fn moderate(&self, moderation: &Moderation) -> Result<(), ClientError> {
        self.site
            .lock()
            .world
            .moderate_as(&self.session, &self.id, moderation)
    }

    /// Sets whether the client stays when its session [rotates](crate::Emulator::rotate): the
    /// option `sessionMigration` of the client SDKs, off unless set.
    ///
    /// # Errors
    ///
    /// The client is not connected.
    pub fn set_session_migration(&self, migrates: bool) -> Result<(), ClientError> {
        self.site
            .lock()
            .world
            .set_migrates(&self.session, &self.id, migrates)
    }

    /// Leaves the session.
    ///
    /// # Errors
    ///
    /// The client is not connected.
    pub fn leave(&self) -> Result<(), ClientError> {
        self.go(ConnectionReason::ClientDisconnected)
    }

    /// Leaves the session as a client does whose network fails.
    ///
    /// # Errors
    ///
    /// The client is not connected.
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
