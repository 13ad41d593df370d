//! How projects are added and removed.

use vonage_video_auth::Environment;
use vonage_video_core::ProjectId;

use crate::world::{
    project::{Project, ProjectState},
    state::World,
    table::Table,
};

impl World {
    pub(crate) fn projects(&self) -> &Table<ProjectId, ProjectState> {
        &self.projects
    }

    pub(crate) fn project_mut(&mut self, id: &ProjectId) -> Option<&mut ProjectState> {
        self.projects.get_mut(id)
    }

    /// Serves a project from now on. `is_made_here`: its secret was drawn by this emulator.
    pub(crate) fn add_project(&mut self, project: Project, is_made_here: bool) {
        let id = ProjectId::from(project.id());
        let state = ProjectState {
            project,
            created: self.now,
            suspended: false,
            is_made_here,
            storage: None,
            callbacks: Table::default(),
        };
        self.projects.insert(id, state);
    }

    /// Serves a project no longer.
    pub(crate) fn remove_project(&mut self, id: &ProjectId) {
        self.projects.remove(id);
    }

    /// The environment of a project: of a known one, or else by the form of its id.
    pub(crate) fn environment_of(&self, id: &ProjectId) -> Environment {
        match self.projects.get(id) {
            Some(known) => known.project.environment(),
            None if id.as_str().bytes().all(|byte| byte.is_ascii_digit()) => Environment::OpenTok,
            None => Environment::Vonage,
        }
    }
}
