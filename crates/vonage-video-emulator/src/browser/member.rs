//! A page in a session: the requests it may make, and the events it receives.

use std::{
    sync::Arc,
    task::{Context, Poll, Waker},
};

use serde_json::{Value, json};
use tokio::sync::Notify;
use vonage_video_core::{ConnectionId, SessionId, models::StreamReason};

use super::{
    page_connections::{PageConnection, PageConnections},
    request::{Connect, EndOfStream, Request, Resume},
    response::Refusal,
};
use crate::{
    site::State,
    world::{Changed, ConnectionKind, Entry, News, Next, Notice, Publish, Subscription, World},
};

/// Most readers of the feed at a time, pages among them.
const MOST_READERS: usize = 500;
/// Most streams that a page publishes.
const MOST_STREAMS: usize = 50;
/// Most streams that a page subscribes to.
const MOST_SUBSCRIPTIONS: usize = 500;
/// Most times that a page subscribes to one stream: each costs its publisher a peer connection, and
/// a browser has some hundreds of them.
const MOST_OF_ONE_STREAM: usize = 10;
/// Most characters of a stream's name and initials (reference, `OT.initPublisher`).
const LONGEST_NAME: usize = 1000;
/// Most bytes of a signal's type and data (signaling guide).
const LONGEST_TYPE: usize = 128;
const LONGEST_DATA: usize = 8 * 1024;

/// A page that is in a session.
pub(super) struct Member {
    pub(super) session: SessionId,
    pub(super) id: ConnectionId,
    pub(super) connection: Arc<PageConnection>,
    /// Is notified when another socket takes the connection over.
    pub(super) replaced: Arc<Notify>,
    subscription: Subscription,
    /// The latest entry when this socket took the connection over: orders to cut a socket before
    /// it were for another one.
    joined_at: u64,
}

/// What an entry of the feed means for a page.
pub(super) enum Told {
    Event(String),
    /// It is the last event: the page is no longer in the session.
    Last(String),
    /// The socket is to be cut.
    Cut,
    /// The faults have changed, and might cut the socket.
    Faults,
    /// The page was so slow that events before this one are lost.
    Behind,
    /// The emulator ends.
    Over,
    /// It does not concern the page.
    Nothing,
}

impl Member {
    /// A page joins a session. The response has what is there.
    pub(super) fn connect(
        state: &mut State,
        connections: &PageConnections,
        connect: &Connect,
    ) -> Result<(Self, Value), Refusal> {
        if state.world.readers() >= MOST_READERS {
            return Err(Refusal::new(
                "connectionLimit",
                format!("the emulator has {MOST_READERS} readers of events already"),
            ));
        }
        let wall = state.wall();
        let world = &mut state.world;
        let session = &connect.session_id;
        let admission = world.admission_for_token(session, &connect.token, wall)?;
        let project = world.sessions().get(session).map(|it| it.project.as_str());
        if let Some(key) = &connect.api_key
            && project.is_some_and(|project| project != key)
        {
            return Err(Refusal::new(
                "badToken",
                format!("the session is not of the project {key:?}"),
            ));
        }
        let role = admission.role.clone();
        let id = world
            .admit(session, ConnectionKind::Client, admission)
            .ok_or(crate::world::JoinError::NoSuchSession)?;
        world.attach(session, &id);
        let _ = world.set_migrates(session, &id, connect.session_migration);
        let Some(connection) = connections.add(session, &id, world) else {
            return Err(Refusal::new("internal", "the system has no randomness"));
        };
        let can = |may: bool| u8::from(may);
        let response = json!({
            "connectionId": id,
            "secret": connection.secret(),
            "after": world.latest(),
            "capabilities": {
                "publish": can(role.may_publish()),
                "subscribe": can(role.may_subscribe()),
                "signal": can(role.may_signal()),
                "forceUnpublish": can(role.may_moderate()),
                "forceDisconnect": can(role.may_moderate()),
                "forceMute": can(role.may_moderate()),
            },
            "soFar": world.notices_so_far(session, &id),
        });
        Ok((
            Self::joined(connection, id, world, world.latest()),
            response,
        ))
    }

    /// A page goes on where it was, with another socket.
    pub(super) fn resume(
        state: &mut State,
        connections: &PageConnections,
        resume: &Resume,
    ) -> Result<(Self, Value), Refusal> {
        let refused = || Refusal::new("notResumed", "there is no such connection to resume");
        let id = resume.connection_id.clone();
        let connection = connections.find(&id, &resume.secret).ok_or_else(refused)?;
        let world = &mut state.world;
        if resume.after > world.latest() {
            return Err(refused());
        }
        // A page that was disconnected in between learns that from the events that it missed.
        if world.client(&connection.session, &id).is_ok() {
            world
                .resume_socket(&connection.session, &id)
                .map_err(|_| refused())?;
        }
        let member = Self::joined(connection, id, world, resume.after);
        Ok((member, json!({})))
    }

    fn joined(
        connection: Arc<PageConnection>,
        id: ConnectionId,
        world: &World,
        after: u64,
    ) -> Self {
        Self {
            session: connection.session.clone(),
            id,
            replaced: connection.take(),
            connection,
            subscription: world.subscribe(after),
            joined_at: world.latest(),
        }
    }

