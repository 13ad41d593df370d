//! What runs in a session beside its participants.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::facts::{Millis, lower, raise};
use crate::{
    generated::webhooks::WebhookEvent,
    models::{ArchiveStatus, BroadcastStatus, CaptionsState, RenderStatus},
    time::Timestamp,
};

/// A kind of activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ActivityKind {
    /// A recording.
    Archive,
    /// A live broadcast.
    Broadcast,
    /// An Experience Composer.
    Render,
    /// Live captions.
    Captions,
    /// A telephone call.
    SipCall,
}

/// How far it is. A later phase wins over an earlier one, whatever arrives last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Phase {
    Running,
    Ended,
    /// The file is made.
    Kept,
    /// The file is gone. This does not show when it ran: an archive expires three days later.
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActivityFacts {
    latest: Latest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    started: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<Millis>,
    /// Seconds, as the service reports them.
    #[serde(default)]
    seconds: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Latest {
    phase: Phase,
    at: Millis,
    status: String,
}

impl ActivityFacts {
    pub(super) fn merge(&mut self, other: &Self) {
        self.join(other.clone());
    }

    /// Adds what is new. Returns whether anything is.
    pub(super) fn join(&mut self, other: Self) -> bool {
        let mut changed = raise(&mut self.latest, other.latest);
        changed |= lower(&mut self.started, other.started);
        changed |= lower(&mut self.ended, other.ended);
        changed | raise(&mut self.seconds, other.seconds)
    }

    /// When it is known to have been over, or to have changed last.
    pub(super) fn over_at(&self) -> Option<Millis> {
        (self.latest.phase > Phase::Running).then_some(self.latest.at)
    }

    fn duration(&self, now: Millis) -> Duration {
        if self.seconds > 0 {
            return Duration::from_secs(self.seconds);
        }
        let Some(started) = self.started else {
            return Duration::ZERO;
        };
        let end = match self.ended {
            Some(ended) => ended,
            None if self.latest.phase == Phase::Running => now,
            None => started,
        };
        Duration::from_millis(end.saturating_sub(started))
    }
}

/// What an event reports about an activity, if it is about one.
pub(super) fn facts(event: &WebhookEvent, now: Millis) -> Option<(ActivityKind, ActivityFacts)> {
    let at = event.happened_at().map_or(now, Timestamp::as_millis);
    let told = |time: Option<Timestamp>| time.map(Timestamp::as_millis);
    let (kind, phase, status, created, seconds) = match event {
        WebhookEvent::Archive(archive) => (
            ActivityKind::Archive,
            match archive.status {
                ArchiveStatus::Available | ArchiveStatus::Uploaded => Phase::Kept,
                ArchiveStatus::Expired | ArchiveStatus::Deleted => Phase::Gone,
                ArchiveStatus::Stopped | ArchiveStatus::Failed => Phase::Ended,
                _ => Phase::Running,
            },
            archive.status.as_str(),
            told(archive.created_at),
            archive.duration,
        ),
        WebhookEvent::Broadcast(broadcast) => (
            ActivityKind::Broadcast,
            match broadcast.status {
                BroadcastStatus::Stopped | BroadcastStatus::Failed => Phase::Ended,
                _ => Phase::Running,
            },
            broadcast.status.as_str(),
            told(broadcast.created_at),
            0,
        ),
        WebhookEvent::Render(render) => (
            ActivityKind::Render,
            match render.status {
                RenderStatus::Stopped | RenderStatus::Failed => Phase::Ended,
                _ => Phase::Running,
            },
            render.status.as_str(),
            told(render.created_at),
            0,
        ),
        WebhookEvent::Captions(captions) => {
            let phase = match captions.status {
                CaptionsState::Stopped | CaptionsState::Failed => Phase::Ended,
                _ => Phase::Running,
            };
            let seconds = captions.duration.filter(|_| phase == Phase::Ended);
            let status = captions.status.as_str();
            let created = told(captions.created_at);
            (
                ActivityKind::Captions,
                phase,
                status,
                created,
                seconds.unwrap_or(0),
            )
        }
        WebhookEvent::CallCreated(event)
        | WebhookEvent::CallUpdated(event)
        | WebhookEvent::MuteForced(event) => (
            ActivityKind::SipCall,
            Phase::Running,
            event.state.as_ref().map_or("", |state| state.as_str()),
            told(event.call.created_at),
            0,
        ),
        WebhookEvent::CallDestroyed(event) => (
            ActivityKind::SipCall,
            Phase::Ended,
            "destroyed",
            told(event.call.created_at),
            0,
        ),
        _ => return None,
    };
    let ran = phase < Phase::Gone;
    let latest = Latest {
        phase,
        at,
        status: status.to_owned(),
    };
    let facts = ActivityFacts {
        latest,
        started: created.or(Some(at)).filter(|_| ran),
        ended: (ran && phase > Phase::Running).then_some(at),
        seconds: if ran { seconds } else { 0 },
    };
    Some((kind, facts))
}

/// An archive, broadcast, Experience Composer, captions or SIP call of a session. From
/// [`Presence::activities`](super::Presence::activities).
#[derive(Clone, Copy)]
pub struct Activity<'a> {
    kind: ActivityKind,
    id: &'a str,
    facts: &'a ActivityFacts,
}

impl<'a> Activity<'a> {
    pub(super) fn new(kind: ActivityKind, id: &'a str, facts: &'a ActivityFacts) -> Self {
        Self { kind, id, facts }
    }

    /// Returns which of the five it is.
    pub fn kind(&self) -> ActivityKind {
        self.kind
    }

    /// Returns the archive's, broadcast's, composer's, captions' or SIP call's own id.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Its status as the API writes it, such as `paused`; of a SIP call its state, such as
    /// `RINGING`, empty before the first, or `destroyed`.
    pub fn status(&self) -> &'a str {
        &self.facts.latest.status
    }

    /// Whether it runs. A paused archive does.
    pub fn is_active(&self) -> bool {
        self.facts.latest.phase == Phase::Running
    }

    /// When it started, as far as events tell.
    pub fn started_at(&self) -> Option<Timestamp> {
        self.facts.started.map(Timestamp::from_millis)
    }

    /// When it ended, as far as events tell.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.facts.ended.map(Timestamp::from_millis)
    }

    /// How long it ran, or has run until `now`: what the service tells, or the time between start
    /// and end, pauses included.
    pub fn duration(&self, now: Timestamp) -> Duration {
        self.facts.duration(now.as_millis())
    }
}

impl fmt::Debug for Activity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Activity")
            .field("kind", &self.kind)
            .field("id", &self.id)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
