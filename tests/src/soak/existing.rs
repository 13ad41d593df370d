//! What a worker knows to exist.

use std::collections::BTreeSet;

/// What exists for certain: what a call said that it made, and what no call was to remove.
#[derive(Default)]
pub(super) struct Existing {
    pub(super) archives: BTreeSet<String>,
    pub(super) broadcasts: BTreeSet<String>,
    pub(super) renders: BTreeSet<String>,
}
