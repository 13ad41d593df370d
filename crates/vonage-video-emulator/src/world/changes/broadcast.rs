//! How broadcasts go live and end.

use vonage_video_core::{
    BroadcastId, StreamId, WebhookEvent,
    models::{ArchiveStream, BroadcastStatus, Layout},
};

use crate::world::{
    broadcast::BroadcastRecord,
    state::{Reminder, World},
    timings::EMPTY_SESSION,
};

impl World {
    /// Starts a broadcast.
    pub(crate) fn begin_broadcast(&mut self, record: BroadcastRecord) -> BroadcastId {
        let id = record.model.id.clone();
        let mut streams = Vec::new();
        if let Some(session) = self.sessions.get_mut(&record.model.session_id) {
            session.broadcasts.push(id.clone());
            streams.extend(session.streams.iter().map(|stream| stream.id.clone()));
        }
        self.broadcasts.insert(id.clone(), record);
        self.show_streams(&id, &streams);
        self.announce_broadcast(&id);
        self.settle_broadcast(&id);
        id
    }

    /// Notes what a broadcast shows of streams.
    pub(in crate::world) fn show_streams(&mut self, id: &BroadcastId, streams: &[StreamId]) {
        let Some(broadcast) = self.broadcasts.get_mut(id).filter(|it| it.is_running()) else {
            return;
        };
        let Some(session) = self.sessions.get(&broadcast.model.session_id) else {
            return;
        };
        for id in streams {
            broadcast.show(id, session.streams.get(id), self.now);
        }
    }

    /// Does what is due with a broadcast, and notes when to look again.
    pub(in crate::world) fn settle_broadcast(&mut self, id: &BroadcastId) {
        let now = self.now;
        let Some(broadcast) = self.broadcasts.get_mut(id) else {
            return;
        };
        if !broadcast.is_running() {
            return;
        }
        let empty = self
            .sessions
            .get(&broadcast.model.session_id)
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
            self.agenda.add(due, Reminder::Broadcast(id.clone()));
        }
        if changed && !first {
            self.announce_broadcast(id);
        }
    }

    /// Stops a broadcast.
    pub(crate) fn end_broadcast(&mut self, id: &BroadcastId) {
        self.finish_broadcast(id, BroadcastStatus::Stopped);
    }

    /// Ends a broadcast because the service is disrupted.
    pub(in crate::world) fn fail_broadcast(&mut self, id: &BroadcastId) {
        self.finish_broadcast(id, BroadcastStatus::Failed);
    }

    fn finish_broadcast(&mut self, id: &BroadcastId, status: BroadcastStatus) {
        let Some(broadcast) = self.broadcasts.get_mut(id) else {
            return;
        };
        broadcast.finish(status, self.now);
        if let Some(session) = self.sessions.get_mut(&broadcast.model.session_id) {
            session.broadcasts.retain(|running| running != id);
        }
        self.announce_broadcast(id);
    }

    /// Gives a broadcast another layout.
    pub(crate) fn set_broadcast_layout(&mut self, id: &BroadcastId, layout: Layout) {
        if let Some(broadcast) = self.broadcasts.get_mut(id) {
            broadcast.set_layout(layout, self.now);
            broadcast.touch(self.now);
        }
    }

    /// Replaces the streams that a broadcast in manual mode shows. `changed` is the one that
    /// differs.
    pub(crate) fn choose_broadcast_streams(
        &mut self,
        id: &BroadcastId,
        streams: Vec<ArchiveStream>,
        changed: &StreamId,
    ) {
        if let Some(broadcast) = self.broadcasts.get_mut(id) {
            broadcast.streams = streams;
            broadcast.touch(self.now);
        }
        self.show_streams(id, std::slice::from_ref(changed));
    }

    fn announce_broadcast(&mut self, id: &BroadcastId) {
        let Some(broadcast) = self.broadcasts.get(id) else {
            return;
        };
        let event = WebhookEvent::Broadcast(broadcast.model());
        let project = broadcast.project.clone();
        self.happen(&project, None, event);
    }
}
