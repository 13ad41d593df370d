// @generated from api/webhooks.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    generated::{
        enums::{
            CaptionsLanguage, CaptionsState, ConnectionReason, SessionReason, SipCallReason,
            SipCallState, StreamReason, VideoType,
        },
        ids::{CaptionsId, ConnectionId, SessionId, SipCallId, StreamId},
    },
    id::ProjectId,
    lenient, redact,
    time::Timestamp,
};

/// Something that happens to a session.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SessionEvent {
    /// The name of the event, as in `kind()`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub event: String,
    /// The session that it happened to.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, in both environments. See [`SessionEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, should Vonage spell it so. See [`SessionEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// When it happened, by the service's clock.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// Why it happened; may be absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<SessionReason>,
}

impl fmt::Debug for SessionEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SessionEvent", self, f)
    }
}

/// A client that joins or leaves.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ConnectionEvent {
    /// The name of the event, as in `kind()`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub event: String,
    /// The session that it happened in.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, in both environments. See [`ConnectionEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, should Vonage spell it so. See [`ConnectionEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// When it happened, by the service's clock.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The client that joined or left.
    #[serde(default, deserialize_with = "lenient::or_empty")]
    pub connection: EventConnection,
    /// Why it left; absent when it joins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ConnectionReason>,
}

impl fmt::Debug for ConnectionEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ConnectionEvent", self, f)
    }
}

/// A stream that starts or ends.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StreamEvent {
    /// The name of the event, as in `kind()`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub event: String,
    /// The session that it happened in.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, in both environments. See [`StreamEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, should Vonage spell it so. See [`StreamEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// When it happened, by the service's clock.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The stream that started or ended.
    #[serde(default, deserialize_with = "lenient::or_empty")]
    pub stream: EventStream,
    /// Why it ended; absent when it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<StreamReason>,
}

impl fmt::Debug for StreamEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StreamEvent", self, f)
    }
}

/// Something that happens to a SIP call.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SipCallEvent {
    /// The name of the event, as in `kind()`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub event: String,
    /// The session that it happened in.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, in both environments. See [`SipCallEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The owner, should Vonage spell it so. See [`SipCallEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// When it happened, by the service's clock.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The call, by its id and its connection.
    #[serde(default, deserialize_with = "lenient::or_empty")]
    pub call: SipCallDetails,
    /// Its new state; in `callUpdated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<SipCallState>,
    /// Why it ended; in `callDestroyed`.
    #[serde(rename = "reason_code")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<SipCallReason>,
    /// The same in words; in `callDestroyed`.
    #[serde(
        rename = "reason_message",
        default,
        deserialize_with = "lenient::odd_as_none"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_message: Option<String>,
}

impl fmt::Debug for SipCallEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SipCallEvent", self, f)
    }
}

/// The state of captions.
#[doc(alias = "subtitles")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CaptionsEvent {
    /// The captions, as their start named them.
    #[serde(rename = "captionId", deserialize_with = "lenient::filled")]
    pub id: CaptionsId,
    /// The state of the captions.
    #[serde(default)]
    pub status: CaptionsState,
    /// The session that is captioned.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub session_id: SessionId,
    /// The owner, on Vonage. See [`CaptionsEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ProjectId>,
    /// The owner. See [`CaptionsEvent::owner`].
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// When they were started.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When they last changed.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// The number of seconds that they ran.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
    /// The language spoken; also seen in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<CaptionsLanguage>,
    /// The service that makes them: `aws-transcribe`.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Why the captions failed; absent otherwise.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The event's name, should the service send it.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl CaptionsEvent {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<CaptionsId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl fmt::Debug for CaptionsEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("CaptionsEvent", self, f)
    }
}

/// A client, in an event.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EventConnection {
    /// Identifies the client in requests.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub id: ConnectionId,
    /// When the client joined.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// The data of the client's token; may be empty in later events.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

impl fmt::Debug for EventConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("EventConnection", self, f)
    }
}

/// A stream, in an event.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EventStream {
    /// Identifies the stream in requests.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub id: StreamId,
    /// The client that publishes it.
    #[serde(default, deserialize_with = "lenient::or_empty")]
    pub connection: EventConnection,
    /// When it was published.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// The name its publisher gave it.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What its video shows; absent for audio only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_type: Option<VideoType>,
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("EventStream", self, f)
    }
}

/// A SIP call, in an event.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SipCallDetails {
    /// Identifies the call, as `dial` returned it.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub id: SipCallId,
    /// Its connection: hang up with `force_disconnect`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub connection_id: ConnectionId,
    /// When it was dialled.
    #[serde(default, deserialize_with = "lenient::odd_as_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl fmt::Debug for SipCallDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SipCallDetails", self, f)
    }
}
