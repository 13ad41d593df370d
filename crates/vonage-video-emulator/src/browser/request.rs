//! What a page asks for over its socket. Each request has a number, which its response repeats.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use vonage_video_core::{ConnectionId, SessionId, StreamId};

use crate::world::{Moderation, Publish, Side};

/// A request and its number.
#[derive(Deserialize)]
pub(super) struct Numbered {
    pub(super) id: u64,
    #[serde(flatten)]
    pub(super) request: Request,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Request {
    /// Joins a session.
    Connect(Box<Connect>),
    /// Goes on with a connection whose socket was lost.
    Resume(Box<Resume>),
    Publish(Box<Publish>),
    Unpublish {
        stream_id: StreamId,
        #[serde(default)]
        reason: EndOfStream,
    },
    Change {
        stream_id: StreamId,
        change: Box<Publish>,
    },
    Subscribe {
        stream_id: StreamId,
    },
    Unsubscribe {
        peer: String,
    },
    /// Relays a description or a candidate to the other end of a peer connection.
    Rtc {
        peer: String,
        /// The end that sends it.
        side: Side,
        body: Value,
    },
    Signal {
        to: Option<ConnectionId>,
        #[serde(rename = "type")]
        kind: Option<String>,
        #[serde(default)]
        data: String,
    },
    Moderate {
        action: Moderation,
    },
    /// Mutes all streams except some; with `null`, streams begin unmuted again.
    ForceMute {
        except: Option<BTreeSet<StreamId>>,
    },
    Leave {},
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Connect {
    pub(super) session_id: SessionId,
    pub(super) token: String,
    /// The API key or application id, which must be that of the session's project.
    pub(super) api_key: Option<String>,
    #[serde(default)]
    pub(super) session_migration: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resume {
    pub(super) connection_id: ConnectionId,
    pub(super) secret: String,
    /// The number of the last event that the page got.
    pub(super) after: u64,
}

/// Why a page ends its stream.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum EndOfStream {
    #[default]
    ClientDisconnected,
    MediaStopped,
}

impl Request {
    /// The name by which faults name it.
    pub(super) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Connect(_) => Some("connect"),
            Self::Publish(_) => Some("publish"),
            Self::Subscribe { .. } => Some("subscribe"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read() {
        for text in [
            r#"{"id":1,"do":"connect","sessionId":"s","token":"t","apiKey":null}"#,
            r#"{"id":2,"do":"publish","name":"desk","videoDimensions":{"width":1,"height":2}}"#,
            r#"{"id":3,"do":"rtc","peer":"p","side":"publisher","body":{"a":[1]}}"#,
            r#"{"id":4,"do":"forceMute","except":["a"]}"#,
            r#"{"id":5,"do":"moderate","action":{"mute":"a"}}"#,
            r#"{"id":6,"do":"leave"}"#,
            r#"{"id":7,"do":"signal","type":"chat"}"#,
        ] {
            assert!(serde_json::from_str::<Numbered>(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "[]",
            r#"{"id":1}"#,
            r#"{"id":-1,"do":"leave"}"#,
            r#"{"id":1,"do":"format"}"#,
        ] {
            assert!(serde_json::from_str::<Numbered>(text).is_err(), "{text}");
        }
    }
}
