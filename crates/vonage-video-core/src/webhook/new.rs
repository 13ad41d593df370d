//! Events made by hand, for the tests of a receiver.

use crate::{
    generated::ids::{ConnectionId, SessionId, SipCallId, StreamId},
    generated::{
        models::{
            Archive, Broadcast, CaptionsEvent, ConnectionEvent, EventConnection, EventStream,
            Render, SessionEvent, SipCallDetails, SipCallEvent, StreamEvent,
        },
        webhooks::WebhookEvent,
    },
    time::Timestamp,
};

/// Each builds one event as the service sends it: with `event`, and with nothing that the service
/// may leave out.
///
/// Fields are public, so anything else is set afterwards.
///
/// ```
/// use vonage_video_core::{Timestamp, WebhookEvent};
/// let at = Timestamp::from_millis(1_728_036_420_309);
/// let joined = WebhookEvent::connection_created("session", "connection", at);
/// assert_eq!(joined.kind(), "connectionCreated");
/// assert_eq!(joined.happened_at(), Some(at));
/// ```
impl WebhookEvent {
    /// A session with its first client.
    pub fn session_created(session: impl Into<SessionId>, at: Timestamp) -> Self {
        Self::SessionCreated(session_event("sessionCreated", session, at))
    }

    /// A session that ended.
    pub fn session_destroyed(session: impl Into<SessionId>, at: Timestamp) -> Self {
        Self::SessionDestroyed(session_event("sessionDestroyed", session, at))
    }

    /// The announcement that a session will move to another server.
    pub fn session_notification(session: impl Into<SessionId>, at: Timestamp) -> Self {
        let mut event = session_event("sessionNotification", session, at);
        event.reason = Some("serverRotation".into());
        Self::SessionNotification(event)
    }

    /// A client that joins.
    pub fn connection_created(
        session: impl Into<SessionId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        let event = connection_event("connectionCreated", session, connection, at);
        Self::ConnectionCreated(event)
    }

    /// A client that leaves by itself.
    pub fn connection_destroyed(
        session: impl Into<SessionId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        let mut event = connection_event("connectionDestroyed", session, connection, at);
        event.reason = Some("clientDisconnected".into());
        event.connection.created_at = None;
        Self::ConnectionDestroyed(event)
    }

    /// A stream that starts, published by `connection`.
    pub fn stream_created(
        session: impl Into<SessionId>,
        stream: impl Into<StreamId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        let mut event = stream_event("streamCreated", session, stream, connection, at);
        event.stream.created_at = Some(at);
        Self::StreamCreated(event)
    }

    /// A stream whose publisher ends it.
    pub fn stream_destroyed(
        session: impl Into<SessionId>,
        stream: impl Into<StreamId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        let mut event = stream_event("streamDestroyed", session, stream, connection, at);
        event.reason = Some("clientDisconnected".into());
        Self::StreamDestroyed(event)
    }

    /// A SIP call that starts.
    pub fn call_created(
        session: impl Into<SessionId>,
        call: impl Into<SipCallId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        Self::CallCreated(call_event("callCreated", session, call, connection, at))
    }

    /// A SIP call that was hung up.
    pub fn call_destroyed(
        session: impl Into<SessionId>,
        call: impl Into<SipCallId>,
        connection: impl Into<ConnectionId>,
        at: Timestamp,
    ) -> Self {
        let mut event = call_event("callDestroyed", session, call, connection, at);
        event.reason_code = Some("700".into());
        Self::CallDestroyed(event)
    }
}

fn session_event(name: &str, session: impl Into<SessionId>, at: Timestamp) -> SessionEvent {
    SessionEvent {
        event: name.to_owned(),
        session_id: session.into(),
        timestamp: Some(at),
        ..SessionEvent::default()
    }
}

fn connection_event(
    name: &str,
    session: impl Into<SessionId>,
    connection: impl Into<ConnectionId>,
    at: Timestamp,
) -> ConnectionEvent {
    ConnectionEvent {
        event: name.to_owned(),
        session_id: session.into(),
        timestamp: Some(at),
        connection: EventConnection {
            id: connection.into(),
            created_at: Some(at),
            data: None,
        },
        ..ConnectionEvent::default()
    }
}

fn stream_event(
    name: &str,
    session: impl Into<SessionId>,
    stream: impl Into<StreamId>,
    connection: impl Into<ConnectionId>,
    at: Timestamp,
) -> StreamEvent {
    StreamEvent {
        event: name.to_owned(),
        session_id: session.into(),
        timestamp: Some(at),
        stream: EventStream {
            id: stream.into(),
            connection: EventConnection {
                id: connection.into(),
                ..EventConnection::default()
            },
            ..EventStream::default()
        },
        ..StreamEvent::default()
    }
}

fn call_event(
    name: &str,
    session: impl Into<SessionId>,
    call: impl Into<SipCallId>,
    connection: impl Into<ConnectionId>,
    at: Timestamp,
) -> SipCallEvent {
    SipCallEvent {
        event: name.to_owned(),
        session_id: session.into(),
        timestamp: Some(at),
        call: SipCallDetails {
            id: call.into(),
            connection_id: connection.into(),
            created_at: None,
        },
        ..SipCallEvent::default()
    }
}

macro_rules! into_event {
    ($($model:ident => $variant:ident;)*) => {$(
        impl From<$model> for WebhookEvent {
            /// The event that is about this; its time is `updated_at`.
            fn from(model: $model) -> Self {
                Self::$variant(model)
            }
        }
    )*};
}

into_event! {
    Archive => Archive;
    Broadcast => Broadcast;
    Render => Render;
    CaptionsEvent => Captions;
}
