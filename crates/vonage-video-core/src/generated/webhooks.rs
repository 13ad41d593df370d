// @generated from api/webhooks.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    generated::models::{
        Archive, Broadcast, CaptionsEvent, ConnectionEvent, Render, SessionEvent, SipCallEvent,
        StreamEvent,
    },
    redact,
    shape::{self, Shape},
};

/// The body of a webhook, recognized by its member `event`, or by its other members where that is
/// absent. JSON that is not recognized is not an error: it is [`Unknown`](Self::Unknown).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "an event is taken apart at once, and boxes would be in the way"
)]
pub enum WebhookEvent {
    /// `sessionCreated`: The first client joins a session.
    SessionCreated(SessionEvent),
    /// `sessionDestroyed`: A session has no clients any more, or was moved to another server.
    SessionDestroyed(SessionEvent),
    /// `sessionNotification`: Something is going to happen to a session: rotation to another
    /// server, told 4 hours and 1 hour before.
    SessionNotification(SessionEvent),
    /// `connectionCreated`: A client joins a session.
    ConnectionCreated(ConnectionEvent),
    /// `connectionDestroyed`: A client leaves a session.
    ConnectionDestroyed(ConnectionEvent),
    /// `streamCreated`: A client starts to publish a stream.
    StreamCreated(StreamEvent),
    /// `streamDestroyed`: A client stops publishing a stream.
    StreamDestroyed(StreamEvent),
    /// `render`: An Experience Composer starts, stops or fails.
    Render(Render),
    /// `archive`: An archive changes its status. `uploaded` may come before `stopped`.
    Archive(Archive),
    /// `broadcast`: A broadcast starts, changes or stops.
    Broadcast(Broadcast),
    /// `captions`: Captions start, stop or fail.
    Captions(CaptionsEvent),
    /// `callCreated`: A SIP call starts.
    CallCreated(SipCallEvent),
    /// `callUpdated`: A SIP call changes its state.
    CallUpdated(SipCallEvent),
    /// `callDestroyed`: A SIP call ends.
    CallDestroyed(SipCallEvent),
    /// `muteForced`: A SIP call that was dialled with `observeForceMute` is muted.
    MuteForced(SipCallEvent),
    /// Any other JSON, unchanged.
    Unknown(Value),
}

impl WebhookEvent {
    /// The names of all events.
    pub const KINDS: &[&str] = &[
        "sessionCreated",
        "sessionDestroyed",
        "sessionNotification",
        "connectionCreated",
        "connectionDestroyed",
        "streamCreated",
        "streamDestroyed",
        "render",
        "archive",
        "broadcast",
        "captions",
        "callCreated",
        "callUpdated",
        "callDestroyed",
        "muteForced",
    ];

    /// Returns the event's name, such as `archive`. Of an unknown event it is the member `event`,
    /// or empty.
    pub fn kind(&self) -> &str {
        match self {
            Self::SessionCreated(_) => "sessionCreated",
            Self::SessionDestroyed(_) => "sessionDestroyed",
            Self::SessionNotification(_) => "sessionNotification",
            Self::ConnectionCreated(_) => "connectionCreated",
            Self::ConnectionDestroyed(_) => "connectionDestroyed",
            Self::StreamCreated(_) => "streamCreated",
            Self::StreamDestroyed(_) => "streamDestroyed",
            Self::Render(_) => "render",
            Self::Archive(_) => "archive",
            Self::Broadcast(_) => "broadcast",
            Self::Captions(_) => "captions",
            Self::CallCreated(_) => "callCreated",
            Self::CallUpdated(_) => "callUpdated",
            Self::CallDestroyed(_) => "callDestroyed",
            Self::MuteForced(_) => "muteForced",
            Self::Unknown(value) => value
                .get("event")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        }
    }
}

impl fmt::Debug for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SessionCreated(event) => f.debug_tuple("SessionCreated").field(event).finish(),
            Self::SessionDestroyed(event) => {
                f.debug_tuple("SessionDestroyed").field(event).finish()
            }
            Self::SessionNotification(event) => {
                f.debug_tuple("SessionNotification").field(event).finish()
            }
            Self::ConnectionCreated(event) => {
                f.debug_tuple("ConnectionCreated").field(event).finish()
            }
            Self::ConnectionDestroyed(event) => {
                f.debug_tuple("ConnectionDestroyed").field(event).finish()
            }
            Self::StreamCreated(event) => f.debug_tuple("StreamCreated").field(event).finish(),
            Self::StreamDestroyed(event) => f.debug_tuple("StreamDestroyed").field(event).finish(),
            Self::Render(event) => f.debug_tuple("Render").field(event).finish(),
            Self::Archive(event) => f.debug_tuple("Archive").field(event).finish(),
            Self::Broadcast(event) => f.debug_tuple("Broadcast").field(event).finish(),
            Self::Captions(event) => f.debug_tuple("Captions").field(event).finish(),
            Self::CallCreated(event) => f.debug_tuple("CallCreated").field(event).finish(),
            Self::CallUpdated(event) => f.debug_tuple("CallUpdated").field(event).finish(),
            Self::CallDestroyed(event) => f.debug_tuple("CallDestroyed").field(event).finish(),
            Self::MuteForced(event) => f.debug_tuple("MuteForced").field(event).finish(),
            Self::Unknown(value) => f
                .debug_tuple("Unknown")
                .field(&format_args!("{}", redact::redacted(value)))
                .finish(),
        }
    }
}

