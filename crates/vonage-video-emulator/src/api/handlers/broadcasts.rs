//! Broadcasts.

use std::collections::HashSet;

use vonage_video_auth::Environment;
use vonage_video_core::{
    BroadcastId, Page, ProjectId, Timestamp,
    models::{
        Broadcast, BroadcastOutputs, BroadcastSettings, BroadcastStatus, BroadcastUrls, Hls,
        Resolution, RtmpStatus, RtmpStream, StreamMode,
    },
    operations::{
        AddBroadcastStream, GetBroadcast, ListBroadcasts, RemoveBroadcastStream,
        SetBroadcastLayout, StartBroadcast, StopBroadcast,
    },
};

use super::{
    archives::{known_layout, not_manual, put_stream, take_stream},
    unknown_value,
};
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{BroadcastRecord, World, clock::Millis, nobody, timings::millis},
};

/// Seconds, unless the request says otherwise.
const MAX_DURATION: u32 = 14_400;

impl World {
    pub(in crate::api) fn start_broadcast(
        &mut self,
        caller: &Caller,
        request: StartBroadcast,
    ) -> Reply<Broadcast> {
        known_values(&request)?;
        let session = self.session(caller, &request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict("Only routed sessions may be broadcast"));
        }
        if session.connections.is_empty() {
            return Err(nobody());
        }
        let running = session.broadcasts.clone();
        self.check_broadcast_tag(&running, request.multi_broadcast_tag.as_deref())?;

