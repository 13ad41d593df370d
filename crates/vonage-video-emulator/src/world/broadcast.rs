//! A broadcast as the emulator keeps it: its outputs and their states.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ProjectId, SessionId, StreamId, Timestamp,
    models::{
        ArchiveStream, Broadcast, BroadcastStatus, HlsStatus, Layout, RtmpStatus, StreamMode,
    },
};

use crate::{
    media::{
        film::{Change, Film},
        hls::{self, Live, PieceInput},
    },
    world::{address::never_exists, clock::Millis, part::Part, records::Listed, stream::Stream},
};

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
    /// When it ended.
    pub(crate) ended_at: Option<Millis>,
    /// What it shows.
    pub(crate) film: Film,
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

    /// What is shown of a stream while it is published.
    pub(super) fn part(&self, stream: &StreamId) -> Option<Part> {
        Part::chosen(self.model.stream_mode.as_ref(), &self.streams, stream)
    }

    /// Changes the layout.
    pub(crate) fn set_layout(&mut self, layout: Layout, now: Millis) {
        self.film.note_layout(self.film_time(now), &layout);
        self.layout = Some(layout);
    }

    /// Notes that a stream is there, is not, or looks different.
    pub(super) fn show(&mut self, id: &StreamId, stream: Option<&Stream>, now: Millis) {
        let change = match stream.zip(self.part(id)) {
            Some((stream, part)) => Change::Shows(part.of(stream.to_input())),
            None => Change::Ends(id.clone()),
        };
        self.film.note(self.film_time(now), change);
    }

    /// The time of what it shows. What is there at its start is shown from the beginning.
    fn film_time(&self, now: Millis) -> Millis {
        let started = self.model.created_at.map_or(0, Timestamp::as_millis);
        if now <= started {
            return 0;
        }
        now.saturating_sub(self.film_began())
    }

    /// When its time began: the first segment is complete when it goes live.
    fn film_began(&self) -> Millis {
        self.live_at.saturating_sub(hls::SEGMENT)
    }

    /// Its HLS stream, once it is ready. It is kept after the end, so that players find out.
    pub(crate) fn hls(&self, now: Millis) -> Option<Live> {
        let settings = self.model.settings.as_ref()?.hls.as_ref()?;
        let at = self.ended_at.unwrap_or(now);
        (at >= self.ready_at).then(|| Live {
            length: self.film_time(at),
            ended: self.ended_at.is_some(),
            dvr: settings.dvr == Some(true),
            low_latency: settings.low_latency == Some(true),
            began: self.film_began(),
        })
    }

    /// What the pieces of its HLS stream are made from.
    pub(crate) fn pieces(&self) -> PieceInput<'_> {
        PieceInput {
            film: &self.film,
            resolution: self.model.resolution.as_ref(),
            has_audio: self.model.has_audio != Some(false),
            has_video: self.model.has_video != Some(false),
        }
    }

    pub(super) fn finish(&mut self, status: BroadcastStatus, now: Millis) {
        self.model.status = status;
        self.model.urls = None;
        self.ended_at = Some(now);
        self.touch(now);
    }

    pub(super) fn touch(&mut self, now: Millis) {
        self.model.updated_at = Some(Timestamp::from_millis(now));
    }
}
