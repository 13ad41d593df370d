//! What is remembered of a session, and how two states become one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::{
    activity::{ActivityFacts, ActivityKind},
    facts::{self, Membership, Millis, Publication, raise},
    version::Version,
};
use crate::{
    generated::ids::{ConnectionId, SessionId, StreamId},
    models::ConnectionReason,
};

/// Longer than the 24 hours for which the service repeats a delivery.
const TOMBSTONE_AGE: Duration = Duration::from_secs(25 * 60 * 60);

/// Who is in a session, who was, what they publish, and what runs: archives, broadcasts, Experience
/// Composers, captions and SIP calls.
///
/// Feed it every webhook of the session with [`apply`](Self::apply), in whatever order and however
/// often they arrive. It reads no clock: the time is an argument wherever it is needed.
///
/// ```
/// use std::time::Duration;
/// use vonage_video_core::{Presence, Timestamp, WebhookEvent};
///
/// let at = |second: u64| Timestamp::from_millis(1_728_036_000_000 + second * 1000);
/// let mut presence = Presence::new("session");
/// // The departure arrives first, and the arrival twice.
/// for event in [
///     WebhookEvent::connection_destroyed("session", "alice", at(90)),
///     WebhookEvent::connection_created("session", "alice", at(0)),
///     WebhookEvent::connection_created("session", "alice", at(0)),
///     WebhookEvent::connection_created("session", "bob", at(60)),
/// ] {
///     presence.apply(&event, at(95));
/// }
/// let here: Vec<_> = presence.participants().map(|it| it.connection_id().as_str()).collect();
/// assert_eq!(here, ["bob"]);
/// assert_eq!(presence.usage(at(120)).connected, Duration::from_secs(90 + 60));
/// assert_eq!(presence.peak().map(|peak| peak.participants), Some(2));
/// ```
///
/// # What holds
///
/// - The same events, in any order, with any copies, give an equal state, as long as none arrives
///   later than the tombstone age: 25 hours unless [set](Self::with_tombstone_age), where the
///   service repeats a delivery for 24. An event older than that is ignored.
/// - [`merge`](Self::merge) is associative, commutative and idempotent, so two instances may each
///   fold a part of the events.
/// - An event without a time of its own counts as of the `now` that it was applied with.
/// - A lost webhook leaves a participant behind, or out. [`reconcile`](Self::reconcile) corrects
///   that from the two lists that the API has; do it after a restart, after a rotation, and now and
///   then.
///
/// # Rules
///
/// - A participant is there from `createdAt` of the connection (or the first event that names it)
///   until `connectionDestroyed`. Without that, until a `sessionDestroyed` after everything known
///   of it, until its SIP call ends, or until a list that lacks it.
/// - A stream ends with `streamDestroyed`; without that, with its publisher, its session, or a list
///   that lacks it.
/// - A rotated session keeps its id. `sessionDestroyed` ends all who joined before it; who joins
///   again is a new participant. Clients that migrate without joining again are missing until
///   [`reconcile`](Self::reconcile).
///
/// # Memory
///
/// It grows with everybody who ever joined, by about 200 bytes each, until [`forget`](Self::forget)
/// is called.
///
/// # Storage
///
/// It is `Serialize` and `Deserialize`, with a version. This version reads all older ones, and
/// refuses newer ones with an error instead of losing what they hold: while a fleet is upgraded, an
/// old instance must leave such an event to the next delivery (respond with 503). It holds the data
/// of tokens, which is personal where you put names there; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[doc(alias("occupancy", "participants", "listParticipants"))]
pub struct Presence {
    version: Version,
    pub(super) session_id: SessionId,
    pub(super) tombstone_age: Millis,
    #[serde(default)]
    pub(super) connections: BTreeMap<ConnectionId, Membership>,
    #[serde(default)]
    pub(super) streams: BTreeMap<StreamId, Publication>,
    #[serde(default)]
    pub(super) activities: BTreeMap<ActivityKind, BTreeMap<String, ActivityFacts>>,
    #[serde(default)]
    pub(super) starts: BTreeSet<Millis>,
    /// Each end of the session with its reason, if it has one.
    #[serde(default)]
    pub(super) ends: BTreeMap<Millis, String>,
    #[serde(default)]
    pub(super) rotation_notice: Option<Millis>,
    /// Events from before this are ignored: what they are about may be forgotten.
    #[serde(default)]
    pub(super) horizon: Millis,
    /// The peak among those who are forgotten: how many, and when, negated so that the earliest of
    /// equals is the greatest.
    #[serde(default)]
    pub(super) past_peak: Option<(u64, i64)>,
}

