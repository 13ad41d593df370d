//! A project as the emulator keeps it.

use vonage_video_core::models::{ArchiveStorage, Callback};

use crate::world::{clock::Millis, identity::Project, table::Table};

#[derive(Debug)]
pub(crate) struct ProjectState {
    pub(crate) project: Project,
    pub(crate) created: Millis,
    pub(crate) suspended: bool,
    /// Where its archives go, if not to the emulator.
    pub(crate) storage: Option<ArchiveStorage>,
    pub(crate) callbacks: Table<Callback>,
}

impl ProjectState {
    pub(crate) fn new(project: Project, created: Millis) -> Self {
        Self {
            project,
            created,
            suspended: false,
            storage: None,
            callbacks: Table::default(),
        }
    }
}
