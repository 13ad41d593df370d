//! The key of an event: equal for every delivery and copy of it, different for another event.

use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use crate::{
    generated::{ids::SessionId, webhooks::WebhookEvent},
    hex::hex,
    time::Timestamp,
    url,
};

/// The longest part that a key contains unchanged; a longer one is replaced by its SHA-256.
const LONGEST_PART: usize = 128;

/// What is escaped in a part. `/` separates parts.
const ESCAPED: &AsciiSet = &url::ESCAPED.remove(b'=');

/// What identifies a webhook event: equal for every attempt, copy and resent delivery of one event,
/// different for the next event.
///
/// The service delivers at least once, so a receiver that must act once remembers the keys of what
/// it has acted on. A key is made of the event's body, never of its signature: it is not documented
/// that a repeated delivery keeps its `jti`.
///
/// | event | made of |
/// |---|---|
/// | `sessionCreated`, `sessionDestroyed`, `sessionNotification` | session, `timestamp`, `reason` |
/// | `connectionCreated`, `connectionDestroyed` | session, connection, `timestamp`, `reason` |
/// | `streamCreated`, `streamDestroyed` | session, stream, `timestamp`, `reason` |
/// | `callCreated`, `callUpdated`, `callDestroyed`, `muteForced` | session, call, `timestamp`, `state`, `reason_code` |
/// | `archive` | session, archive, `status`, `updatedAt`, `duration`, `size`, `reason` |
/// | `broadcast` | session, broadcast, `status`, `updatedAt`, `hlsStatus`, `id` and `status` of each RTMP stream, `reason` |
/// | `render` | session, render, `status`, `updatedAt`, `streamId`, `reason` |
/// | `captions` | session, captions, `status`, `updatedAt`, `duration`, `reason` |
/// | unknown events, and events without the id of their subject | `event`, and the SHA-256 of the whole body, members sorted |
///
/// Links, names and connection data are left out: they say nothing about which event it is.
///
/// # Events that cannot be distinguished
///
/// An event without a time of its own has one key with an earlier event of equal fields:
///
/// - an archive that pauses, goes on and pauses again, if its webhooks lack `updatedAt` (the
///   guide's example does) and `duration` is still 0;
/// - captions that pause twice without `updatedAt`;
/// - a session whose last client leaves, and does so again later, if `sessionDestroyed` lacks
///   `timestamp`; likewise `sessionCreated` and `sessionNotification`.
///
/// A render starts, stops or fails once, so its status suffices. Such a repetition is taken for a
/// copy: read the resource where that matters.
///
/// # Text
///
/// [`as_str`](Self::as_str) is stable: a later version of this crate makes the same text of the
/// same event, so that instances of both versions can share a store. It holds ids, times and
/// reasons, and no connection data.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventKey {
    text: String,
    session: Option<SessionId>,
}

impl EventKey {
    /// The key as text: parts of letters, digits and `-_.~=%`, separated by `/`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The session of the event, for stores that keep what belongs to a session together.
    pub fn session_id(&self) -> Option<&SessionId> {
        self.session.as_ref()
    }
}

impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventKey").field(&self.text).finish()
    }
}

impl WebhookEvent {
    /// The key by which every delivery of this event is recognized. [`EventKey`] describes what it
    /// is made of.
    ///
    /// ```
    /// use vonage_video_core::WebhookEvent;
    /// let paused: WebhookEvent = serde_json::from_str(
    ///     r#"{"event":"archive","id":"a","status":"paused","updatedAt":1728036500000}"#,
    /// )?;
    /// let again: WebhookEvent = serde_json::from_str(
    ///     r#"{"event":"archive","id":"a","status":"paused","updatedAt":1728036900000}"#,
    /// )?;
    /// assert_eq!(paused.key(), paused.clone().key());
    /// assert_ne!(paused.key(), again.key());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn key(&self) -> EventKey {
        let session = self.session_id().cloned().or_else(|| unknown_session(self));
        let mut parts = Parts::new(self.kind());
        match (self.subject_id(), self) {
            (None, _) | (_, Self::Unknown(_)) => parts.digest(self),
            (Some(subject), _) => {
                parts.text(session.as_ref().map_or("", SessionId::as_str));
                parts.text(subject);
                identity(self, &mut parts);
            }
        }
        EventKey {
            text: parts.0,
            session,
        }
    }
}