impl Presence {
    /// A session about which nothing is known.
    pub fn new(session: impl Into<SessionId>) -> Self {
        Self {
            version: Version,
            session_id: session.into(),
            tombstone_age: facts::millis(TOMBSTONE_AGE),
            connections: BTreeMap::new(),
            streams: BTreeMap::new(),
            activities: BTreeMap::new(),
            starts: BTreeSet::new(),
            ends: BTreeMap::new(),
            rotation_notice: None,
            horizon: 0,
            past_peak: None,
        }
    }

    /// How long those who left are remembered, and the age from which an event is ignored. Default:
    /// 25 hours. Less than the 24 hours for which the service repeats deliveries lets a late copy
    /// bring somebody back.
    #[must_use]
    pub fn with_tombstone_age(mut self, age: Duration) -> Self {
        self.tombstone_age = facts::millis(age);
        self
    }

    /// Returns the id of the session.
    pub fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// Adds what another state of the same session knows. Returns `false`, and changes nothing, if
    /// it is of another session.
    ///
    /// Associative, commutative and idempotent.
    pub fn merge(&mut self, other: &Self) -> bool {
        if self.session_id != other.session_id {
            return false;
        }
        facts::merge_maps(&mut self.connections, &other.connections, Membership::merge);
        facts::merge_maps(&mut self.streams, &other.streams, Publication::merge);
        facts::merge_maps(&mut self.activities, &other.activities, |own, other| {
            facts::merge_maps(own, other, ActivityFacts::merge);
        });
        self.starts.extend(&other.starts);
        facts::merge_maps(&mut self.ends, &other.ends, |own, other| {
            raise(own, other.clone());
        });
        raise(&mut self.rotation_notice, other.rotation_notice);
        raise(&mut self.horizon, other.horizon);
        raise(&mut self.past_peak, other.past_peak);
        raise(&mut self.tombstone_age, other.tombstone_age);
        true
    }

    /// Whether nothing is remembered: a store may drop it.
    pub fn is_blank(&self) -> bool {
        self.connections.is_empty()
            && self.streams.is_empty()
            && self.activities.is_empty()
            && self.starts.is_empty()
            && self.ends.is_empty()
            && self.rotation_notice.is_none()
    }

    /// The end of a participant's time here, and why, as far as events and lists tell.
    pub(super) fn end_of(&self, member: &Membership) -> Option<(Millis, Option<ConnectionReason>)> {
        if let Some(left) = &member.left {
            return Some((left.at, left.reason.as_deref().map(Into::into)));
        }
        let inferred = member
            .missing()
            .into_iter()
            .chain(self.end_after(member.last_seen()?));
        inferred.min().map(|at| (at, None))
    }

    /// The first end of the session after a time.
    pub(super) fn end_after(&self, time: Millis) -> Option<Millis> {
        use std::ops::Bound::{Excluded, Unbounded};
        let mut after = self.ends.range((Excluded(time), Unbounded));
        after.next().map(|(at, _)| *at)
    }
}

impl fmt::Debug for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presence")
            .field("session_id", &self.session_id)
            .field("participants", &self.participants().collect::<Vec<_>>())
            .field("remembered", &self.connections.len())
            .field("streams", &self.streams().collect::<Vec<_>>())
            .field("activities", &self.activities().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
