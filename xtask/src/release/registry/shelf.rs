//! What the registry holds.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;

/// Index lines by crate, and package files by `name/version`.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) index: BTreeMap<String, Vec<Value>>,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Where publications are kept.
    pub(super) published: PathBuf,
    /// Failures still to come, in order; see [`Refusal`].
    pub(super) refusals: Vec<Refusal>,
}

/// A publication that is not taken, so that a rehearsal proves that a release survives it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    /// 429, as for too many new names in a short time, with the time at which to try again.
    TooMany,
    /// The connection breaks before the response.
    Break,
}
