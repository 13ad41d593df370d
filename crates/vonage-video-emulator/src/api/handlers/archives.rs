//! Archives.

use http::StatusCode;
use vonage_video_core::{
    ArchiveId, Page, StreamId,
    models::{
        Archive, ArchiveReason, ArchiveStatus, ArchiveStream, Layout, LayoutType, OutputMode,
        Resolution, StreamMode,
    },
    operations::{
        AddArchiveStream, DeleteArchive, GetArchive, ListArchives, RemoveArchiveStream,
        SetArchiveLayout, StartArchive, StopArchive,
    },
};

use super::unknown_value;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{ArchiveRecord, World, nobody, requested_transcription},
};

/// Codes of the platform, from recorded answers.
mod code {
    pub(super) const CONFLICT: i64 = 15001;
    pub(super) const NOT_STOPPABLE: i64 = 15002;
    pub(super) const NOT_DELETABLE: i64 = 15004;
    pub(super) const NOT_ROUTED: i64 = 15008;
}

impl World {
    pub(in crate::api) fn start_archive(
        &mut self,
        caller: &Caller,
        request: StartArchive,
    ) -> Reply<Archive> {
        known_values(&request)?;
        let session = self.session(caller, &request.session_id)?;
        if session.relayed {
            let message = "Only routed sessions may be archived";
            return Err(Refusal::conflict(message)
                .code(code::NOT_ROUTED)
                .description(message));
        }
        if session.connections.is_empty() {
            return Err(nobody());
        }
        let running = session.archives.clone();
        self.check_tag(&running, request.multi_archive_tag.as_deref())?;

        let mut record = self
            .new_archive(request.session_id.as_str())
            .ok_or_else(|| Refusal::not_found("Session not found"))?;
        fill(&mut record, request);
        let id = self.begin_archive(record);
        self.archive_answer(&id)
    }

    pub(in crate::api) fn get_archive(
        &mut self,
        caller: &Caller,
        request: GetArchive,
    ) -> Reply<Archive> {
        let archive = self.archive(caller, &request.archive_id)?;
        let id = archive.model.id.to_string();
        self.archive_answer(&id)
    }

    pub(in crate::api) fn list_archives(
        &mut self,
        caller: &Caller,
        request: ListArchives,
    ) -> Reply<Page<Archive>> {
        let list = self.list(caller, request.session_id.as_ref())?;
        let (total, items) = self.archives.window(list, request.offset, request.count);
        let items = items
            .into_iter()
            .map(|archive| self.archive_model(archive))
            .collect();
        Ok(Page::new(total, items))
    }

    pub(in crate::api) fn stop_archive(
        &mut self,
        caller: &Caller,
        request: StopArchive,
    ) -> Reply<Archive> {
        let archive = self.archive(caller, &request.archive_id)?;
        let id = archive.model.id.to_string();
        match archive.model.status {
            // It has no effect on automatic archives.
            ArchiveStatus::Started | ArchiveStatus::Paused if archive.automatic => {
                self.archive_answer(&id)
            }
            ArchiveStatus::Started | ArchiveStatus::Paused => {
                self.end_archive(&id, ArchiveReason::UserInitiated);
                self.archive_answer(&id)
            }
            ArchiveStatus::Stopped => self.archive_answer(&id),
            _ => {
                let message = "You can only stop an archive that is started, paused or stopped";
                Err(Refusal::conflict(message)
                    .code(code::NOT_STOPPABLE)
                    .description(message))
            }
        }
    }

    pub(in crate::api) fn delete_archive(
        &mut self,
        caller: &Caller,
        request: DeleteArchive,
    ) -> Reply<()> {
        let archive = self.archive(caller, &request.archive_id)?;
        let id = archive.model.id.to_string();
        match archive.model.status {
            ArchiveStatus::Available | ArchiveStatus::Uploaded | ArchiveStatus::Deleted => {
                self.change_archive(&id, ArchiveStatus::Deleted);
                self.archives.unlist(&id);
                Ok(())
            }
            _ => {
                let message =
                    "You can only delete an archive that is available, uploaded or deleted";
                Err(Refusal::conflict(message)
                    .code(code::NOT_DELETABLE)
                    .description(message))
            }
        }
    }

    pub(in crate::api) fn set_archive_layout(
        &mut self,
        caller: &Caller,
        request: SetArchiveLayout,
    ) -> Reply<Option<Archive>> {
        known_layout(&request.layout)?;
        let now = self.now;
        let archive = self.archive(caller, &request.archive_id)?;
        if archive.model.output_mode == Some(OutputMode::Individual) {
            return Err(Refusal::bad_request("An individual archive has no layout"));
        }
        if !archive.is_running() {
            return Err(Refusal::bad_request("The archive is not being recorded"));
        }
        archive.layout = Some(request.layout);
        archive.touch(now);
        let id = archive.model.id.to_string();
        self.archive_answer(&id).map(Some)
    }

    pub(in crate::api) fn add_archive_stream(
        &mut self,
        caller: &Caller,
        request: AddArchiveStream,
    ) -> Reply<()> {
        let session = self.manual_archive(caller, &request.archive_id)?;
        let published = self
            .sessions
            .get(&session)
            .is_some_and(|session| session.streams.contains(request.stream_id.as_str()));
        if !published {
            return Err(Refusal::not_found("Stream not found"));
        }
        let now = self.now;
        let archive = self.archive(caller, &request.archive_id)?;
        let stream = request.stream_id.to_string();
        put_stream(
            &mut archive.streams,
            request.stream_id,
            request.has_audio,
            request.has_video,
        );
        archive.touch(now);
        self.settle_stream(&session, &stream);
        Ok(())
    }

