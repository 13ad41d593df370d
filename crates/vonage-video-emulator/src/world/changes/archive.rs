//! How archives start, pause, stop, become available and expire.

use vonage_video_core::{
    ArchiveId, SessionId, StreamId, Timestamp, WebhookEvent,
    models::{
        Archive, ArchiveReason, ArchiveStatus, ArchiveStorage, ArchiveStream, Layout, OutputMode,
        Resolution, StorageFallback, StreamMode, TranscriptionStatus,
    },
};

use crate::{
    media::recording,
    world::{
        address::never_exists,
        archive::{ArchiveRecord, Published},
        clock::Millis,
        feed::Audience,
        notice::Notice,
        state::{Reminder, World},
        timings::{EMPTY_SESSION, FILE_KEPT},
    },
};

impl World {
    /// A new archive of a session, not started, with the settings that every archive has.
    pub(crate) fn new_archive(&mut self, session_id: &SessionId) -> Option<ArchiveRecord> {
        let id = self.random.uuid();
        let session = self.sessions.get(session_id)?;
        let owner = self.projects.get(&session.project)?.owner();
        let mut model = Archive::new(id);
        model.application_id = owner.application_id;
        model.project_id = owner.project_id.map(|id| id.as_number());
        model.partner_id.clone_from(&model.project_id);
        model.session_id = session_id.clone();
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

    /// Starts an archive.
    pub(crate) fn begin_archive(&mut self, mut record: ArchiveRecord) -> ArchiveId {
        let id = record.model.id.clone();
        let session_id = record.model.session_id.clone();
        record.model.status = ArchiveStatus::Started;
        self.archives.insert(id.clone(), record);
        let mut streams = Vec::new();
        if let Some(session) = self.sessions.get_mut(&session_id) {
            session.archives.push(id.clone());
            streams.extend(session.streams.iter().map(|stream| stream.id.clone()));
        }
        self.announce_archive(&id);
        self.tell_of_archive(&id, true);
        self.follow_streams(&id, &streams);
        self.settle_archive(&id);
        id
    }

    /// Starts a session's automatic archive, unless it is running.
    pub(in crate::world) fn begin_automatic_archive(&mut self, session_id: &SessionId) {
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

    /// Starts or ends the recording of streams, and pauses or continues the archive.
    pub(in crate::world) fn follow_streams(&mut self, id: &ArchiveId, streams: &[StreamId]) {
        let Some(archive) = self.archives.get_mut(id).filter(|it| it.is_running()) else {
            return;
        };
        let Some(session) = self.sessions.get(&archive.model.session_id) else {
            return;
        };
        for id in streams {
            let published = session.streams.get(id).map(|stream| Published {
                connection_data: session
                    .connections
                    .get(&stream.connection)
                    .map_or("", |connection| &connection.data),
                stream,
            });
            archive.follow(id, published.as_ref(), self.now);
        }
        if archive.publishing(!session.streams.is_empty(), self.now) {
            self.announce_archive(id);
        }
    }

    /// Does what is due with an archive, and notes when to look again.
    pub(in crate::world) fn settle_archive(&mut self, id: &ArchiveId) {
        let Some(archive) = self.archives.get(id) else {
            return;
        };
        let now = self.now;
        if let Some((due, reason)) = self.archive_limit(archive) {
            if due > now {
                self.agenda.add(due, Reminder::Archive(id.clone()));
                return;
            }
            let rolls_over = archive.automatic && reason == ArchiveReason::MaximumDuration;
            let session_id = archive.model.session_id.clone();
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
                self.agenda.add(due, Reminder::Archive(id.clone()));
            }
            _ => {}
        }
    }

    /// When a running archive stops by itself, and why.
    fn archive_limit(&self, archive: &ArchiveRecord) -> Option<(Millis, ArchiveReason)> {
        let own = archive.limit()?;
        let empty = self
            .sessions
            .get(&archive.model.session_id)
            .and_then(|session| session.empty_since)
            .map(|since| since.saturating_add(EMPTY_SESSION));
        match empty {
            Some(due) if due <= own.0 => Some((due, ArchiveReason::SessionEnded)),
            _ => Some(own),
        }
    }

    /// Stops an archive.
    pub(crate) fn end_archive(&mut self, id: &ArchiveId, reason: ArchiveReason) {
        let ready_at = self.after(self.timings.archive_ready);
        let Some(archive) = self.archives.get_mut(id) else {
            return;
        };
        archive.stop(reason, self.now, ready_at);
        if let Some(session) = self.sessions.get_mut(&archive.model.session_id) {
            session.archives.retain(|running| running != id);
        }
        self.announce_archive(id);
        self.tell_of_archive(id, false);
        self.settle_archive(id);
    }

    /// Makes the file of a stopped archive.
    fn finish_archive(&mut self, id: &ArchiveId) {
        let Some(archive) = self.archives.get_mut(id) else {
            return;
        };
        let storage = self
            .projects
            .get(&archive.project)
            .and_then(|project| project.storage.as_ref());
        let status = match storage {
            None => ArchiveStatus::Available,
            Some(storage) if !storage_is_unreachable(storage) => ArchiveStatus::Uploaded,
            Some(storage) if storage.fallback == Some(StorageFallback::OpenTok) => {
                ArchiveStatus::Available
            }
            Some(_) => ArchiveStatus::Failed,
        };
        if status == ArchiveStatus::Failed {
            archive.model.reason = Some(ArchiveReason::Failure);
        } else {
            let file = recording::file(&archive.recording());
            archive.model.size = file.len() as u64;
            archive.model.sha256sum = Some(recording::checksum(&file));
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

    pub(in crate::world) fn change_archive(&mut self, id: &ArchiveId, status: ArchiveStatus) {
        if let Some(archive) = self.archives.get_mut(id)
            && archive.set_status(status, self.now)
        {
            self.announce_archive(id);
        }
    }

    /// Deletes an archive's file. The archive leaves the lists.
    pub(crate) fn delete_archive(&mut self, id: &ArchiveId) {
        self.change_archive(id, ArchiveStatus::Deleted);
        self.archives.unlist(id);
    }

    /// Gives a composed archive another layout.
    pub(crate) fn set_archive_layout(&mut self, id: &ArchiveId, layout: Layout) {
        if let Some(archive) = self.archives.get_mut(id) {
            archive.set_layout(layout, self.now);
            archive.touch(self.now);
        }
    }

    /// Replaces the streams that an archive in manual mode records. `changed` is the one that
    /// differs.
    pub(crate) fn choose_archive_streams(
        &mut self,
        id: &ArchiveId,
        streams: Vec<ArchiveStream>,
        changed: &StreamId,
    ) {
        let Some(archive) = self.archives.get_mut(id) else {
            return;
        };
        archive.streams = streams;
        archive.touch(self.now);
        let session = archive.model.session_id.clone();
        self.settle_stream(&session, changed);
    }

    /// Tells the clients of the session that an archive started or stopped.
    fn tell_of_archive(&mut self, id: &ArchiveId, started: bool) {
        let Some(archive) = self.archives.get(id) else {
            return;
        };
        let archive_id = id.clone();
        let name = archive.model.name.clone().unwrap_or_default();
        let session = archive.model.session_id.clone();
        let notice = if started {
            Notice::ArchiveStarted { archive_id, name }
        } else {
            Notice::ArchiveStopped { archive_id, name }
        };
        self.tell(&session, Audience::All, notice);
    }

    fn announce_archive(&mut self, id: &ArchiveId) {
        let Some(archive) = self.archives.get(id) else {
            return;
        };
        let event = WebhookEvent::Archive(archive.model());
        let project = archive.project.clone();
        self.happen(&project, None, event);
    }
}

/// Whether uploads to a storage target fail: its endpoint or domain is under `.invalid`.
fn storage_is_unreachable(storage: &ArchiveStorage) -> bool {
    let config = &storage.config;
    [&config.endpoint, &config.domain]
        .into_iter()
        .flatten()
        .any(|address| never_exists(address))
}
