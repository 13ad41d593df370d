//! Muting.

use std::collections::BTreeSet;

use vonage_video_auth::Environment;
use vonage_video_core::{
    ProjectId, Timestamp,
    models::{ProjectDetails, ProjectEnvironment, ProjectStatus},
    operations::{DisableForceMute, MuteAll, MuteStream},
};

use super::streams::no_stream;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::World,
};

impl World {
    pub(in crate::api) fn mute_stream(
        &mut self,
        caller: &Caller,
        request: MuteStream,
    ) -> Reply<ProjectDetails> {
        self.session(caller, &request.session_id)?;
        let id = request.stream_id.as_str();
        if !self.mute(request.session_id.as_str(), id) {
            return Err(no_stream(id));
        }
        self.details(caller)
    }

    pub(in crate::api) fn mute_all(
        &mut self,
        caller: &Caller,
        request: MuteAll,
    ) -> Reply<ProjectDetails> {
        self.session(caller, &request.session_id)?;
        let except: BTreeSet<String> = request
            .excluded_stream_ids
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect();
        self.force_mute(request.session_id.as_str(), true, except);
        self.details(caller)
    }

    pub(in crate::api) fn disable_force_mute(
        &mut self,
        caller: &Caller,
        request: DisableForceMute,
    ) -> Reply<ProjectDetails> {
        self.session(caller, &request.session_id)?;
        self.force_mute(request.session_id.as_str(), false, BTreeSet::new());
        self.details(caller)
    }

    fn details(&self, caller: &Caller) -> Reply<ProjectDetails> {
        let state = self
            .projects
            .get(&caller.project)
            .ok_or_else(|| Refusal::not_found("Project not found"))?;
        let mut details = ProjectDetails::default();
        let owner = ProjectId::from(caller.project.as_str());
        match caller.environment {
            Environment::Vonage => details.application_id = Some(owner),
            Environment::OpenTok => details.id = Some(owner),
        }
        details.status = Some(ProjectStatus::Active);
        details.name = Some(state.project.name().to_owned());
        details.environment = Some(ProjectEnvironment::Standard);
        details.created_at = Some(Timestamp::from_millis(state.created));
        Ok(details)
    }
}
