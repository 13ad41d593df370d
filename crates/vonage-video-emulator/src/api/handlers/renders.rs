//! Experience Composers.

use vonage_video_core::{
    Page, RenderId, Timestamp,
    models::{Render, RenderReason, RenderStatus, Resolution},
    operations::{GetRender, ListRenders, StartRender, StopRender},
};

use crate::{
    api::{
        operations::{Operations, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{ListOf, Millis, RenderRecord, whole_millis},
};

/// Seconds, unless the request sets another duration.
const MAX_DURATION: u32 = 7_200;

impl Operations<'_> {
    pub(crate) fn start_render(&mut self, request: StartRender) -> ApiResult<Render> {
        if let Some(Resolution::Unknown(value)) = &request.resolution {
            return Err(unknown_value("resolution", value));
        }
        if self.session(&request.session_id)?.relayed {
            return Err(Refusal::bad_request(
                "The Experience Composer needs a routed session",
            ));
        }
        let admission = self.admission_for_token(&request.session_id, &request.token)?;
        if !admission.role.may_publish() {
            return Err(Refusal::forbidden("The token must have the role publisher"));
        }

        let now = self.world.now();
        let owner = self.caller.owner();
        let mut model = Render::new(self.world.random().uuid());
        model.application_id = owner.application_id;
        model.project_id = owner.project_id;
        model.status = RenderStatus::Starting;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(now));
        model.updated_at = model.created_at;
        model.url = Some(request.url);
        model.name = request.properties.map(|properties| properties.name);
        model.resolution = Some(request.resolution.unwrap_or(Resolution::Hd));
        model.callback_url = request.status_callback_url;
        model.event = Some("render".to_owned());
        let response = model.clone();
        let seconds = Millis::from(request.max_duration.unwrap_or(MAX_DURATION));
        let starts_at = now.saturating_add(whole_millis(self.world.timings().render_started));
        self.world.begin_render(RenderRecord {
            project: self.caller.project.clone(),
            model,
            connection: None,
            admission,
            starts_at,
            ends_at: starts_at.saturating_add(seconds.saturating_mul(1000)),
        });
        Ok(response)
    }

    pub(crate) fn get_render(&mut self, request: GetRender) -> ApiResult<Render> {
        self.render(&request.render_id)
            .map(|render| render.model.clone())
    }

    pub(crate) fn list_renders(&mut self, request: ListRenders) -> ApiResult<Page<Render>> {
        let list = ListOf::Project(&self.caller.project);
        let (total, items) = self
            .world
            .renders()
            .window(list, request.offset, request.count);
        let items = items
            .into_iter()
            .map(|render| render.model.clone())
            .collect();
        Ok(Page::new(total, items))
    }

    pub(crate) fn stop_render(&mut self, request: StopRender) -> ApiResult<()> {
        let render = self.render(&request.render_id)?;
        if !matches!(
            render.model.status,
            RenderStatus::Starting | RenderStatus::Started
        ) {
            return Err(Refusal::not_found("The render has stopped"));
        }
        self.world
            .end_render(&request.render_id, RenderReason::StopRequested);
        Ok(())
    }

    fn render(&self, id: &RenderId) -> ApiResult<&RenderRecord> {
        self.world
            .renders()
            .get(id)
            .filter(|render| render.project == self.caller.project)
            .ok_or_else(|| Refusal::not_found("Render not found").code(404))
    }
}