/// What distinguishes the events of one subject.
fn identity(event: &WebhookEvent, parts: &mut Parts) {
    match event {
        WebhookEvent::SessionCreated(event)
        | WebhookEvent::SessionDestroyed(event)
        | WebhookEvent::SessionNotification(event) => {
            parts.time(event.timestamp);
            parts.shown(&event.reason);
        }
        WebhookEvent::ConnectionCreated(event) | WebhookEvent::ConnectionDestroyed(event) => {
            parts.time(event.timestamp);
            parts.shown(&event.reason);
        }
        WebhookEvent::StreamCreated(event) | WebhookEvent::StreamDestroyed(event) => {
            parts.time(event.timestamp);
            parts.shown(&event.reason);
        }
        WebhookEvent::CallCreated(event)
        | WebhookEvent::CallUpdated(event)
        | WebhookEvent::CallDestroyed(event)
        | WebhookEvent::MuteForced(event) => {
            parts.time(event.timestamp);
            parts.shown(&event.state);
            parts.shown(&event.reason_code);
        }
        WebhookEvent::Archive(archive) => {
            parts.text(archive.status.as_str());
            parts.time(archive.updated_at);
            parts.text(&archive.duration.to_string());
            parts.text(&archive.size.to_string());
            parts.shown(&archive.reason);
        }
        WebhookEvent::Broadcast(broadcast) => {
            parts.text(broadcast.status.as_str());
            parts.time(broadcast.updated_at);
            let urls = broadcast.urls.as_ref();
            parts.shown(&urls.and_then(|urls| urls.hls_status.as_ref()));
            for target in urls.into_iter().flat_map(|urls| &urls.rtmp) {
                parts.text(target.id.as_deref().unwrap_or_default());
                parts.text(target.status.as_str());
            }
            parts.shown(&broadcast.reason);
        }
        WebhookEvent::Render(render) => {
            parts.text(render.status.as_str());
            parts.time(render.updated_at);
            parts.shown(&render.stream_id);
            parts.shown(&render.reason);
        }
        WebhookEvent::Captions(captions) => {
            parts.text(captions.status.as_str());
            parts.time(captions.updated_at);
            parts.shown(&captions.duration);
            parts.shown(&captions.reason);
        }
        WebhookEvent::Unknown(_) => {}
    }
}

/// An event that is not known may name its session where all known ones do.
fn unknown_session(event: &WebhookEvent) -> Option<SessionId> {
    let WebhookEvent::Unknown(value) = event else {
        return None;
    };
    let id = value.get("sessionId")?.as_str()?;
    (!id.is_empty()).then(|| id.into())
}

/// The parts of a key, joined by `/`. An absent part is empty, and stays where it is.
struct Parts(String);

impl Parts {
    fn new(kind: &str) -> Self {
        let mut parts = Self(String::with_capacity(160));
        parts.push(kind);
        parts
    }

    fn text(&mut self, part: &str) {
        self.0.push('/');
        self.push(part);
    }

    fn push(&mut self, part: &str) {
        if part.len() > LONGEST_PART {
            self.0.push_str("sha256=");
            self.0.push_str(&sha256(part.as_bytes()));
        } else {
            self.0.extend(utf8_percent_encode(part, ESCAPED));
        }
    }

    fn time(&mut self, time: Option<Timestamp>) {
        self.shown(&time.map(Timestamp::as_millis));
    }

    fn shown(&mut self, part: &Option<impl fmt::Display>) {
        self.text(&part.as_ref().map(ToString::to_string).unwrap_or_default());
    }

    /// The whole event, whatever the order of its members.
    fn digest(&mut self, event: &WebhookEvent) {
        let mut text = String::new();
        canonical(&serde_json::to_value(event).unwrap_or_default(), &mut text);
        self.0.push_str("/sha256=");
        self.0.push_str(&sha256(text.as_bytes()));
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex(&hmac_sha256::Hash::hash(bytes))
}

/// JSON with sorted members, which `serde_json` does not promise: one of its features keeps them in
/// order of arrival.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in members {
                canonical(&Value::String(name.clone()), out);
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}
