//! Callbacks of OpenTok projects.

use vonage_video_core::{
    Timestamp,
    models::Callback,
    operations::{ListCallbacks, RegisterCallback, UnregisterCallback},
};

use super::projects::no_project;
use crate::api::{
    operations::Operations,
    refusal::{ApiResult, Refusal},
};

/// Most callbacks of a project, so that a loop that registers does not fill the memory.
const MOST: usize = 1000;

impl Operations<'_> {
    pub(crate) fn register_callback(&mut self, request: RegisterCallback) -> ApiResult<Callback> {
        let mut callback = Callback::new(self.world.random().uuid());
        callback.group = request.group;
        callback.event = request.event;
        callback.url = request.url;
        callback.created_at = Some(Timestamp::from_millis(self.world.now()));
        let project = self
            .world
            .project_mut(&self.caller.project)
            .ok_or_else(no_project)?;
        if project.callbacks.len() >= MOST {
            return Err(Refusal::bad_request("Too many callbacks"));
        }
        project
            .callbacks
            .insert(callback.id.clone(), callback.clone());
        Ok(callback)
    }

    pub(crate) fn list_callbacks(&mut self, _request: ListCallbacks) -> ApiResult<Vec<Callback>> {
        let project = self
            .world
            .projects()
            .get(&self.caller.project)
            .ok_or_else(no_project)?;
        Ok(project.callbacks.iter().cloned().collect())
    }

    pub(crate) fn unregister_callback(&mut self, request: UnregisterCallback) -> ApiResult<()> {
        let project = self
            .world
            .project_mut(&self.caller.project)
            .ok_or_else(no_project)?;
        project
            .callbacks
            .remove(&request.callback_id)
            .map(drop)
            .ok_or_else(|| Refusal::not_found("Callback not found"))
    }
}
