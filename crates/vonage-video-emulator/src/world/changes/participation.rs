//! What simulated clients do, as far as their roles allow it.

use std::time::SystemTime;

use vonage_video_auth::Role;
use vonage_video_core::{
    ConnectionId, SessionId, StreamId,
    models::{ConnectionReason, StreamReason, VideoType},
};

use crate::world::{
    admission::{Admission, JoinError},
    connection::{Connection, ConnectionKind},
    feed::Audience,
    notice::Notice,
    participation::{ClientError, Moderation, Publish},
    state::World,
    stream::{Publication, Shape},
};

impl World {
    /// Lets a client join with its token, which is checked by the wall clock.
    pub(crate) fn join(
        &mut self,
        session: &SessionId,
        token: &str,
        wall: SystemTime,
    ) -> Result<ConnectionId, JoinError> {
        let admission = self.admission_for_token(session, token, wall)?;
        self.admit(session, ConnectionKind::Client, admission)
            .ok_or(JoinError::NoSuchSession)
    }

    /// Lets a client join without a token, with a role and connection data.
    pub(crate) fn join_as(
        &mut self,
        session: &SessionId,
        role: Role,
        data: String,
    ) -> Result<ConnectionId, JoinError> {
        if let Role::Other(role) = role {
            return Err(JoinError::UnknownRole(role));
        }
        let admission = Admission {
            role,
            data,
            classes: Vec::new(),
        };
        self.admit(session, ConnectionKind::Client, admission)
            .ok_or(JoinError::NoSuchSession)
    }

    pub(crate) fn client(
        &self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) -> Result<&Connection, ClientError> {
        self.sessions
            .get(session_id)
            .and_then(|session| session.connections.get(id))
            .ok_or(ClientError::NotConnected)
    }

    pub(crate) fn publish_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        publish: Publish,
    ) -> Result<StreamId, ClientError> {
        let role = &self.client(session_id, id)?.role;
        if !role.may_publish() {
            return Err(not_allowed(role, "publish"));
        }
        let publication = Publication {
            name: publish.name.unwrap_or_default(),
            video_type: Some(publish.video_type.unwrap_or(VideoType::Camera)),
            has_audio: publish.has_audio.unwrap_or(true),
            has_video: publish.has_video.unwrap_or(true),
            classes: publish.layout_class_list,
            has_captions: publish.has_captions.unwrap_or(true),
            shape: Shape {
                dimensions: publish.video_dimensions,
                frame_rate: publish.frame_rate,
                initials: publish.initials,
            },
        };
        self.add_stream(session_id, id, publication)
            .ok_or(ClientError::NotConnected)
    }

    pub(crate) fn unpublish_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        stream_id: &StreamId,
        reason: StreamReason,
    ) -> Result<(), ClientError> {
        if !self
            .client(session_id, id)?
            .streams
            .iter()
            .any(|own| own == stream_id)
        {
            return Err(ClientError::NoSuchStream);
        }
        self.remove_stream(session_id, stream_id, reason);
        Ok(())
    }

    pub(crate) fn change_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        stream_id: &StreamId,
        change: Publish,
    ) -> Result<(), ClientError> {
        self.client(session_id, id)?;
        let own = self
            .sessions
            .get(session_id)
            .and_then(|session| session.streams.get(stream_id))
            .is_some_and(|stream| stream.connection == *id);
        if !own {
            return Err(ClientError::NoSuchStream);
        }
        self.change_stream(session_id, stream_id, change);
        Ok(())
    }

    /// Sends a signal from a client to another, or to everybody including itself, as the service
    /// does.
    pub(crate) fn signal_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        to: Option<&ConnectionId>,
        kind: Option<String>,
        data: String,
    ) -> Result<(), ClientError> {
        let role = &self.client(session_id, id)?.role;
        if !role.may_signal() {
            return Err(not_allowed(role, "signal"));
        }
        let to = match to {
            None => Audience::All,
            Some(to) => {
                self.client(session_id, to)
                    .map_err(|_| ClientError::NoSuchClient)?;
                Audience::Only(to.clone())
            }
        };
        let notice = Notice::Signal {
            from: Some(id.clone()),
            kind,
            data,
        };
        self.tell(session_id, to, notice);
        Ok(())
    }

    pub(crate) fn moderate_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        moderation: &Moderation,
    ) -> Result<(), ClientError> {
        let role = &self.client(session_id, id)?.role;
        if !role.may_moderate() {
            return Err(not_allowed(role, "moderate"));
        }
        self.moderate(session_id, moderation)
    }

    /// Mutes everybody except some streams, or lets later streams begin unmuted again.
    #[cfg(feature = "browser")]
    pub(crate) fn force_mute_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        except: Option<std::collections::BTreeSet<StreamId>>,
    ) -> Result<(), ClientError> {
        let role = &self.client(session_id, id)?.role;
        if !role.may_moderate() {
            return Err(not_allowed(role, "moderate"));
        }
        match except {
            Some(except) => self.mute_all(session_id, except),
            None => self.disable_force_mute(session_id),
        }
        Ok(())
    }

    /// Performs an action of a moderator.
    pub(crate) fn moderate(
        &mut self,
        session_id: &SessionId,
        moderation: &Moderation,
    ) -> Result<(), ClientError> {
        match moderation {
            Moderation::Disconnect(other) => {
                let reason = ConnectionReason::ForceDisconnected;
                if !self.remove_client(session_id, other, reason) {
                    return Err(ClientError::NoSuchClient);
                }
            }
            Moderation::Mute(stream) => {
                if !self.mute(session_id, stream) {
                    return Err(ClientError::NoSuchStream);
                }
            }
            Moderation::Unpublish(stream) => {
                let publisher = self
                    .sessions
                    .get(session_id)
                    .and_then(|session| session.streams.get(stream))
                    .map(|stream| stream.connection.clone())
                    .ok_or(ClientError::NoSuchStream)?;
                let stream_id = stream.clone();
                let to = Audience::Only(publisher);
                self.tell(session_id, to, Notice::Unpublished { stream_id });
                self.remove_stream(session_id, stream, StreamReason::ForceUnpublished);
            }
        }
        Ok(())
    }

    /// Sets whether a client stays when its session moves to another server.
    pub(crate) fn set_migrates(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        migrates: bool,
    ) -> Result<(), ClientError> {
        self.sessions
            .get_mut(session_id)
            .and_then(|session| session.connections.get_mut(id))
            .ok_or(ClientError::NotConnected)?
            .migrates = migrates;
        Ok(())
    }

    pub(crate) fn leave_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        reason: ConnectionReason,
    ) -> Result<(), ClientError> {
        if self.remove_client(session_id, id, reason) {
            Ok(())
        } else {
            Err(ClientError::NotConnected)
        }
    }
}

pub(super) fn not_allowed(role: &Role, wanted: &'static str) -> ClientError {
    ClientError::NotAllowed {
        role: role.clone(),
        wanted,
    }
}
