//! What is remembered of connections and streams. Each field is joined by a minimum or a maximum,
//! which is why order and copies do not matter.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::generated::ids::ConnectionId;

/// Milliseconds since 1970. Stored as they are: a [`Timestamp`](crate::Timestamp) takes small
/// numbers for seconds when it is read.
pub(super) type Millis = u64;

pub(super) fn millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Membership {
    /// `createdAt`: the earliest that was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<Millis>,
    /// The earliest event that shows that it was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heard: Option<Millis>,
    /// The data of its token. Later events have it empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<String>,
    /// That it left, as an event tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) left: Option<End>,
    #[serde(flatten)]
    pub(super) sightings: Sightings,
}

/// A stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Publication {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) connection: Option<ConnectionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heard: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) video_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ended: Option<End>,
    #[serde(flatten)]
    pub(super) sightings: Sightings,
}

/// An end that an event tells; the earliest is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) at: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

/// The last times at which it was known to be there, and known not to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sightings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seen: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) missed: Option<Millis>,
}

impl Membership {
    pub(super) fn joined(&self) -> Option<Millis> {
        self.created.or(self.heard)
    }

    /// The last time at which it is known to have been there; `None` if it is not known ever to
    /// have been.
    pub(super) fn last_seen(&self) -> Option<Millis> {
        Some(self.joined()?.max(self.sightings.seen.unwrap_or(0)))
    }

    /// Since when it is missing, if it was not seen again.
    pub(super) fn missing(&self) -> Option<Millis> {
        self.sightings
            .missed
            .filter(|at| Some(*at) > self.last_seen())
    }

    pub(super) fn merge(&mut self, other: &Self) {
        lower(&mut self.created, other.created);
        lower(&mut self.heard, other.heard);
        raise(&mut self.data, other.data.clone());
        lower(&mut self.left, other.left.clone());
        self.sightings.merge(other.sightings);
    }
}

impl Publication {
    pub(super) fn started(&self) -> Option<Millis> {
        self.created.or(self.heard)
    }

    pub(super) fn last_seen(&self) -> Option<Millis> {
        Some(self.started()?.max(self.sightings.seen.unwrap_or(0)))
    }

    /// Since when it is missing, if it was not seen again.
    pub(super) fn missing(&self) -> Option<Millis> {
        self.sightings
            .missed
            .filter(|at| Some(*at) > self.last_seen())
    }

    pub(super) fn merge(&mut self, other: &Self) {
        raise(&mut self.connection, other.connection.clone());
        lower(&mut self.created, other.created);
        lower(&mut self.heard, other.heard);
        raise(&mut self.name, other.name.clone());
        raise(&mut self.video_type, other.video_type.clone());
        lower(&mut self.ended, other.ended.clone());
        self.sightings.merge(other.sightings);
    }
}

impl Sightings {
    pub(super) fn see(&mut self, at: Millis) -> bool {
        raise(&mut self.seen, Some(at))
    }

    pub(super) fn miss(&mut self, at: Millis) -> bool {
        raise(&mut self.missed, Some(at))
    }

    fn merge(&mut self, other: Self) {
        raise(&mut self.seen, other.seen);
        raise(&mut self.missed, other.missed);
    }
}

/// Keeps the greater. Returns whether that is the new one. Nothing is less than anything.
pub(super) fn raise<T: Ord>(own: &mut T, other: T) -> bool {
    let greater = other > *own;
    if greater {
        *own = other;
    }
    greater
}

/// Keeps the lesser, where nothing is greater than anything.
pub(super) fn lower<T: Ord>(own: &mut Option<T>, other: Option<T>) -> bool {
    let Some(other) = other else {
        return false;
    };
    let lesser = own.as_ref().is_none_or(|own| other < *own);
    if lesser {
        *own = Some(other);
    }
    lesser
}

pub(super) fn merge_maps<K: Ord + Clone, V: Clone>(
    own: &mut BTreeMap<K, V>,
    other: &BTreeMap<K, V>,
    merge: impl Fn(&mut V, &V),
) {
    for (key, value) in other {
        match own.get_mut(key) {
            Some(own) => merge(own, value),
            None => {
                own.insert(key.clone(), value.clone());
            }
        }
    }
}
