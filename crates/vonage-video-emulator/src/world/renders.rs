//! What makes Experience Composers start and stop.

use vonage_video_core::{
    StreamId, Timestamp, WebhookEvent,
    models::{ConnectionReason, RenderReason, RenderStatus, VideoType},
};

use super::{Publication, RenderRecord, World, session::ConnectionKind};
use crate::world::{address::never_exists, agenda::Reminder};

impl World {
    pub(crate) fn begin_render(&mut self, record: RenderRecord) {
        let id = record.model.id.to_string();
        self.renders.insert(id.clone(), record);
        self.settle_render(&id);
    }

    /// Does what is due with a render, and notes when to look again.
    pub(crate) fn settle_render(&mut self, id: &str) {
        let Some(render) = self.renders.get(id) else {
            return;
        };
        let due = match render.model.status {
            RenderStatus::Starting => render.starts_at,
            RenderStatus::Started => render.ends_at,
            _ => return,
        };
        if due > self.now {
            self.agenda.add(due, Reminder::Render(id.to_owned()));
        } else if render.model.status == RenderStatus::Starting {
            self.open_page(id);
            self.settle_render(id);
        } else {
            self.end_render(id, RenderReason::MaxDuration);
        }
    }

    /// The page is opened, and its stream published.
    fn open_page(&mut self, id: &str) {
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
        let session = render.model.session_id.to_string();
        let kind = ConnectionKind::Render(id.to_owned());
        let Some(connection) = self.admit(&session, kind, render.pass) else {
            return;
        };
        let publication = Publication {
            name: render.model.name.unwrap_or_default(),
            video_type: Some(VideoType::Custom),
            has_audio: true,
            has_video: true,
            classes: None,
        };
        let stream = self.add_stream(&session, &connection, publication);
        if let Some(render) = self.renders.get_mut(id) {
            render.connection = Some(connection);
            render.model.stream_id = stream.map(StreamId::from);
        }
        self.change_render(id, RenderStatus::Started, None);
    }

    /// Closes the page, and takes its client out of the session.
    pub(crate) fn end_render(&mut self, id: &str, reason: RenderReason) {
        self.change_render(id, RenderStatus::Stopped, Some(reason));
        let Some(render) = self.renders.get_mut(id) else {
            return;
        };
        let session = render.model.session_id.to_string();
        if let Some(connection) = render.connection.take() {
            self.remove_client(&session, &connection, ConnectionReason::ClientDisconnected);
        }
    }

    /// Its client was thrown out of the session.
    pub(crate) fn render_left(&mut self, id: &str) {
        let thrown_out = self
            .renders
            .get_mut(id)
            .and_then(|render| render.connection.take())
            .is_some();
        if thrown_out {
            let reason = RenderReason::from("Client disconnected");
            self.change_render(id, RenderStatus::Stopped, Some(reason));
        }
    }

    fn change_render(&mut self, id: &str, status: RenderStatus, reason: Option<RenderReason>) {
        let Some(render) = self.renders.get_mut(id) else {
            return;
        };
        render.model.status = status;
        render.model.reason = reason;
        render.model.updated_at = Some(Timestamp::from_millis(self.now));
        let event = WebhookEvent::Render(render.model.clone());
        let (project, url) = (render.project.clone(), render.model.callback_url.clone());
        self.announce_at(&project, url.as_deref(), event);
    }
}
