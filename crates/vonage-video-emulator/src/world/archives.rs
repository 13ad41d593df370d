//! What makes archives start, pause, stop, become available and expire.

use vonage_video_auth::Environment;
use vonage_video_core::{
    ProjectId, Timestamp,
    models::{
        Archive, ArchiveReason, ArchiveStatus, OutputMode, Resolution, StorageFallback, StreamMode,
        Transcription, TranscriptionStatus,
    },
};

use super::{
    World,
    archive::{ArchiveRecord, Published},
};
use crate::{
    media::recording,
    world::{
        agenda::Reminder,
        clock::Millis,
        timings::{EMPTY_SESSION, FILE_KEPT, millis},
    },
};

impl World {
    /// Starts recording and answers the archive's id.
    pub(crate) fn begin_archive(&mut self, mut record: ArchiveRecord) -> String {
        let id = record.model.id.to_string();
        let session_id = record.model.session_id.to_string();
        record.model.status = ArchiveStatus::Started;
        self.archives.insert(id.clone(), record);
        let mut streams = Vec::new();
        if let Some(session) = self.sessions.get_mut(&session_id) {
            session.archives.push(id.clone());
            streams.extend(session.streams.iter().map(|stream| stream.id.clone()));
        }
        self.announce_archive(&id);
        self.follow_streams(&id, &streams);
        self.settle_archive(&id);
        id
    }

    /// A new archive of a session, with what every archive has.
    pub(crate) fn new_archive(&mut self, session_id: &str) -> Option<ArchiveRecord> {
        let id = self.random.uuid();
        let session = self.sessions.get(session_id)?;
        let project = self.projects.get(&session.project)?;
        let mut model = Archive::new(id);
        match project.project.environment() {
            Environment::Vonage => {
                model.application_id = Some(ProjectId::from(session.project.as_str()));
            }
            Environment::OpenTok => {
                let owner = ProjectId::from(session.project.as_str()).as_number();
                model.project_id = Some(owner.clone());
                model.partner_id = Some(owner);
            }
        }
        model.session_id = session_id.into();
        model.created_at = Some(Timestamp::from_millis(self.now));
        model.updated_at = model.created_at;
        model.reason = Some(ArchiveReason::Running);
        model.name = Some(String::new());
        model.output_mode = Some(OutputMode::Composed);
        model.stream_mode = Some(StreamMode::Auto);
        model.has_audio = Some(true);
        model.has_video = Some(true);
        model.resolution = Some(Resolution::Sd);
        model.has_transcription = Some(false);
        model.sha256sum = Some(String::new());
        model.password = Some(String::new());
        model.event = Some("archive".to_owned());
        Some(ArchiveRecord::new(session.project.clone(), model, self.now))
    }

