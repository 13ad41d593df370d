//! What makes live captions end.

use vonage_video_core::{Timestamp, WebhookEvent, models::CaptionsState};

use super::{CaptionsRecord, World};
use crate::world::agenda::Reminder;

impl World {
    pub(crate) fn begin_captions(&mut self, record: CaptionsRecord) {
        let id = record.model.id.to_string();
        if let Some(session) = self.sessions.get_mut(record.model.session_id.as_str()) {
            session.captions = Some(id.clone());
        }
        self.agenda
            .add(record.ends_at, Reminder::Captions(id.clone()));
        self.captions.insert(id.clone(), record);
        self.announce_captions(&id);
    }

    /// Ends captions whose time is up.
    pub(crate) fn settle_captions(&mut self, id: &str) {
        let now = self.now;
        let over = self.captions.get(id).is_some_and(|captions| {
            captions.model.status == CaptionsState::Started && now >= captions.ends_at
        });
        if over {
            self.end_captions(id);
        }
    }

    pub(crate) fn end_captions(&mut self, id: &str) {
        let Some(captions) = self.captions.get_mut(id) else {
            return;
        };
        captions.model.status = CaptionsState::Stopped;
        captions.model.updated_at = Some(Timestamp::from_millis(self.now));
        captions.model.duration = Some(self.now.saturating_sub(captions.started) / 1000);
        if let Some(session) = self.sessions.get_mut(captions.model.session_id.as_str())
            && session.captions.as_deref() == Some(id)
        {
            session.captions = None;
        }
        self.announce_captions(id);
    }

    fn announce_captions(&mut self, id: &str) {
        let Some(captions) = self.captions.get(id) else {
            return;
        };
        let event = WebhookEvent::Captions(captions.model.clone());
        let (project, url) = (captions.project.clone(), captions.callback_url.clone());
        self.announce_at(&project, url.as_deref(), event);
    }
}
