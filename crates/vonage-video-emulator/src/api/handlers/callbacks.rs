//! Callbacks of OpenTok projects.

use vonage_video_core::{
    Timestamp,
    models::Callback,
    operations::{ListCallbacks, RegisterCallback, UnregisterCallback},
};

use super::projects::no_project;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::World,
};

/// Most callbacks of a project: a loop that registers must not fill the memory.
const MOST: usize = 1000;

impl World {
    pub(in crate::api) fn register_callback(
        &mut self,
        caller: &Caller,
        request: RegisterCallback,
    ) -> Reply<Callback> {
        let mut callback = Callback::new(self.random.uuid());
        callback.group = request.group;
        callback.event = request.event;
        callback.url = request.url;
        callback.created_at = Some(Timestamp::from_millis(self.now));
        let project = self
            .projects
            .get_mut(&caller.project)
            .ok_or_else(no_project)?;
        if project.callbacks.len() >= MOST {
            return Err(Refusal::bad_request("Too many callbacks"));
        }
        project
            .callbacks
            .insert(callback.id.as_str(), callback.clone());
        Ok(callback)
    }

    pub(in crate::api) fn list_callbacks(
        &mut self,
        caller: &Caller,
        _request: ListCallbacks,
    ) -> Reply<Vec<Callback>> {
        let project = self.projects.get(&caller.project).ok_or_else(no_project)?;
        Ok(project.callbacks.iter().cloned().collect())
    }

    pub(in crate::api) fn unregister_callback(
        &mut self,
        caller: &Caller,
        request: UnregisterCallback,
    ) -> Reply<()> {
        let project = self
            .projects
            .get_mut(&caller.project)
            .ok_or_else(no_project)?;
        project
            .callbacks
            .remove(request.callback_id.as_str())
            .map(drop)
            .ok_or_else(|| Refusal::not_found("Callback not found"))
    }
}