    /// Starts a session's automatic archive, unless it runs.
    pub(crate) fn begin_automatic_archive(&mut self, session_id: &str) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let Some(settings) = session.auto_archive.clone() else {
            return;
        };
        let runs = session
            .archives
            .iter()
            .filter_map(|id| self.archives.get(id))
            .any(|archive| archive.automatic);
        if runs {
            return;
        }
        if let Some(mut record) = self.new_archive(session_id) {
            record.automatic = true;
            record.model.name = Some(settings.name.unwrap_or_default());
            if settings.resolution.is_some() {
                record.model.resolution = settings.resolution;
            }
            self.begin_archive(record);
        }
    }

    /// Lets everything that depends on who is in a session take notice.
    pub(crate) fn settle_session(&mut self, session_id: &str) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
        for id in archives {
            self.settle_archive(&id);
        }
        for id in broadcasts {
            self.settle_broadcast(&id);
        }
    }

    /// Lets what records a session know that a stream came, went, or was chosen or not.
    pub(crate) fn settle_stream(&mut self, session_id: &str, stream_id: &str) {
        let Some(session) = self.sessions.get(session_id) else {
            return;
        };
        for id in session.archives.clone() {
            self.follow_streams(&id, &[stream_id.to_owned()]);
        }
        self.settle_session(session_id);
    }

    /// Records streams, or no longer, and pauses or continues the archive.
    fn follow_streams(&mut self, id: &str, streams: &[String]) {
        let Some(archive) = self.archives.get_mut(id).filter(|it| it.is_running()) else {
            return;
        };
        let Some(session) = self.sessions.get(archive.model.session_id.as_str()) else {
            return;
        };
        for id in streams {
            let published = session.streams.get(id).map(|stream| Published {
                connection_data: session
                    .connections
                    .get(&stream.connection)
                    .map_or("", |connection| &connection.data),
                video_type: stream.video_type.as_ref(),
            });
            archive.follow(id, published.as_ref(), self.now);
        }
        if archive.publishing(!session.streams.is_empty(), self.now) {
            self.announce_archive(id);
        }
    }

    /// Does what is due with an archive, and notes when to look again.
    pub(crate) fn settle_archive(&mut self, id: &str) {
        let Some(archive) = self.archives.get(id) else {
            return;
        };
        let now = self.now;
        if let Some((due, reason)) = self.archive_limit(archive) {
            if due > now {
                self.agenda.add(due, Reminder::Archive(id.to_owned()));
                return;
            }
            let rolls_over = archive.automatic && reason == ArchiveReason::MaximumDuration;
            let session_id = archive.model.session_id.to_string();
            self.end_archive(id, reason);
            if rolls_over {
                self.begin_automatic_archive(&session_id);
            }
            return;
        }
        match (&archive.model.status, archive.ready_at, archive.expires_at) {
            (ArchiveStatus::Stopped, Some(due), _) if due <= now => self.finish_archive(id),
            (ArchiveStatus::Available, _, Some(due)) if due <= now => {
                self.change_archive(id, ArchiveStatus::Expired);
            }
            (ArchiveStatus::Stopped, Some(due), _) | (ArchiveStatus::Available, _, Some(due)) => {
                self.agenda.add(due, Reminder::Archive(id.to_owned()));
            }
            _ => {}
        }
    }

    /// When a running archive stops by itself, and why.
    fn archive_limit(&self, archive: &ArchiveRecord) -> Option<(Millis, ArchiveReason)> {
        let own = archive.limit()?;
        let empty = self
            .sessions
            .get(archive.model.session_id.as_str())
            .and_then(|session| session.empty_since)
            .map(|since| {
                (
                    since.saturating_add(EMPTY_SESSION),
                    ArchiveReason::SessionEnded,
                )
            });
        match empty {
            Some(empty) if empty.0 <= own.0 => Some(empty),
            _ => Some(own),
        }
    }

    pub(crate) fn end_archive(&mut self, id: &str, reason: ArchiveReason) {
        let ready_at = self.now.saturating_add(millis(self.timings.archive_ready));
        let Some(archive) = self.archives.get_mut(id) else {
            return;
        };
        archive.stop(reason, self.now, ready_at);
        let session_id = archive.model.session_id.to_string();
        if let Some(session) = self.sessions.get_mut(&session_id) {
            session.archives.retain(|running| running != id);
        }
        self.announce_archive(id);
        self.settle_archive(id);
    }

    /// A stopped archive's file is made.
    fn finish_archive(&mut self, id: &str) {
        let Some(archive) = self.archives.get_mut(id) else {
            return;
        };
        let storage = self
            .projects
            .get(&archive.project)
            .and_then(|project| project.storage.as_ref());
        let status = match storage {
            None => ArchiveStatus::Available,
            Some(storage) if !recording::unreachable(storage) => ArchiveStatus::Uploaded,
            Some(storage) if storage.fallback == Some(StorageFallback::OpenTok) => {
                ArchiveStatus::Available
            }
            Some(_) => ArchiveStatus::Failed,
        };
        if status == ArchiveStatus::Failed {
            archive.model.reason = Some(ArchiveReason::Failure);
        } else {
            let file = recording::file(archive);
            archive.model.size = file.len() as u64;
            archive.model.sha256sum = Some(recording::sha256(&file));
        }
        if status == ArchiveStatus::Available {
            archive.expires_at = Some(self.now.saturating_add(FILE_KEPT));
        }
        if let Some(transcription) = &mut archive.model.transcription {
            transcription.status = match status {
                ArchiveStatus::Available => TranscriptionStatus::Available,
                ArchiveStatus::Uploaded => TranscriptionStatus::Uploaded,
                _ => TranscriptionStatus::Failed,
            };
        }
        self.change_archive(id, status);
        self.settle_archive(id);
    }

    pub(crate) fn change_archive(&mut self, id: &str, status: ArchiveStatus) {
        if let Some(archive) = self.archives.get_mut(id)
            && archive.set_status(status, self.now)
        {
            self.announce_archive(id);
        }
    }

    /// An archive as it is answered now.
    pub(crate) fn archive_model(&self, archive: &ArchiveRecord) -> Archive {
        let mut model = archive.model.clone();
        if archive.is_running() && model.stream_mode == Some(StreamMode::Manual) {
            model.streams.clone_from(&archive.streams);
        }
        if model.status == ArchiveStatus::Available {
            model.url = Some(self.link(&model.id, recording::file_name(archive)));
            if let Some(transcription) = &mut model.transcription {
                transcription.url = Some(self.link(&model.id, recording::TRANSCRIPT));
            }
        }
        model
    }
}

/// What a transcription looks like when it has been asked for.
pub(crate) fn requested_transcription() -> Transcription {
    let mut transcription = Transcription::default();
    transcription.status = TranscriptionStatus::Requested;
    transcription
}
