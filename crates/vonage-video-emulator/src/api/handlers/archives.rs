//! Archives.

use vonage_video_core::{
    ArchiveId, Page,
    models::{
        Archive, ArchiveReason, ArchiveStatus, OutputMode, Resolution, StreamMode, Transcription,
        TranscriptionStatus,
    },
    operations::{
        AddArchiveStream, DeleteArchive, GetArchive, ListArchives, RemoveArchiveStream,
        SetArchiveLayout, StartArchive, StopArchive,
    },
};

use super::composition::{check_layout, is_tag_taken, not_manual, with_stream, without_stream};
use crate::{
    api::{
        operations::{Operations, no_clients, no_session, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{ArchiveRecord, Millis, Session},
};

/// Codes of the platform, from recorded responses.
mod code {
    pub(super) const CONFLICT: i64 = 15001;
    pub(super) const NOT_STOPPABLE: i64 = 15002;
    pub(super) const NOT_DELETABLE: i64 = 15004;
    pub(super) const NOT_ROUTED: i64 = 15008;
}

impl Operations<'_> {
    pub(crate) fn start_archive(&mut self, request: StartArchive) -> ApiResult<Archive> {
        check_values(&request)?;
        let session = self.session(&request.session_id)?;
        if session.relayed {
            let message = "Only routed sessions are allowed to initiate archives.";
            return Err(Refusal::conflict(message).code(code::NOT_ROUTED).repeated());
        }
        if session.connections.is_empty() {
            return Err(no_clients());
        }
        self.check_archive_tag(session, request.multi_archive_tag.as_deref())?;

        let mut record = self
            .world
            .new_archive(&request.session_id)
            .ok_or_else(no_session)?;
        fill(&mut record, request, self.world.now());
        let id = self.world.begin_archive(record);
        self.archive_model(&id)
    }

    pub(crate) fn get_archive(&mut self, request: GetArchive) -> ApiResult<Archive> {
        self.archive_model(&request.archive_id)
    }

    pub(crate) fn list_archives(&mut self, request: ListArchives) -> ApiResult<Page<Archive>> {
        let list = self.list(request.session_id.as_ref())?;
        let archives = self.world.archives();
        let (total, items) = archives.window(list, request.offset, request.count);
        let items = items.into_iter().map(|archive| self.linked(archive));
        Ok(Page::new(total, items.collect()))
    }

    pub(crate) fn stop_archive(&mut self, request: StopArchive) -> ApiResult<Archive> {
        let id = request.archive_id;
        let archive = self.archive(&id)?;
        match archive.model.status {
            ArchiveStatus::Started | ArchiveStatus::Paused => {
                // It has no effect on automatic archives.
                if !archive.automatic {
                    self.world.end_archive(&id, ArchiveReason::UserInitiated);
                }
            }
            ArchiveStatus::Stopped => {}
            _ => {
                let message = "You can only stop an archive that is started, paused or stopped";
                return Err(Refusal::conflict(message)
                    .code(code::NOT_STOPPABLE)
                    .repeated());
            }
        }
        self.archive_model(&id)
    }

    pub(crate) fn delete_archive(&mut self, request: DeleteArchive) -> ApiResult<()> {
        let archive = self.archive(&request.archive_id)?;
        match archive.model.status {
            ArchiveStatus::Available | ArchiveStatus::Uploaded | ArchiveStatus::Deleted => {
                self.world.delete_archive(&request.archive_id);
                Ok(())
            }
            _ => {
                let message =
                    "You can only delete an archive that is available, uploaded or deleted";
                Err(Refusal::conflict(message)
                    .code(code::NOT_DELETABLE)
                    .repeated())
            }
        }
    }

    pub(crate) fn set_archive_layout(
        &mut self,
        request: SetArchiveLayout,
    ) -> ApiResult<Option<Archive>> {
        check_layout(&request.layout)?;
        let archive = self.archive(&request.archive_id)?;
        if archive.model.output_mode == Some(OutputMode::Individual) {
            return Err(Refusal::bad_request("An individual archive has no layout"));
        }
        if !archive.is_running() {
            return Err(Refusal::bad_request("The archive is not being recorded"));
        }
        let id = request.archive_id;
        self.world.set_archive_layout(&id, request.layout);
        self.archive_model(&id).map(Some)
    }

    pub(crate) fn add_archive_stream(&mut self, request: AddArchiveStream) -> ApiResult<()> {
        let archive = self.manual_archive(&request.archive_id)?;
        let stream = &request.stream_id;
        let published = self
            .world
            .sessions()
            .get(&archive.model.session_id)
            .is_some_and(|session| session.streams.contains(stream));
        if !published {
            return Err(Refusal::not_found("Stream not found"));
        }
        let (has_audio, has_video) = (request.has_audio, request.has_video);
        let streams = with_stream(&archive.streams, stream, has_audio, has_video);
        let id = &request.archive_id;
        self.world.choose_archive_streams(id, streams, stream);
        Ok(())
    }

    pub(crate) fn remove_archive_stream(&mut self, request: RemoveArchiveStream) -> ApiResult<()> {
        let archive = self.manual_archive(&request.archive_id)?;
        let stream = &request.stream_id;
        let streams = without_stream(&archive.streams, stream)?;
        let id = &request.archive_id;
        self.world.choose_archive_streams(id, streams, stream);
        Ok(())
    }

    /// An archive of the caller.
    fn archive(&self, id: &ArchiveId) -> ApiResult<&ArchiveRecord> {
        self.world
            .archives()
            .get(id)
            .filter(|archive| archive.project == self.caller.project)
            .ok_or_else(|| Refusal::not_found("Archive not found").code(404))
    }

    fn archive_model(&self, id: &ArchiveId) -> ApiResult<Archive> {
        self.archive(id).map(|archive| self.linked(archive))
    }

    fn linked(&self, archive: &ArchiveRecord) -> Archive {
        let mut model = archive.model();
        self.context.links.add_to(&mut model, self.world.now());
        model
    }

    /// A running archive whose streams are chosen by hand.
    fn manual_archive(&self, id: &ArchiveId) -> ApiResult<&ArchiveRecord> {
        let archive = self.archive(id)?;
        if archive.model.stream_mode != Some(StreamMode::Manual) {
            return Err(not_manual("archive"));
        }
        if !archive.is_running() {
            return Err(Refusal::conflict("The archive is not being recorded"));
        }
        Ok(archive)
    }

    fn check_archive_tag(&self, session: &Session, tag: Option<&str>) -> ApiResult<()> {
        let tags = session
            .archives
            .iter()
            .filter_map(|id| self.world.archives().get(id))
            .map(|archive| archive.model.multi_archive_tag.as_deref());
        if is_tag_taken(tags, tag) {
            return Err(Refusal::conflict("HTTP 409 Conflict")
                .code(code::CONFLICT)
                .repeated());
        }
        Ok(())
    }
}

fn fill(record: &mut ArchiveRecord, request: StartArchive, now: Millis) {
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
        let mut transcription = Transcription::default();
        transcription.status = TranscriptionStatus::Requested;
        if let Some(properties) = request.transcription_properties {
            transcription.primary_language_code = properties.primary_language_code;
            transcription.has_summary = properties.has_summary;
        }
        model.transcription = Some(transcription);
    }
    if let Some(layout) = request.layout {
        record.set_layout(layout, now);
    }
}

fn check_values(request: &StartArchive) -> ApiResult<()> {
    if let Some(Resolution::Unknown(value)) = &request.resolution {
        return Err(unknown_value("resolution", value));
    }
    if let Some(OutputMode::Unknown(value)) = &request.output_mode {
        return Err(unknown_value("outputMode", value));
    }
    if let Some(StreamMode::Unknown(value)) = &request.stream_mode {
        return Err(unknown_value("streamMode", value));
    }
    request.layout.as_ref().map_or(Ok(()), check_layout)
}
