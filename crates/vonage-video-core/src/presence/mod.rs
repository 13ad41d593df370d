//! Who is in a session: a pure fold of its webhook events.

mod activity;
mod apply;
mod facts;
mod forget;
mod reconcile;
mod timeline;
mod usage;
mod version;
mod view;

pub use activity::{Activity, ActivityKind};
pub use timeline::Peak;
pub use usage::Usage;
pub use view::{Participant, PublishedStream};

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use self::{
    activity::ActivityFacts,
    facts::{Membership, Millis, Publication, raise},
    version::Version,
};
use crate::{
    generated::ids::{ConnectionId, SessionId, StreamId},
    models::{ConnectionReason, SessionReason},
    time::Timestamp,
};

/// Longer than the 24 hours for which the service repeats a delivery.
const TOMBSTONE_AGE: Duration = Duration::from_secs(25 * 60 * 60);

/// Who is in a session, who was, what they publish, and what runs: archives, broadcasts, Experience
/// Composers, captions and SIP calls.
///
/// Feed it every webhook of the session with [`apply`](Self::apply), in whatever order and however
/// often they arrive. It reads no clock: each method that needs the time takes it.
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
/// old instance must leave such an event to the next delivery (answer 503). It holds the data of
/// tokens, which is personal where you put names there; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    version: Version,
    session_id: SessionId,
    tombstone_age: Millis,
    #[serde(default)]
    connections: BTreeMap<ConnectionId, Membership>,
    #[serde(default)]
    streams: BTreeMap<StreamId, Publication>,
    #[serde(default)]
    activities: BTreeMap<ActivityKind, BTreeMap<String, ActivityFacts>>,
    #[serde(default)]
    starts: BTreeSet<Millis>,
    /// Each end of the session with its reason, if it has one.
    #[serde(default)]
    ends: BTreeMap<Millis, String>,
    #[serde(default)]
    rotation_notice: Option<Millis>,
    /// Events from before this are ignored: what they are about may be forgotten.
    #[serde(default)]
    horizon: Millis,
    /// The peak among those who are forgotten: how many, and when, negated so that the earliest of
    /// equals is the greatest.
    #[serde(default)]
    past_peak: Option<(u64, i64)>,
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

    /// Those who are there now, in the order of their ids.
    pub fn participants(&self) -> impl Iterator<Item = Participant<'_>> {
        self.everybody().filter(|it| it.is_present())
    }

    /// Those who are there and those who left and are not [forgotten](Self::forget).
    pub fn everybody(&self) -> impl Iterator<Item = Participant<'_>> {
        self.connections
            .iter()
            .filter_map(|(id, member)| Participant::new(self, id, member))
    }

    /// One participant, present or not; `None` if nothing is known of it.
    pub fn participant(&self, id: &ConnectionId) -> Option<Participant<'_>> {
        let (id, member) = self.connections.get_key_value(id)?;
        Participant::new(self, id, member)
    }

    /// The streams that are published now.
    pub fn streams(&self) -> impl Iterator<Item = PublishedStream<'_>> {
        self.all_streams().filter(|stream| stream.is_live())
    }

    /// The streams that are published and those that ended and are not [forgotten](Self::forget).
    pub fn all_streams(&self) -> impl Iterator<Item = PublishedStream<'_>> {
        self.streams
            .iter()
            .filter_map(|(id, stream)| PublishedStream::new(self, id, stream))
    }

    /// How many are there now.
    pub fn count(&self) -> usize {
        self.participants().count()
    }

    /// Whether nobody is there now.
    pub fn is_empty(&self) -> bool {
        self.participants().next().is_none()
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

    /// Whether somebody who is there publishes.
    pub fn is_publishing(&self, id: &ConnectionId) -> bool {
        self.participant(id).is_some_and(|it| it.is_publishing())
    }

    /// Since when somebody who is there has been there.
    pub fn since(&self, id: &ConnectionId) -> Option<Timestamp> {
        self.participant(id)
            .filter(Participant::is_present)
            .map(|it| it.joined_at())
    }

    /// Archives, broadcasts, Experience Composers, captions and SIP calls, ended ones too.
    pub fn activities(&self) -> impl Iterator<Item = Activity<'_>> {
        self.activities.iter().flat_map(|(kind, all)| {
            all.iter()
                .map(|(id, facts)| Activity::new(*kind, id, facts))
        })
    }

    /// Whether something of this kind runs now. A paused archive counts as running.
    pub fn is_active(&self, kind: ActivityKind) -> bool {
        self.activities()
            .any(|it| it.kind() == kind && it.is_active())
    }

    /// When the service last announced that it will move the session to another server: 4 hours and
    /// 1 hour before it does. `None` if it did not, or the session has ended since.
    pub fn rotation_announced_at(&self) -> Option<Timestamp> {
        let notice = self.rotation_notice?;
        let over = self.ends.range(notice..).next().is_some();
        (!over).then(|| Timestamp::from_millis(notice))
    }

    /// When the session last started, by `sessionCreated`: its first client joined, or the first
    /// after it had ended.
    pub fn started_at(&self) -> Option<Timestamp> {
        self.starts.last().copied().map(Timestamp::from_millis)
    }

    /// The last end of the session that is known, and why.
    pub fn ended(&self) -> Option<(Timestamp, Option<SessionReason>)> {
        let (at, reason) = self.ends.last_key_value()?;
        let reason = (!reason.is_empty()).then(|| SessionReason::from(reason.as_str()));
        Some((Timestamp::from_millis(*at), reason))
    }

    /// The end of a participant's time here, and why, as far as events and lists tell.
    fn end_of(&self, member: &Membership) -> Option<(Millis, Option<ConnectionReason>)> {
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
    fn end_after(&self, time: Millis) -> Option<Millis> {
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
