//! How Experience Composers start and stop.

use vonage_video_core::{
    RenderId, Timestamp, WebhookEvent,
    models::{ConnectionReason, RenderReason, RenderStatus, VideoType},
};

use crate::world::{
    address::never_exists,
    connection::ConnectionKind,
    render::RenderRecord,
    state::{Reminder, World},
    stream::{Publication, Shape},
};

impl World {
    /// Starts an Experience Composer.
    pub(crate) fn begin_render(&mut self, record: RenderRecord) {
        let id = record.model.id.clone();
        self.renders.insert(id.clone(), record);
        self.settle_render(&id);
    }

    /// Does what is due with a render, and notes when to look again.
    pub(in crate::world) fn settle_render(&mut self, id: &RenderId) {
        let Some(render) = self.renders.get(id) else {
            return;
        };
        let due = match render.model.status {
            RenderStatus::Starting => render.starts_at,
            RenderStatus::Started => render.ends_at,
            _ => return,
        };
        if due > self.now {
            self.agenda.add(due, Reminder::Render(id.clone()));
        } else if render.model.status == RenderStatus::Starting {
            self.open_page(id);
            self.settle_render(id);
        } else {
            self.end_render(id, RenderReason::MaxDuration);
        }
    }

    /// Opens the page and publishes its stream.
    fn open_page(&mut self, id: &RenderId) {
        let Some(render) = self.renders.get(id).cloned() else {
            return;
        };
        let url = render.model.url.unwrap_or_default();
        if never_exists(&url) {
            self.change_render(
                id,
                RenderStatus::Failed,
                Some(RenderReason::CouldNotLoadUrl),
            );
            return;
        }
        let session = render.model.session_id.clone();
        let kind = ConnectionKind::Render(id.clone());
        let Some(connection) = self.admit(&session, kind, render.admission) else {
            return;
        };
        let publication = Publication {
            name: render.model.name.unwrap_or_default(),
            video_type: Some(VideoType::Custom),
            has_audio: true,
            has_video: true,
            classes: None,
            has_captions: true,
            shape: Shape::default(),
        };
        let stream = self.add_stream(&session, &connection, publication);
        if let Some(render) = self.renders.get_mut(id) {
            render.connection = Some(connection);
            render.model.stream_id = stream;
        }
        self.change_render(id, RenderStatus::Started, None);
    }

    /// Closes the page and removes its client from the session.
    pub(crate) fn end_render(&mut self, id: &RenderId, reason: RenderReason) {
        self.change_render(id, RenderStatus::Stopped, Some(reason));
        let Some(render) = self.renders.get_mut(id) else {
            return;
        };
        let session = render.model.session_id.clone();
        if let Some(connection) = render.connection.take() {
            self.remove_client(&session, &connection, ConnectionReason::ClientDisconnected);
        }
    }

    /// Stops an Experience Composer whose client was disconnected.
    pub(in crate::world) fn render_left(&mut self, id: &RenderId) {
        let disconnected = self
            .renders
            .get_mut(id)
            .and_then(|render| render.connection.take())
            .is_some();
        if disconnected {
            let reason = RenderReason::from("Client disconnected");
            self.change_render(id, RenderStatus::Stopped, Some(reason));
        }
    }

    fn change_render(&mut self, id: &RenderId, status: RenderStatus, reason: Option<RenderReason>) {
        let Some(render) = self.renders.get_mut(id) else {
            return;
        };
        render.model.status = status;
        render.model.reason = reason;
        render.model.updated_at = Some(Timestamp::from_millis(self.now));
        let event = WebhookEvent::Render(render.model.clone());
        let (project, url) = (render.project.clone(), render.model.callback_url.clone());
        self.happen(&project, url.as_deref(), event);
    }
}
