//! Experience Composers.

use vonage_video_auth::Environment;
use vonage_video_core::{
    Page, ProjectId, RenderId, Timestamp,
    models::{Render, RenderReason, RenderStatus, Resolution},
    operations::{GetRender, ListRenders, StartRender, StopRender},
};

use super::unknown_value;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{RenderRecord, World, clock::Millis, records::ListOf, timings::millis},
};

/// Seconds, unless the request says otherwise.
const MAX_DURATION: u32 = 7_200;

impl World {
    pub(in crate::api) fn start_render(
        &mut self,
        caller: &Caller,
        request: StartRender,
    ) -> Reply<Render> {
        if let Some(Resolution::Unknown(value)) = &request.resolution {
            return Err(unknown_value("resolution", value));
        }
        if self.session(caller, &request.session_id)?.relayed {
            return Err(Refusal::bad_request(
                "The Experience Composer needs a routed session",
            ));
        }
        let pass = self.bearer(&request.session_id, &request.token)?;
        if !pass.role.may_publish() {
            return Err(Refusal::forbidden("The token must have the role publisher"));
        }

        let mut model = Render::new(self.random.uuid());
        let owner = ProjectId::from(caller.project.as_str());
        match caller.environment {
            Environment::Vonage => model.application_id = Some(owner),
            Environment::OpenTok => model.project_id = Some(owner),
        }
        model.status = RenderStatus::Starting;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(self.now));
        model.updated_at = model.created_at;
        model.url = Some(request.url);
        model.name = request.properties.map(|properties| properties.name);
        model.resolution = Some(request.resolution.unwrap_or(Resolution::Hd));
        model.callback_url = request.status_callback_url;
        model.event = Some("render".to_owned());
        let answer = model.clone();
        let seconds = Millis::from(request.max_duration.unwrap_or(MAX_DURATION));
        let starts_at = self.now.saturating_add(millis(self.timings.render_started));
        self.begin_render(RenderRecord {
            project: caller.project.clone(),
            model,
            connection: None,
            pass,
            starts_at,
            ends_at: starts_at.saturating_add(seconds.saturating_mul(1000)),
        });
        Ok(answer)
    }

    pub(in crate::api) fn get_render(
        &mut self,
        caller: &Caller,
        request: GetRender,
    ) -> Reply<Render> {
        self.render(caller, &request.render_id)
            .map(|render| render.model.clone())
    }

    pub(in crate::api) fn list_renders(
        &mut self,
        caller: &Caller,
        request: ListRenders,
    ) -> Reply<Page<Render>> {
        let list = ListOf::Project(&caller.project);
        let (total, items) = self.renders.window(list, request.offset, request.count);
        let items = items
            .into_iter()
            .map(|render| render.model.clone())
            .collect();
        Ok(Page::new(total, items))
    }

    pub(in crate::api) fn stop_render(
        &mut self,
        caller: &Caller,
        request: StopRender,
    ) -> Reply<()> {
        let render = self.render(caller, &request.render_id)?;
        if !matches!(
            render.model.status,
            RenderStatus::Starting | RenderStatus::Started
        ) {
            return Err(Refusal::not_found("The render has stopped"));
        }
        self.end_render(request.render_id.as_str(), RenderReason::StopRequested);
        Ok(())
    }

    fn render(&self, caller: &Caller, id: &RenderId) -> Reply<&RenderRecord> {
        self.renders
            .get(id.as_str())
            .filter(|render| render.project == caller.project)
            .ok_or_else(|| Refusal::not_found("Render not found"))
    }
}