    /// Performs a request.
    pub(super) fn perform(&self, world: &mut World, request: Request) -> Result<Value, Refusal> {
        let (session, id) = (&self.session, &self.id);
        match request {
            Request::Connect(_) | Request::Resume(_) => {
                return Err(Refusal::new("state", "the page is connected already"));
            }
            Request::Publish(publish) => {
                let streams = world
                    .sessions()
                    .get(session)
                    .and_then(|session| session.connections.get(id))
                    .map_or(0, |connection| connection.streams.len());
                limit(streams, MOST_STREAMS, "publishes")?;
                check_names(&publish)?;
                let stream = world.publish_as(session, id, *publish)?;
                return Ok(json!({ "streamId": stream }));
            }
            Request::Unpublish { stream_id, reason } => {
                let reason = match reason {
                    EndOfStream::ClientDisconnected => StreamReason::ClientDisconnected,
                    EndOfStream::MediaStopped => StreamReason::MediaStopped,
                };
                world.unpublish_as(session, id, &stream_id, reason)?;
            }
            Request::Change { stream_id, change } => {
                check_names(&change)?;
                world.change_as(session, id, &stream_id, *change)?;
            }
            Request::Subscribe { stream_id } => {
                let (all, of_it) = world.subscriptions_of(session, id, &stream_id);
                limit(all, MOST_SUBSCRIPTIONS, "subscribes to")?;
                if of_it >= MOST_OF_ONE_STREAM {
                    return Err(Refusal::new(
                        "streamLimit",
                        format!(
                            "the page subscribes to this stream {MOST_OF_ONE_STREAM} times already"
                        ),
                    ));
                }
                let peer = world.subscribe_as(session, id, &stream_id)?;
                return Ok(json!({ "peer": peer.name, "drawn": !peer.to_page }));
            }
            Request::Unsubscribe { peer } => world.unsubscribe_as(session, id, &peer)?,
            Request::Rtc { peer, side, body } => {
                let length = body.to_string().len();
                world.relay_as(session, id, &peer, side, body, length)?;
            }
            Request::Signal { to, kind, data } => {
                check_signal(kind.as_deref(), &data)?;
                world.signal_as(session, id, to.as_ref(), kind, data)?;
            }
            Request::Moderate { action } => world.moderate_as(session, id, &action)?,
            Request::ForceMute { except } => world.force_mute_as(session, id, except)?,
            Request::Leave {} => {
                let reason = vonage_video_core::models::ConnectionReason::ClientDisconnected;
                world.leave_as(session, id, reason)?;
            }
        }
        Ok(json!({}))
    }

    /// What comes next in the feed.
    pub(super) fn poll_told(&mut self, context: &mut Context<'_>) -> Poll<Told> {
        let next = std::task::ready!(self.subscription.poll_next(context));
        Poll::Ready(match next {
            Some(Next::Entry(entry)) => self.told(&entry),
            Some(Next::Missed(_)) => Told::Behind,
            None => Told::Over,
        })
    }

    /// What is in the feed by now; `None` at its end.
    pub(super) fn told_so_far(&mut self) -> Option<Told> {
        match self.poll_told(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(told) => Some(told),
            Poll::Pending => None,
        }
    }

    fn told(&self, entry: &Entry) -> Told {
        match &entry.news {
            _ if entry.number <= self.joined_at => {}
            News::Cut(id) if *id == self.id => return Told::Cut,
            News::Report(report) if report.what == Changed::Faults => return Told::Faults,
            _ => {}
        }
        let Some(event) = self.event(entry) else {
            return Told::Nothing;
        };
        match entry.notice_to(&self.session, &self.id) {
            Some(Notice::Disconnected { .. }) => Told::Last(event),
            _ => Told::Event(event),
        }
    }

    /// An entry of the feed as it is sent to the page, if it concerns the page.
    fn event(&self, entry: &Entry) -> Option<String> {
        let mut event = match &entry.news {
            News::Notice { .. } => json!(entry.notice_to(&self.session, &self.id)?),
            News::Relay { to, relay } if *to == self.id => json!(relay),
            _ => return None,
        };
        let members = event.as_object_mut()?;
        members.insert("n".to_owned(), entry.number.into());
        Some(event.to_string())
    }
}

fn limit(count: usize, most: usize, verb: &str) -> Result<(), Refusal> {
    if count < most {
        return Ok(());
    }
    let message = format!("the page {verb} {most} streams, the most that the emulator lets one");
    Err(Refusal::new("streamLimit", message))
}

fn check_names(publish: &Publish) -> Result<(), Refusal> {
    let texts = [&publish.name, &publish.initials];
    if texts
        .into_iter()
        .flatten()
        .all(|text| text.chars().count() <= LONGEST_NAME)
    {
        return Ok(());
    }
    Err(Refusal::new(
        "invalid",
        format!("the name and the initials of a stream have at most {LONGEST_NAME} characters"),
    ))
}

fn check_signal(kind: Option<&str>, data: &str) -> Result<(), Refusal> {
    let kind = kind.unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~".contains(&byte);
    if kind.len() > LONGEST_TYPE || !kind.bytes().all(plain) {
        return Err(Refusal::new(
            "signalType",
            format!(
                "the type of a signal has at most {LONGEST_TYPE} letters, digits, `-`, `_` and `~`"
            ),
        ));
    }
    if data.len() > LONGEST_DATA {
        return Err(Refusal::new(
            "signalTooLong",
            format!("the data of a signal has at most {LONGEST_DATA} bytes"),
        ));
    }
    Ok(())
}
