//! What is asked of a presence: participants and streams.

use std::{fmt, time::Duration};

use super::{
    facts::{Membership, Millis, Publication},
    state::Presence,
};
use crate::{
    generated::ids::{ConnectionId, StreamId},
    models::{ConnectionReason, StreamReason},
    time::Timestamp,
};

/// A client that is in a session, or was.
#[derive(Clone, Copy)]
pub struct Participant<'a> {
    presence: &'a Presence,
    id: &'a ConnectionId,
    member: &'a Membership,
    joined: Millis,
}

impl<'a> Participant<'a> {
    /// `None` if it is not known ever to have joined.
    pub(super) fn new(
        presence: &'a Presence,
        id: &'a ConnectionId,
        member: &'a Membership,
    ) -> Option<Self> {
        Some(Self {
            presence,
            id,
            member,
            joined: member.joined()?,
        })
    }

    /// Returns the id of its connection.
    pub fn connection_id(&self) -> &'a ConnectionId {
        self.id
    }

    /// The data of its token; `None` if it is empty, or `connectionCreated` did not arrive.
    pub fn data(&self) -> Option<&'a str> {
        self.member.data.as_deref()
    }

    /// Whether it is there now.
    pub fn is_present(&self) -> bool {
        self.left_at().is_none()
    }

    /// Returns when it joined, as the service reported it.
    pub fn joined_at(&self) -> Timestamp {
        Timestamp::from_millis(self.joined)
    }

    /// Returns when it left; `None` if it is there.
    pub fn left_at(&self) -> Option<Timestamp> {
        let (at, _) = self.presence.end_of(self.member)?;
        Some(Timestamp::from_millis(at))
    }

    /// Why it left; `None` if it is there, and if its departure is inferred.
    pub fn left_reason(&self) -> Option<ConnectionReason> {
        self.presence.end_of(self.member)?.1
    }

    /// How long it was connected, or has been until `now`.
    pub fn duration(&self, now: Timestamp) -> Duration {
        let end = self.left_at().unwrap_or(now).as_millis();
        Duration::from_millis(end.saturating_sub(self.joined))
    }

    /// What it publishes now.
    pub fn streams(&self) -> impl Iterator<Item = PublishedStream<'a>> {
        let id = self.id;
        self.presence
            .streams()
            .filter(move |stream| stream.connection_id() == Some(id))
    }

    /// Whether it publishes now.
    pub fn is_publishing(&self) -> bool {
        self.streams().next().is_some()
    }
}

impl fmt::Debug for Participant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Participant")
            .field("connection_id", &self.id)
            .field("joined_at", &self.joined_at())
            .field("left_at", &self.left_at())
            .finish_non_exhaustive()
    }
}

/// A stream that is published in a session, or was.
#[derive(Clone, Copy)]
pub struct PublishedStream<'a> {
    presence: &'a Presence,
    id: &'a StreamId,
    stream: &'a Publication,
    started: Millis,
}

impl<'a> PublishedStream<'a> {
    pub(super) fn new(
        presence: &'a Presence,
        id: &'a StreamId,
        stream: &'a Publication,
    ) -> Option<Self> {
        Some(Self {
            presence,
            id,
            stream,
            started: stream.started()?,
        })
    }

    /// Returns the id of the stream.
    pub fn stream_id(&self) -> &'a StreamId {
        self.id
    }

    /// Who publishes it; `None` if it is known from a list only.
    pub fn connection_id(&self) -> Option<&'a ConnectionId> {
        self.stream.connection.as_ref()
    }

    /// The name that its publisher gave it.
    pub fn name(&self) -> Option<&'a str> {
        self.stream.name.as_deref()
    }

    /// What its video shows, such as `camera` or `screen`.
    pub fn video_type(&self) -> Option<&'a str> {
        self.stream.video_type.as_deref()
    }

    /// Whether it is published now.
    pub fn is_live(&self) -> bool {
        self.ended_at().is_none()
    }

    /// Returns when it was first published.
    pub fn started_at(&self) -> Timestamp {
        Timestamp::from_millis(self.started)
    }

    /// Returns when it ended; `None` if it is published.
    pub fn ended_at(&self) -> Option<Timestamp> {
        let (at, _) = self.presence.stream_end(self.stream)?;
        Some(Timestamp::from_millis(at))
    }

    /// Why it ended; `None` if it is published, and if its end is inferred.
    pub fn ended_reason(&self) -> Option<StreamReason> {
        self.presence.stream_end(self.stream)?.1
    }

    /// How long it was published, or has been until `now`.
    pub fn duration(&self, now: Timestamp) -> Duration {
        let end = self.ended_at().unwrap_or(now).as_millis();
        Duration::from_millis(end.saturating_sub(self.started))
    }
}

impl fmt::Debug for PublishedStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublishedStream")
            .field("stream_id", &self.id)
            .field("connection_id", &self.connection_id())
            .field("ended_at", &self.ended_at())
            .finish_non_exhaustive()
    }
}

impl Presence {
    /// The end of a stream, and why, as far as events and lists tell.
    pub(super) fn stream_end(
        &self,
        stream: &Publication,
    ) -> Option<(Millis, Option<StreamReason>)> {
        if let Some(ended) = &stream.ended {
            return Some((ended.at, ended.reason.as_deref().map(Into::into)));
        }
        let publisher = stream.connection.as_ref();
        let publisher = publisher.and_then(|id| self.connections.get(id));
        let publisher = publisher.and_then(|member| self.end_of(member));
        let session = self.end_after(stream.last_seen()?);
        let inferred = stream.missing().into_iter().chain(session);
        let inferred = inferred.chain(publisher.map(|(at, _)| at));
        inferred.min().map(|at| (at, None))
    }
}
