//! Muting.

use vonage_video_core::{
    Timestamp,
    models::{ProjectDetails, ProjectEnvironment, ProjectStatus},
    operations::{DisableForceMute, MuteAll, MuteStream},
};

use super::{projects::no_project, streams::no_stream};
use crate::api::{operations::Operations, refusal::ApiResult};

impl Operations<'_> {
    pub(crate) fn mute_stream(&mut self, request: MuteStream) -> ApiResult<ProjectDetails> {
        self.session(&request.session_id)?;
        if !self.world.mute(&request.session_id, &request.stream_id) {
            return Err(no_stream(&request.stream_id));
        }
        self.details()
    }

    pub(crate) fn mute_all(&mut self, request: MuteAll) -> ApiResult<ProjectDetails> {
        self.session(&request.session_id)?;
        let except = request.excluded_stream_ids.unwrap_or_default();
        self.world
            .mute_all(&request.session_id, except.into_iter().collect());
        self.details()
    }

    pub(crate) fn disable_force_mute(
        &mut self,
        request: DisableForceMute,
    ) -> ApiResult<ProjectDetails> {
        self.session(&request.session_id)?;
        self.world.disable_force_mute(&request.session_id);
        self.details()
    }

    fn details(&self) -> ApiResult<ProjectDetails> {
        let state = self
            .world
            .projects()
            .get(&self.caller.project)
            .ok_or_else(no_project)?;
        let owner = self.caller.owner();
        let mut details = ProjectDetails::default();
        details.application_id = owner.application_id;
        details.id = owner.project_id;
        details.status = Some(ProjectStatus::Active);
        details.name = Some(state.project.name().to_owned());
        details.environment = Some(ProjectEnvironment::Standard);
        details.created_at = Some(Timestamp::from_millis(state.created));
        Ok(details)
    }
}
