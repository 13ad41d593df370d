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

use super::unknown_value;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{ProjectState, World, identity},
};

/// Most projects: a loop that creates must not fill the memory.
const MOST: usize = 10_000;

impl World {
    pub(in crate::api) fn create_project(
        &mut self,
        _caller: &Caller,
        request: CreateProject,
    ) -> Reply<Project> {
        if self.projects.len() >= MOST {
            return Err(Refusal::bad_request("Too many projects"));
        }
        let key = loop {
            let key = (20_000_000 + self.random.next() % 80_000_000).to_string();
            if !self.projects.contains(&key) {
                break key;
            }
        };
        let made = self.new_project(&key, request.name.unwrap_or_default())?;
        let state = ProjectState::new(made, self.now);
        let answer = model(&state);
        self.projects.insert(key, state);
        Ok(answer)
    }

    pub(in crate::api) fn list_projects(
        &mut self,
        _caller: &Caller,
        _request: ListProjects,
    ) -> Reply<Vec<Project>> {
        let own = |state: &&ProjectState| state.project.environment() == Environment::OpenTok;
        Ok(self.projects.iter().filter(own).map(model).collect())
    }

    pub(in crate::api) fn get_project(
        &mut self,
        _caller: &Caller,
        request: GetProject,
    ) -> Reply<Project> {
        self.opentok_project(&request.project_id)
            .map(|it| model(it))
    }

    pub(in crate::api) fn set_project_status(
        &mut self,
        _caller: &Caller,
        request: SetProjectStatus,
    ) -> Reply<Project> {
        let suspended = match request.status {
            ProjectStatus::Active => false,
            ProjectStatus::Suspended => true,
            other => return Err(unknown_value("status", other)),
        };
        let state = self.opentok_project(&request.project_id)?;
        state.suspended = suspended;
        Ok(model(state))
    }

    pub(in crate::api) fn delete_project(
        &mut self,
        _caller: &Caller,
        request: DeleteProject,
    ) -> Reply<()> {
        self.opentok_project(&request.project_id)?;
        self.projects.remove(request.project_id.as_str());
        Ok(())
    }

    pub(in crate::api) fn refresh_project_secret(
        &mut self,
        _caller: &Caller,
        request: RefreshProjectSecret,
    ) -> Reply<Project> {
        let state = self.opentok_project(&request.project_id)?;
        let name = state.project.name().to_owned();
        let made = self.new_project(request.project_id.as_str(), name)?;
        let state = self.opentok_project(&request.project_id)?;
        state.project = made;
        Ok(model(state))
    }

    fn opentok_project(&mut self, id: &ProjectId) -> Reply<&mut ProjectState> {
        self.projects
            .get_mut(id.as_str())
            .filter(|state| state.project.environment() == Environment::OpenTok)
            .ok_or_else(no_project)
    }

    /// A project with a secret that was just made up.
    fn new_project(&mut self, key: &str, name: String) -> Reply<identity::Project> {
        let secret = self.random.hex(40);
        identity::Project::opentok(key, secret)
            .map(|made| made.named(name))
            .map_err(|error| Refusal::bad_request(error.to_string()))
    }
}

pub(in crate::api) fn no_project() -> Refusal {
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
