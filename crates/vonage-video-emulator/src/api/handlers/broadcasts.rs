//! Broadcasts.

use std::collections::HashSet;

use vonage_video_core::{
    BroadcastId, Page, Timestamp,
    models::{
        Broadcast, BroadcastOutputs, BroadcastSettings, BroadcastStatus, BroadcastUrls, Hls,
        Resolution, RtmpStatus, RtmpStream, StreamMode,
    },
    operations::{
        AddBroadcastStream, GetBroadcast, ListBroadcasts, RemoveBroadcastStream,
        SetBroadcastLayout, StartBroadcast, StopBroadcast,
    },
};

use super::composition::{check_layout, is_tag_taken, not_manual, with_stream, without_stream};
use crate::{
    api::{
        links::Links,
        operations::{Operations, no_clients, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    media::film::Film,
    world::{BroadcastRecord, Millis, Session, whole_millis},
};

/// Seconds, unless the request sets another duration.
const MAX_DURATION: u32 = 14_400;

impl Operations<'_> {
    pub(crate) fn start_broadcast(&mut self, request: StartBroadcast) -> ApiResult<Broadcast> {
        check_values(&request)?;
        let session = self.session(&request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict("Only routed sessions may be broadcast"));
        }
        if session.connections.is_empty() {
            return Err(no_clients());
        }
        self.check_broadcast_tag(session, request.multi_broadcast_tag.as_deref())?;

        let record = self.new_broadcast(request);
        let id = self.world.begin_broadcast(record);
        let mut model = self.broadcast(&id)?.model();
        // The live service's first response does not have it; later ones do.
        if let Some(urls) = &mut model.urls {
            urls.hls_status = None;
        }
        Ok(model)
    }

    pub(crate) fn get_broadcast(&mut self, request: GetBroadcast) -> ApiResult<Broadcast> {
        self.broadcast(&request.broadcast_id)
            .map(BroadcastRecord::model)
    }

    pub(crate) fn list_broadcasts(
        &mut self,
        request: ListBroadcasts,
    ) -> ApiResult<Page<Broadcast>> {
        let list = self.list(request.session_id.as_ref())?;
        let broadcasts = self.world.broadcasts();
        let (total, items) = broadcasts.window(list, request.offset, request.count);
        let items = items.into_iter().map(BroadcastRecord::model).collect();
        Ok(Page::new(total, items))
    }

    pub(crate) fn stop_broadcast(&mut self, request: StopBroadcast) -> ApiResult<Broadcast> {
        let id = request.broadcast_id;
        self.running_broadcast(&id)?;
        self.world.end_broadcast(&id);
        self.broadcast(&id).map(BroadcastRecord::model)
    }

    pub(crate) fn set_broadcast_layout(
        &mut self,
        request: SetBroadcastLayout,
    ) -> ApiResult<Option<Broadcast>> {
        check_layout(&request.layout)?;
        let id = request.broadcast_id;
        self.running_broadcast(&id)?;
        self.world.set_broadcast_layout(&id, request.layout);
        self.broadcast(&id).map(|broadcast| Some(broadcast.model()))
    }

    pub(crate) fn add_broadcast_stream(&mut self, request: AddBroadcastStream) -> ApiResult<()> {
        let broadcast = self.manual_broadcast(&request.broadcast_id)?;
        let stream = &request.stream_id;
        let published = self
            .world
            .sessions()
            .get(&broadcast.model.session_id)
            .is_some_and(|session| session.streams.contains(stream));
        if !published {
            return Err(Refusal::not_found("Stream not found"));
        }
        let (has_audio, has_video) = (request.has_audio, request.has_video);
        let streams = with_stream(&broadcast.streams, stream, has_audio, has_video);
        let id = &request.broadcast_id;
        self.world
            .choose_broadcast_streams(id, streams, &request.stream_id);
        Ok(())
    }

    pub(crate) fn remove_broadcast_stream(
        &mut self,
        request: RemoveBroadcastStream,
    ) -> ApiResult<()> {
        let broadcast = self.manual_broadcast(&request.broadcast_id)?;
        let streams = without_stream(&broadcast.streams, &request.stream_id)?;
        let id = &request.broadcast_id;
        self.world
            .choose_broadcast_streams(id, streams, &request.stream_id);
        Ok(())
    }

    /// A broadcast of the caller.
    fn broadcast(&self, id: &BroadcastId) -> ApiResult<&BroadcastRecord> {
        self.world
            .broadcasts()
            .get(id)
            .filter(|broadcast| broadcast.project == self.caller.project)
            .ok_or_else(|| Refusal::not_found("Broadcast not found").code(404))
    }

    fn running_broadcast(&self, id: &BroadcastId) -> ApiResult<&BroadcastRecord> {
        let broadcast = self.broadcast(id)?;
        if broadcast.is_running() {
            Ok(broadcast)
        } else {
            Err(Refusal::not_found("The broadcast has stopped"))
        }
    }

    /// A running broadcast whose streams are chosen by hand.
    fn manual_broadcast(&self, id: &BroadcastId) -> ApiResult<&BroadcastRecord> {
        if self.broadcast(id)?.model.stream_mode != Some(StreamMode::Manual) {
            return Err(not_manual("broadcast"));
        }
        self.running_broadcast(id)
    }

    fn check_broadcast_tag(&self, session: &Session, tag: Option<&str>) -> ApiResult<()> {
        let tags = session
            .broadcasts
            .iter()
            .filter_map(|id| self.world.broadcasts().get(id))
            .map(|broadcast| broadcast.model.multi_broadcast_tag.as_deref());
        if is_tag_taken(tags, tag) {
            // The live service's words.
            let message = "Session is already composed for given tag with code 409";
            return Err(Refusal::conflict(message));
        }
        Ok(())
    }

    fn new_broadcast(&mut self, request: StartBroadcast) -> BroadcastRecord {
        let now = self.world.now();
        let owner = self.caller.owner();
        let mut model = Broadcast::new(self.world.random().uuid());
        model.application_id = owner.application_id;
        model.project_id = owner.project_id.map(|id| id.as_number());
        model.partner_id.clone_from(&model.project_id);
        model.status = BroadcastStatus::Started;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(now));
        model.updated_at = model.created_at;
        model.urls = Some(urls(self.context.links, &model.id, &request.outputs));
        model.settings = request.outputs.hls.as_ref().map(settings);
        let seconds = request.max_duration.unwrap_or(MAX_DURATION);
        model.max_duration = Some(u64::from(seconds));
        model.max_bitrate = request.max_bitrate.map(u64::from);
        model.resolution = Some(request.resolution.unwrap_or(Resolution::Sd));
        model.stream_mode = Some(request.stream_mode.unwrap_or(StreamMode::Auto));
        model.multi_broadcast_tag = request.multi_broadcast_tag;
        model.has_audio = Some(request.has_audio.unwrap_or(true));
        model.has_video = Some(request.has_video.unwrap_or(true));
        model.event = Some("broadcast".to_owned());
        let step = whole_millis(self.world.timings().broadcast_live);
        let mut record = BroadcastRecord {
            project: self.caller.project.clone(),
            model,
            layout: None,
            streams: Vec::new(),
            ready_at: now.saturating_add(step),
            live_at: now.saturating_add(step.saturating_mul(2)),
            ends_at: now.saturating_add(Millis::from(seconds).saturating_mul(1000)),
            ended_at: None,
            film: Film::default(),
        };
        if let Some(layout) = request.layout {
            record.set_layout(layout, now);
        }
        record
    }
}

