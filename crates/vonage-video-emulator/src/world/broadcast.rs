//! A broadcast as the emulator keeps it: its outputs and their states.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ProjectId, SessionId, StreamId, Timestamp,
    models::{
        ArchiveStream, Broadcast, BroadcastStatus, HlsStatus, Layout, RtmpStatus, StreamMode,
    },
};

use crate::world::{address::never_exists, clock::Millis, records::Listed};

/// A broadcast as the emulator keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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

    fn id(&self) -> &str {
        self.model.id.as_str()
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
    pub(super) fn progress(&mut self, now: Millis) -> bool {
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
    pub(super) fn next_change(&self, now: Millis) -> Option<Millis> {
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

    pub(super) fn finish(&mut self, status: BroadcastStatus, now: Millis) {
        self.model.status = status;
        self.model.urls = None;
        self.touch(now);
    }

    pub(super) fn touch(&mut self, now: Millis) {
        self.model.updated_at = Some(Timestamp::from_millis(now));
    }
}