        let record = self.new_broadcast(caller, request);
        let id = self.begin_broadcast(record);
        let mut answer = self.broadcast_answer(&id)?;
        // The live service's first answer does not have it; later ones do.
        if let Some(urls) = &mut answer.urls {
            urls.hls_status = None;
        }
        Ok(answer)
    }

    pub(in crate::api) fn get_broadcast(
        &mut self,
        caller: &Caller,
        request: GetBroadcast,
    ) -> Reply<Broadcast> {
        self.broadcast(caller, &request.broadcast_id)
            .map(|broadcast| broadcast.answer())
    }

    pub(in crate::api) fn list_broadcasts(
        &mut self,
        caller: &Caller,
        request: ListBroadcasts,
    ) -> Reply<Page<Broadcast>> {
        let list = self.list(caller, request.session_id.as_ref())?;
        let (total, items) = self.broadcasts.window(list, request.offset, request.count);
        let items = items.into_iter().map(BroadcastRecord::answer).collect();
        Ok(Page::new(total, items))
    }

    pub(in crate::api) fn stop_broadcast(
        &mut self,
        caller: &Caller,
        request: StopBroadcast,
    ) -> Reply<Broadcast> {
        let id = self.running_broadcast(caller, &request.broadcast_id)?;
        self.end_broadcast(&id);
        self.broadcast_answer(&id)
    }

    pub(in crate::api) fn set_broadcast_layout(
        &mut self,
        caller: &Caller,
        request: SetBroadcastLayout,
    ) -> Reply<Option<Broadcast>> {
        known_layout(&request.layout)?;
        self.running_broadcast(caller, &request.broadcast_id)?;
        let now = self.now;
        let broadcast = self.broadcast(caller, &request.broadcast_id)?;
        broadcast.layout = Some(request.layout);
        broadcast.touch(now);
        Ok(Some(broadcast.answer()))
    }

    pub(in crate::api) fn add_broadcast_stream(
        &mut self,
        caller: &Caller,
        request: AddBroadcastStream,
    ) -> Reply<()> {
        let session = self.manual_broadcast(caller, &request.broadcast_id)?;
        let published = self
            .sessions
            .get(&session)
            .is_some_and(|session| session.streams.contains(request.stream_id.as_str()));
        if !published {
            return Err(Refusal::not_found("Stream not found"));
        }
        let now = self.now;
        let broadcast = self.broadcast(caller, &request.broadcast_id)?;
        put_stream(
            &mut broadcast.streams,
            request.stream_id,
            request.has_audio,
            request.has_video,
        );
        broadcast.touch(now);
        Ok(())
    }

    pub(in crate::api) fn remove_broadcast_stream(
        &mut self,
        caller: &Caller,
        request: RemoveBroadcastStream,
    ) -> Reply<()> {
        self.manual_broadcast(caller, &request.broadcast_id)?;
        let now = self.now;
        let broadcast = self.broadcast(caller, &request.broadcast_id)?;
        take_stream(&mut broadcast.streams, &request.stream_id)?;
        broadcast.touch(now);
        Ok(())
    }

    fn broadcast(&mut self, caller: &Caller, id: &BroadcastId) -> Reply<&mut BroadcastRecord> {
        self.broadcasts
            .get_mut(id.as_str())
            .filter(|broadcast| broadcast.project == caller.project)
            .ok_or_else(no_broadcast)
    }

    fn broadcast_answer(&self, id: &str) -> Reply<Broadcast> {
        self.broadcasts
            .get(id)
            .map(BroadcastRecord::answer)
            .ok_or_else(no_broadcast)
    }

    fn running_broadcast(&mut self, caller: &Caller, id: &BroadcastId) -> Reply<String> {
        let broadcast = self.broadcast(caller, id)?;
        if broadcast.is_running() {
            Ok(id.to_string())
        } else {
            Err(Refusal::not_found("The broadcast has stopped"))
        }
    }

    /// The session of a running broadcast whose streams are chosen by hand.
    fn manual_broadcast(&mut self, caller: &Caller, id: &BroadcastId) -> Reply<String> {
        let broadcast = self.broadcast(caller, id)?;
        if broadcast.model.stream_mode != Some(StreamMode::Manual) {
            return Err(not_manual("broadcast"));
        }
        let session = broadcast.model.session_id.to_string();
        self.running_broadcast(caller, id).map(|_| session)
    }

    /// A second broadcast of a session needs a tag that no other has.
    fn check_broadcast_tag(&self, running: &[String], tag: Option<&str>) -> Reply<()> {
        let mut tags = running
            .iter()
            .filter_map(|id| self.broadcasts.get(id))
            .map(|broadcast| broadcast.model.multi_broadcast_tag.as_deref());
        let taken = match tag {
            None => tags.next().is_some(),
            Some(tag) => tags.any(|other| other == Some(tag)),
        };
        if taken {
            // The live service's words.
            let message = "Session is already composed for given tag with code 409";
            return Err(Refusal::conflict(message));
        }
        Ok(())
    }

    fn new_broadcast(&mut self, caller: &Caller, request: StartBroadcast) -> BroadcastRecord {
        let id = self.random.uuid();
        let now = self.now;
        let mut model = Broadcast::new(id.as_str());
        let owner = ProjectId::from(caller.project.as_str());
        match caller.environment {
            Environment::Vonage => model.application_id = Some(owner),
            Environment::OpenTok => {
                model.project_id = Some(owner.clone().as_number());
                model.partner_id = Some(owner.as_number());
            }
        }
        model.status = BroadcastStatus::Started;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(now));
        model.updated_at = model.created_at;
        model.urls = Some(urls(&self.url, &id, &request.outputs));
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
        let step = millis(self.timings.broadcast_live);
        BroadcastRecord {
            project: caller.project.clone(),
            model,
            layout: request.layout,
            streams: Vec::new(),
            ready_at: now.saturating_add(step),
            live_at: now.saturating_add(step.saturating_mul(2)),
            ends_at: now.saturating_add(Millis::from(seconds).saturating_mul(1000)),
        }
    }
}

fn known_values(request: &StartBroadcast) -> Reply<()> {
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
    request.layout.as_ref().map_or(Ok(()), known_layout)
}

fn urls(url: &str, id: &str, outputs: &BroadcastOutputs) -> BroadcastUrls {
    let mut urls = BroadcastUrls::default();
    urls.hls = outputs.hls.as_ref().map(|hls| {
        let dvr = if hls.dvr == Some(true) { "?DVR" } else { "" };
        format!("{url}/_emulator/hls/{id}/playlist.m3u8{dvr}")
    });
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

fn no_broadcast() -> Refusal {
    Refusal::not_found("Broadcast not found")
}