/// The events whose bodies may lack the member `event`.
const SHAPES: &[Shape] = &[
    Shape {
        event: "render",
        has: &["id", "sessionId", "status"],
        foreign: &[
            "broadcastUrls",
            "captionId",
            "duration",
            "hasAudio",
            "hasTranscription",
            "hasVideo",
            "languageCode",
            "maxBitrate",
            "maxDuration",
            "multiArchiveTag",
            "multiBroadcastTag",
            "outputMode",
            "partnerId",
            "password",
            "provider",
            "quantizationParameter",
            "settings",
            "sha256sum",
            "size",
            "streamMode",
            "streams",
            "transcription",
            "transcriptionProperties",
        ],
        statuses: &["starting", "started", "stopped", "failed"],
    },
    Shape {
        event: "archive",
        has: &["id", "sessionId", "status"],
        foreign: &[
            "broadcastUrls",
            "callbackUrl",
            "captionId",
            "languageCode",
            "maxDuration",
            "multiBroadcastTag",
            "provider",
            "settings",
            "streamId",
        ],
        statuses: &[
            "available",
            "deleted",
            "expired",
            "failed",
            "paused",
            "started",
            "stopped",
            "uploaded",
        ],
    },
    Shape {
        event: "broadcast",
        has: &["id", "sessionId", "status"],
        foreign: &[
            "callbackUrl",
            "captionId",
            "duration",
            "hasTranscription",
            "languageCode",
            "multiArchiveTag",
            "name",
            "outputMode",
            "password",
            "provider",
            "quantizationParameter",
            "sha256sum",
            "size",
            "streamId",
            "transcription",
            "transcriptionProperties",
            "url",
        ],
        statuses: &["started", "stopped", "failed"],
    },
    Shape {
        event: "captions",
        has: &["captionId", "status"],
        foreign: &[
            "broadcastUrls",
            "callbackUrl",
            "hasAudio",
            "hasTranscription",
            "hasVideo",
            "id",
            "maxBitrate",
            "maxDuration",
            "multiArchiveTag",
            "multiBroadcastTag",
            "name",
            "outputMode",
            "partnerId",
            "password",
            "quantizationParameter",
            "resolution",
            "settings",
            "sha256sum",
            "size",
            "streamId",
            "streamMode",
            "streams",
            "transcription",
            "transcriptionProperties",
            "url",
        ],
        statuses: &["started", "stopped", "paused", "failed"],
    },
];

impl From<Value> for WebhookEvent {
    fn from(value: Value) -> Self {
        let name = match value.get("event") {
            Some(name) => name.as_str(),
            None => shape::event(&value, SHAPES),
        };
        match name {
            Some("sessionCreated") => read(value, Self::SessionCreated),
            Some("sessionDestroyed") => read(value, Self::SessionDestroyed),
            Some("sessionNotification") => read(value, Self::SessionNotification),
            Some("connectionCreated") => read(value, Self::ConnectionCreated),
            Some("connectionDestroyed") => read(value, Self::ConnectionDestroyed),
            Some("streamCreated") => read(value, Self::StreamCreated),
            Some("streamDestroyed") => read(value, Self::StreamDestroyed),
            Some("render") => read(value, Self::Render),
            Some("archive") => read(value, Self::Archive),
            Some("broadcast") => read(value, Self::Broadcast),
            Some("captions") => read(value, Self::Captions),
            Some("callCreated") => read(value, Self::CallCreated),
            Some("callUpdated") => read(value, Self::CallUpdated),
            Some("callDestroyed") => read(value, Self::CallDestroyed),
            Some("muteForced") => read(value, Self::MuteForced),
            _ => Self::Unknown(value),
        }
    }
}

/// A body with the name of a known event but another shape is unknown too.
fn read<T: DeserializeOwned>(value: Value, event: fn(T) -> WebhookEvent) -> WebhookEvent {
    T::deserialize(&value).map_or_else(|_| WebhookEvent::Unknown(value), event)
}

impl<'de> Deserialize<'de> for WebhookEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for WebhookEvent {
    /// Adds the member `event` to events that are recognized by it alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = match self {
            Self::SessionCreated(event) => serde_json::to_value(event),
            Self::SessionDestroyed(event) => serde_json::to_value(event),
            Self::SessionNotification(event) => serde_json::to_value(event),
            Self::ConnectionCreated(event) => serde_json::to_value(event),
            Self::ConnectionDestroyed(event) => serde_json::to_value(event),
            Self::StreamCreated(event) => serde_json::to_value(event),
            Self::StreamDestroyed(event) => serde_json::to_value(event),
            Self::Archive(event) => serde_json::to_value(event),
            Self::Broadcast(event) => serde_json::to_value(event),
            Self::CallCreated(event) => serde_json::to_value(event),
            Self::CallUpdated(event) => serde_json::to_value(event),
            Self::CallDestroyed(event) => serde_json::to_value(event),
            Self::MuteForced(event) => serde_json::to_value(event),
            Self::Render(event) => return event.serialize(serializer),
            Self::Captions(event) => return event.serialize(serializer),
            Self::Unknown(value) => return value.serialize(serializer),
        };
        let mut value = value.map_err(serde::ser::Error::custom)?;
        if let Value::Object(members) = &mut value {
            members.insert("event".to_owned(), self.kind().into());
        }
        value.serialize(serializer)
    }
}
