//! The projects of an OpenTok account.

use vonage_video_auth::Environment;
use vonage_video_core::{
    ProjectId, Timestamp,
    models::{Project, ProjectEnvironment, ProjectStatus},
    operations::{
        CreateProject, DeleteProject, GetProject, ListProjects, RefreshProjectSecret,
        SetProjectStatus,
    },
};

use crate::{
    api::{
        operations::{Operations, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{self, ProjectState},
};

/// Most projects, so that a loop that creates them does not fill the memory.
const MOST: usize = 10_000;

impl Operations<'_> {
    pub(crate) fn create_project(&mut self, request: CreateProject) -> ApiResult<Project> {
        if self.world.projects().len() >= MOST {
            return Err(Refusal::bad_request("Too many projects"));
        }
        let key = loop {
            let number = 20_000_000 + self.world.random().next() % 80_000_000;
            let key = ProjectId::from(number.to_string());
            if !self.world.projects().contains(&key) {
                break key;
            }
        };
        let project = self.new_project(&key, request.name.unwrap_or_default())?;
        self.world.add_project(project, true);
        self.opentok_project(&key).map(|it| model(it))
    }

    pub(crate) fn list_projects(&mut self, _request: ListProjects) -> ApiResult<Vec<Project>> {
        let own = |state: &&ProjectState| state.project.environment() == Environment::OpenTok;
        let projects = self.world.projects().iter();
        Ok(projects.filter(own).map(model).collect())
    }

    pub(crate) fn get_project(&mut self, request: GetProject) -> ApiResult<Project> {
        self.opentok_project(&request.project_id)
            .map(|it| model(it))
    }

    pub(crate) fn set_project_status(&mut self, request: SetProjectStatus) -> ApiResult<Project> {
        let suspended = match request.status {
            ProjectStatus::Active => false,
            ProjectStatus::Suspended => true,
            other => return Err(unknown_value("status", other)),
        };
        let state = self.opentok_project(&request.project_id)?;
        state.suspended = suspended;
        Ok(model(state))
    }

    pub(crate) fn delete_project(&mut self, request: DeleteProject) -> ApiResult<()> {
        self.opentok_project(&request.project_id)?;
        self.world.remove_project(&request.project_id);
        Ok(())
    }

    pub(crate) fn refresh_project_secret(
        &mut self,
        request: RefreshProjectSecret,
    ) -> ApiResult<Project> {
        let state = self.opentok_project(&request.project_id)?;
        let name = state.project.name().to_owned();
        let made = self.new_project(&request.project_id, name)?;
        let state = self.opentok_project(&request.project_id)?;
        state.project = made;
        state.is_made_here = true;
        Ok(model(state))
    }

    fn opentok_project(&mut self, id: &ProjectId) -> ApiResult<&mut ProjectState> {
        self.world
            .project_mut(id)
            .filter(|state| state.project.environment() == Environment::OpenTok)
            .ok_or_else(no_project)
    }

    /// A project with a new secret.
    fn new_project(&mut self, key: &ProjectId, name: String) -> ApiResult<world::Project> {
        let secret = self.world.random().hex(40);
        world::Project::opentok(key.as_str(), secret)
            .map(|project| project.named(name))
            .map_err(|error| Refusal::bad_request(error.to_string()))
    }
}

pub(crate) fn no_project() -> Refusal {
    Refusal::not_found("Project not found")
}

fn model(state: &ProjectState) -> Project {
    let mut model = Project::new(state.project.id());
    model.secret = state.project.secret().map(str::to_owned);
    model.status = if state.suspended {
        ProjectStatus::Suspended
    } else {
        ProjectStatus::Active
    };
    model.name = Some(state.project.name().to_owned());
    model.environment = Some(ProjectEnvironment::Standard);
    model.created_at = Some(Timestamp::from_millis(state.created));
    model
}