fn check_values(request: &StartBroadcast) -> ApiResult<()> {
    if let Some(Resolution::Unknown(value)) = &request.resolution {
        return Err(unknown_value("resolution", value));
    }
    if let Some(StreamMode::Unknown(value)) = &request.stream_mode {
        return Err(unknown_value("streamMode", value));
    }
    let mut ids = HashSet::new();
    let targets = request.outputs.rtmp.iter().flatten();
    for id in targets.filter_map(|target| target.id.as_deref()) {
        if !ids.insert(id) {
            return Err(Refusal::bad_request(format!("Duplicate RTMP id: {id}")));
        }
    }
    request.layout.as_ref().map_or(Ok(()), check_layout)
}

fn urls(links: &Links, id: &BroadcastId, outputs: &BroadcastOutputs) -> BroadcastUrls {
    let mut urls = BroadcastUrls::default();
    urls.hls = outputs
        .hls
        .as_ref()
        .map(|hls| links.playlist(id, hls.dvr == Some(true)));
    urls.rtmp = outputs
        .rtmp
        .iter()
        .flatten()
        .map(|target| {
            let mut stream = RtmpStream::default();
            stream.id.clone_from(&target.id);
            stream.status = RtmpStatus::Connecting;
            stream.server_url.clone_from(&target.server_url);
            stream.stream_name.clone_from(&target.stream_name);
            stream
        })
        .collect();
    urls
}

fn settings(hls: &Hls) -> BroadcastSettings {
    let mut settings = BroadcastSettings::default();
    let mut echo = Hls::new();
    echo.dvr = Some(hls.dvr == Some(true));
    echo.low_latency = Some(hls.low_latency == Some(true));
    settings.hls = Some(echo);
    settings
}
