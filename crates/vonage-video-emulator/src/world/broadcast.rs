//! Broadcasts: how they go live and end.

use vonage_video_core::{
    BroadcastId, ProjectId, SessionId, StreamId, Timestamp, WebhookEvent,
    models::{
        ArchiveStream, Broadcast, BroadcastStatus, HlsStatus, Layout, RtmpStatus, StreamMode,
    },
};

use crate::world::{
    Reminder, World, address::never_exists, clock::Millis, records::Listed, timings::EMPTY_SESSION,
};

/// A broadcast as the emulator keeps it.
#[derive(Clone, Debug)]
pub(crate) struct BroadcastRecord {
    pub(crate) project: ProjectId,
    /// As responses show it, except for the streams of manual mode.
    pub(crate) model: Broadcast,
    pub(crate) layout: Option<Layout>,
    /// The streams that were added by hand, in manual stream mode.
    pub(crate) streams: Vec<ArchiveStream>,
    /// When RTMP connections are live and HLS is ready.
    pub(crate) ready_at: Millis,
    /// When HLS can be watched.
    pub(crate) live_at: Millis,
    /// When it ends by itself.
    pub(crate) ends_at: Millis,
}

impl Listed for BroadcastRecord {
    fn project(&self) -> &ProjectId {
        &self.project
    }

    fn session(&self) -> &SessionId {
        &self.model.session_id
    }
}

impl BroadcastRecord {
    pub(crate) fn is_running(&self) -> bool {
        self.model.status == BroadcastStatus::Started
    }

    /// As responses and webhooks show it.
    pub(crate) fn model(&self) -> Broadcast {
        let mut model = self.model.clone();
        if self.is_running() && model.stream_mode == Some(StreamMode::Manual) {
            model.streams.clone_from(&self.streams);
        }
        model
    }

    /// Updates the states of its outputs. Returns whether one changed.
    fn progress(&mut self, now: Millis) -> bool {
        let Some(urls) = &mut self.model.urls else {
            return false;
        };
        let before = urls.clone();
        if urls.hls.is_some() {
            urls.hls_status = Some(match now {
                _ if now >= self.live_at => HlsStatus::Live,
                _ if now >= self.ready_at => HlsStatus::Ready,
                _ => HlsStatus::Connecting,
            });
        }
        if now >= self.ready_at {
            for target in &mut urls.rtmp {
                target.status = if never_exists(&target.server_url) {
                    RtmpStatus::Failed
                } else {
                    RtmpStatus::Live
                };
            }
        }
        let changed = *urls != before;
        if changed {
            self.touch(now);
        }
        changed
    }

    /// When something changes next, if its session does not end before.
    fn next_change(&self, now: Millis) -> Option<Millis> {
        [self.ready_at, self.live_at, self.ends_at]
            .into_iter()
            .filter(|due| *due > now)
            .min()
    }

    /// Whether a stream is shown while it is published.
    pub(crate) fn takes(&self, stream: &StreamId) -> bool {
        self.model.stream_mode != Some(StreamMode::Manual)
            || self.streams.iter().any(|taken| taken.stream_id == *stream)
    }

    fn finish(&mut self, status: BroadcastStatus, now: Millis) {
        self.model.status = status;
        self.model.urls = None;
        self.touch(now);
    }

    fn touch(&mut self, now: Millis) {
        self.model.updated_at = Some(Timestamp::from_millis(now));
    }
}

impl World {
    /// Starts a broadcast.
    pub(crate) fn begin_broadcast(&mut self, record: BroadcastRecord) -> BroadcastId {
        let id = record.model.id.clone();
        if let Some(session) = self.sessions.get_mut(&record.model.session_id) {
            session.broadcasts.push(id.clone());
        }
        self.broadcasts.insert(id.clone(), record);
        self.announce_broadcast(&id);
        self.settle_broadcast(&id);
        id
    }

    /// Does what is due with a broadcast, and notes when to look again.
    pub(super) fn settle_broadcast(&mut self, id: &BroadcastId) {
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
    pub(super) fn fail_broadcast(&mut self, id: &BroadcastId) {
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
            broadcast.layout = Some(layout);
            broadcast.touch(self.now);
        }
    }

    /// Replaces the streams that a broadcast in manual mode shows.
    pub(crate) fn choose_broadcast_streams(
        &mut self,
        id: &BroadcastId,
        streams: Vec<ArchiveStream>,
    ) {
        if let Some(broadcast) = self.broadcasts.get_mut(id) {
            broadcast.streams = streams;
            broadcast.touch(self.now);
        }
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