    pub(in crate::api) fn remove_archive_stream(
        &mut self,
        caller: &Caller,
        request: RemoveArchiveStream,
    ) -> Reply<()> {
        let session = self.manual_archive(caller, &request.archive_id)?;
        let now = self.now;
        let archive = self.archive(caller, &request.archive_id)?;
        take_stream(&mut archive.streams, &request.stream_id)?;
        archive.touch(now);
        self.settle_stream(&session, request.stream_id.as_str());
        Ok(())
    }

    /// An archive of the caller's.
    fn archive(&mut self, caller: &Caller, id: &ArchiveId) -> Reply<&mut ArchiveRecord> {
        self.archives
            .get_mut(id.as_str())
            .filter(|archive| archive.project == caller.project)
            .ok_or_else(|| Refusal::not_found("Archive not found"))
    }

    fn archive_answer(&self, id: &str) -> Reply<Archive> {
        self.archives
            .get(id)
            .map(|archive| self.archive_model(archive))
            .ok_or_else(|| Refusal::not_found("Archive not found"))
    }

    /// The session of a running archive whose streams are chosen by hand.
    fn manual_archive(&mut self, caller: &Caller, id: &ArchiveId) -> Reply<String> {
        let archive = self.archive(caller, id)?;
        if archive.model.stream_mode != Some(StreamMode::Manual) {
            return Err(not_manual("archive"));
        }
        if !archive.is_running() {
            return Err(Refusal::conflict("The archive is not being recorded"));
        }
        Ok(archive.model.session_id.to_string())
    }

    /// A second archive of a session needs a tag that no other has.
    fn check_tag(&self, running: &[String], tag: Option<&str>) -> Reply<()> {
        let mut tags = running
            .iter()
            .filter_map(|id| self.archives.get(id))
            .map(|archive| archive.model.multi_archive_tag.as_deref());
        let taken = match tag {
            None => tags.next().is_some(),
            Some(tag) => tags.any(|other| other == Some(tag)),
        };
        if taken {
            let message = "The session is already being archived";
            return Err(Refusal::conflict(message)
                .code(code::CONFLICT)
                .description(message));
        }
        Ok(())
    }
}

fn fill(record: &mut ArchiveRecord, request: StartArchive) {
    let model = &mut record.model;
    model.name = Some(request.name.unwrap_or_default());
    model.has_audio = Some(request.has_audio.unwrap_or(true));
    model.has_video = Some(request.has_video.unwrap_or(true));
    model.output_mode = Some(request.output_mode.unwrap_or(OutputMode::Composed));
    model.stream_mode = Some(request.stream_mode.unwrap_or(StreamMode::Auto));
    model.resolution = match model.output_mode {
        Some(OutputMode::Individual) => None,
        _ => Some(request.resolution.unwrap_or(Resolution::Sd)),
    };
    model.multi_archive_tag = request.multi_archive_tag;
    model.max_bitrate = request.max_bitrate.map(u64::from);
    model.quantization_parameter = request.quantization_parameter.map(u64::from);
    model.has_transcription = Some(request.has_transcription == Some(true));
    if request.has_transcription == Some(true) {
        let mut transcription = requested_transcription();
        if let Some(properties) = request.transcription_properties {
            transcription.primary_language_code = properties.primary_language_code;
            transcription.has_summary = properties.has_summary;
        }
        model.transcription = Some(transcription);
    }
    record.layout = request.layout;
}

fn known_values(request: &StartArchive) -> Reply<()> {
    if let Some(Resolution::Unknown(value)) = &request.resolution {
        return Err(unknown_value("resolution", value));
    }
    if let Some(OutputMode::Unknown(value)) = &request.output_mode {
        return Err(unknown_value("outputMode", value));
    }
    if let Some(StreamMode::Unknown(value)) = &request.stream_mode {
        return Err(unknown_value("streamMode", value));
    }
    request.layout.as_ref().map_or(Ok(()), known_layout)
}

pub(in crate::api) fn known_layout(layout: &Layout) -> Reply<()> {
    if let LayoutType::Unknown(value) = &layout.kind {
        return Err(unknown_value("layout type", value));
    }
    match &layout.screenshare_type {
        Some(LayoutType::Unknown(value)) => Err(unknown_value("screenshareType", value)),
        Some(LayoutType::Custom) => Err(unknown_value("screenshareType", "custom")),
        _ => Ok(()),
    }
}

pub(in crate::api) fn not_manual(what: &str) -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("The {what} is not in manual stream mode"),
    )
}

/// Adds a stream, or changes what of it is taken.
pub(in crate::api) fn put_stream(
    streams: &mut Vec<ArchiveStream>,
    id: StreamId,
    has_audio: Option<bool>,
    has_video: Option<bool>,
) {
    streams.retain(|stream| stream.stream_id != id);
    let mut stream = ArchiveStream::default();
    stream.stream_id = id;
    stream.has_audio = has_audio.unwrap_or(true);
    stream.has_video = has_video.unwrap_or(true);
    streams.push(stream);
}

pub(in crate::api) fn take_stream(streams: &mut Vec<ArchiveStream>, id: &StreamId) -> Reply<()> {
    let before = streams.len();
    streams.retain(|stream| stream.stream_id != *id);
    if streams.len() == before {
        return Err(Refusal::not_found("Stream not found"));
    }
    Ok(())
}
