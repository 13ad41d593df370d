//! How live captions start, are sent and end.

use vonage_video_core::{
    CaptionsId, SessionId, StreamId, Timestamp, WebhookEvent, models::CaptionsState,
};

use crate::world::{
    captions::CaptionsRecord,
    feed::Audience,
    notice::Notice,
    state::{Reminder, World},
};

impl World {
    /// Starts captions.
    pub(crate) fn begin_captions(&mut self, record: CaptionsRecord) {
        let id = record.model.id.clone();
        if let Some(session) = self.sessions.get_mut(&record.model.session_id) {
            session.captions = Some(id.clone());
        }
        self.agenda
            .add(record.ends_at, Reminder::Captions(id.clone()));
        self.captions.insert(id.clone(), record);
        self.announce_captions(&id);
    }

    /// Ends captions whose time is up.
    pub(in crate::world) fn settle_captions(&mut self, id: &CaptionsId) {
        let running = self
            .captions
            .get(id)
            .filter(|captions| captions.model.status == CaptionsState::Started);
        match running.map(|captions| captions.ends_at) {
            Some(due) if due > self.now => {
                self.agenda.add(due, Reminder::Captions(id.clone()));
            }
            Some(_) => self.end_captions(id),
            None => {}
        }
    }

    /// Stops captions.
    pub(crate) fn end_captions(&mut self, id: &CaptionsId) {
        self.finish_captions(id, CaptionsState::Stopped);
    }

    /// Ends captions because the service is disrupted.
    pub(in crate::world) fn fail_captions(&mut self, id: &CaptionsId) {
        self.finish_captions(id, CaptionsState::Failed);
    }

    fn finish_captions(&mut self, id: &CaptionsId, status: CaptionsState) {
        let Some(captions) = self.captions.get_mut(id) else {
            return;
        };
        captions.model.status = status;
        captions.model.updated_at = Some(Timestamp::from_millis(self.now));
        captions.model.duration = Some(self.now.saturating_sub(captions.started) / 1000);
        if let Some(session) = self.sessions.get_mut(&captions.model.session_id)
            && session.captions.as_ref() == Some(id)
        {
            session.captions = None;
        }
        self.announce_captions(id);
    }

    /// Captions what a stream says, while captions are on and its publisher lets them be. Returns
    /// whether that is so.
    pub(crate) fn caption(
        &mut self,
        session_id: &SessionId,
        stream_id: StreamId,
        caption: String,
        is_final: bool,
    ) -> bool {
        let on = self.sessions.get(session_id).is_some_and(|session| {
            session.captions.is_some()
                && session
                    .streams
                    .get(&stream_id)
                    .is_some_and(|stream| stream.has_captions)
        });
        if on && is_final {
            self.transcribe(session_id, &stream_id, &caption);
        }
        if on {
            let notice = Notice::CaptionReceived {
                stream_id,
                caption,
                is_final,
            };
            self.tell(session_id, Audience::All, notice);
        }
        on
    }

    /// Notes for the archives that are transcribed what a stream said.
    fn transcribe(&mut self, session_id: &SessionId, stream_id: &StreamId, text: &str) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(stream) = session.streams.get(stream_id) else {
            return;
        };
        for id in &session.archives {
            if let Some(archive) = self.archives.get_mut(id) {
                archive.hear(stream, text, self.now);
            }
        }
    }

    fn announce_captions(&mut self, id: &CaptionsId) {
        let Some(captions) = self.captions.get(id) else {
            return;
        };
        let event = WebhookEvent::Captions(captions.model.clone());
        let (project, url) = (captions.project.clone(), captions.callback_url.clone());
        self.happen(&project, url.as_deref(), event);
    }
}
