//! What makes broadcasts go live and end.

use vonage_video_core::{WebhookEvent, models::BroadcastStatus};

use super::{BroadcastRecord, World};
use crate::world::{agenda::Reminder, timings::EMPTY_SESSION};

impl World {
    /// Starts a broadcast and answers its id.
    pub(crate) fn begin_broadcast(&mut self, record: BroadcastRecord) -> String {
        let id = record.model.id.to_string();
        let session_id = record.model.session_id.to_string();
        self.broadcasts.insert(id.clone(), record);
        if let Some(session) = self.sessions.get_mut(&session_id) {
            session.broadcasts.push(id.clone());
        }
        self.announce_broadcast(&id);
        self.settle_broadcast(&id);
        id
    }

    /// Does what is due with a broadcast, and notes when to look again.
    pub(crate) fn settle_broadcast(&mut self, id: &str) {
        let now = self.now;
        let Some(broadcast) = self.broadcasts.get_mut(id) else {
            return;
        };
        if !broadcast.is_running() {
            return;
        }
        let empty = self
            .sessions
            .get(broadcast.model.session_id.as_str())
            .and_then(|session| session.empty_since)
            .map(|since| since.saturating_add(EMPTY_SESSION));
        if now >= broadcast.ends_at || empty.is_some_and(|due| now >= due) {
            self.end_broadcast(id);
            return;
        }
        let first = broadcast
            .model
            .urls
            .as_ref()
            .is_some_and(|urls| urls.hls_status.is_none() && urls.hls.is_some());
        let changed = broadcast.progress(now);
        let next = [broadcast.next_change(now), empty];
        for due in next.into_iter().flatten() {
            self.agenda.add(due, Reminder::Broadcast(id.to_owned()));
        }
        if changed && !first {
            self.announce_broadcast(id);
        }
    }

    pub(crate) fn end_broadcast(&mut self, id: &str) {
        self.finish_broadcast(id, BroadcastStatus::Stopped);
    }

    /// Ends a broadcast because the service is disrupted.
    pub(crate) fn fail_broadcast(&mut self, id: &str) {
        self.finish_broadcast(id, BroadcastStatus::Failed);
    }

    fn finish_broadcast(&mut self, id: &str, status: BroadcastStatus) {
        let Some(broadcast) = self.broadcasts.get_mut(id) else {
            return;
        };
        broadcast.finish(status, self.now);
        let session_id = broadcast.model.session_id.to_string();
        if let Some(session) = self.sessions.get_mut(&session_id) {
            session.broadcasts.retain(|running| running != id);
        }
        self.announce_broadcast(id);
    }

    fn announce_broadcast(&mut self, id: &str) {
        let Some(broadcast) = self.broadcasts.get(id) else {
            return;
        };
        let event = WebhookEvent::Broadcast(broadcast.answer());
        let project = broadcast.project.clone();
        self.announce(&project, event);
    }
}
