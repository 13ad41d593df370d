//! An archive as the emulator keeps it: what it recorded, and when it pauses or ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ProjectId, SessionId, StreamId, Timestamp,
    models::{Archive, ArchiveReason, ArchiveStatus, ArchiveStream, Layout, StreamMode},
};

use crate::{
    media::{
        film::{Change, Film},
        recording::{Recording, Segment, Sentence},
    },
    world::{
        clock::Millis,
        part::Part,
        records::Listed,
        stream::Stream,
        timings::{FIRST_PUBLISHER, LONGEST_ARCHIVE, LONGEST_PAUSE, LONGEST_RECORDING},
    },
};

/// An archive as the emulator keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArchiveRecord {
    pub(crate) project: ProjectId,
    /// As responses show it, except for its links and the streams of manual mode.
    pub(crate) model: Archive,
    pub(crate) layout: Option<Layout>,
    /// Whether its session started it, and no call stops it.
    pub(crate) automatic: bool,
    /// The streams that were added by hand, in manual stream mode.
    pub(crate) streams: Vec<ArchiveStream>,
    /// Every segment of a stream that was recorded.
    segments: Vec<Segment>,
    /// The segments that are being recorded now: their positions, by stream.
    open: BTreeMap<StreamId, usize>,
    /// What it showed of them.
    film: Film,
    /// What was said, if it is transcribed.
    sentences: Vec<Sentence>,
    pub(crate) started: Millis,
    /// Time recorded until the last pause.
    recorded: Millis,
    /// When it began or continued to record; `None` while nobody publishes.
    recording_since: Option<Millis>,
    had_publisher: bool,
    paused_since: Option<Millis>,
    /// When a stopped archive's file is ready.
    pub(crate) ready_at: Option<Millis>,
    /// When its file is deleted.
    pub(crate) expires_at: Option<Millis>,
}

/// Most sentences of a transcription.
const MOST_SENTENCES: usize = 10_000;

/// What a recording keeps of a published stream.
#[derive(Debug)]
pub(crate) struct Published<'w> {
    pub(crate) connection_data: &'w str,
    pub(crate) stream: &'w Stream,
}

impl Listed for ArchiveRecord {
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

impl ArchiveRecord {
    pub(crate) fn new(project: ProjectId, model: Archive, started: Millis) -> Self {
        Self {
            project,
            model,
            layout: None,
            automatic: false,
            streams: Vec::new(),
            segments: Vec::new(),
            open: BTreeMap::new(),
            film: Film::default(),
            sentences: Vec::new(),
            started,
            recorded: 0,
            recording_since: None,
            had_publisher: false,
            paused_since: None,
            ready_at: None,
            expires_at: None,
        }
    }

    /// Whether it is started or paused.
    pub(crate) fn is_running(&self) -> bool {
        matches!(
            self.model.status,
            ArchiveStatus::Started | ArchiveStatus::Paused
        )
    }

    /// Records or pauses, depending on whether somebody publishes. Returns whether the status
    /// changed.
    pub(crate) fn publishing(&mut self, somebody: bool, now: Millis) -> bool {
        if !self.is_running() {
            return false;
        }
        if somebody {
            self.had_publisher = true;
            self.paused_since = None;
            self.recording_since.get_or_insert(now);
        } else {
            self.pause(now);
        }
        let status = match (somebody, self.had_publisher) {
            (false, true) => ArchiveStatus::Paused,
            _ => ArchiveStatus::Started,
        };
        if status == ArchiveStatus::Paused {
            self.paused_since.get_or_insert(now);
        }
        self.set_status(status, now)
    }

    /// Stops it.
    pub(crate) fn stop(&mut self, reason: ArchiveReason, now: Millis, ready_at: Millis) {
        self.pause(now);
        for at in std::mem::take(&mut self.open).into_values() {
            if let Some(segment) = self.segments.get_mut(at) {
                segment.to = Some(now);
            }
        }
        self.paused_since = None;
        self.model.reason = Some(reason);
        self.model.duration = self.recorded.div_ceil(1000);
        self.ready_at = Some(ready_at);
        self.set_status(ArchiveStatus::Stopped, now);
    }

    pub(crate) fn set_status(&mut self, status: ArchiveStatus, now: Millis) -> bool {
        let changed = self.model.status != status;
        self.model.status = status;
        if changed {
            self.touch(now);
        }
        changed
    }

    pub(crate) fn touch(&mut self, now: Millis) {
        self.model.updated_at = Some(Timestamp::from_millis(now));
    }

    /// When it stops by itself and why, if its session does not end before.
    pub(crate) fn limit(&self) -> Option<(Millis, ArchiveReason)> {
        if !self.is_running() {
            return None;
        }
        let idle = |since: Option<Millis>, limit| {
            Some((since?.saturating_add(limit), ArchiveReason::MaximumIdleTime))
        };
        let full = self.recording_since.map(|since| {
            let left = LONGEST_RECORDING.saturating_sub(self.recorded);
            (since.saturating_add(left), ArchiveReason::MaximumDuration)
        });
        let unused = (!self.had_publisher).then_some(self.started);
        [
            idle(unused, FIRST_PUBLISHER),
            idle(self.paused_since, LONGEST_PAUSE),
            full,
            Some((
                self.started.saturating_add(LONGEST_ARCHIVE),
                ArchiveReason::MaximumDuration,
            )),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|(due, _)| *due)
    }

    /// What is recorded of a stream while it is published.
    pub(super) fn part(&self, stream: &StreamId) -> Option<Part> {
        Part::chosen(self.model.stream_mode.as_ref(), &self.streams, stream)
    }

    /// Changes the layout.
    pub(crate) fn set_layout(&mut self, layout: Layout, now: Millis) {
        self.film.note_layout(self.recorded(now), &layout);
        self.layout = Some(layout);
    }

    /// Begins or ends the recording of a stream, or notes how it looks.
    pub(crate) fn follow(
        &mut self,
        stream: &StreamId,
        published: Option<&Published<'_>>,
        now: Millis,
    ) {
        let recorded = self.recorded(now);
        if let Some((published, part)) = published.zip(self.part(stream)) {
            let input = part.of(published.stream.to_input());
            if !self.open.contains_key(stream) {
                self.open.insert(stream.clone(), self.segments.len());
                self.segments.push(Segment {
                    stream_id: stream.clone(),
                    connection_data: published.connection_data.to_owned(),
                    video_type: input.video_type.clone(),
                    has_audio: part.audio && published.stream.has_audio,
                    from: now,
                    to: None,
                    recorded,
                });
            }
            self.film.note(recorded, Change::Shows(input));
        } else if let Some(at) = self.open.remove(stream) {
            if let Some(segment) = self.segments.get_mut(at) {
                segment.to = Some(now);
            }
            self.film.note(recorded, Change::Ends(stream.clone()));
        }
    }

    /// Notes for the transcription, if there is to be one, that a stream said something.
    pub(super) fn hear(&mut self, stream: &Stream, text: &str, now: Millis) {
        let wanted = self.model.transcription.is_some() && self.is_running();
        let heard = self.part(&stream.id).is_some_and(|part| part.audio);
        if wanted && heard && self.sentences.len() < MOST_SENTENCES {
            self.sentences.push(Sentence {
                stream_id: stream.id.clone(),
                name: stream.name.clone(),
                start: self.recorded(now),
                text: text.to_owned(),
            });
        }
    }

    /// How long it has recorded.
    fn recorded(&self, now: Millis) -> Millis {
        let since = self
            .recording_since
            .map_or(0, |since| now.saturating_sub(since));
        self.recorded.saturating_add(since)
    }

    /// As responses and webhooks show it, without its links.
    pub(crate) fn model(&self) -> Archive {
        let mut model = self.model.clone();
        if self.is_running() && model.stream_mode == Some(StreamMode::Manual) {
            model.streams.clone_from(&self.streams);
        }
        model
    }

    /// What its file is made from.
    pub(crate) fn recording(&self) -> Recording<'_> {
        Recording {
            archive: &self.model,
            project: &self.project,
            started: self.started,
            recorded: self.recorded,
            film: &self.film,
            segments: &self.segments,
            sentences: &self.sentences,
        }
    }

    fn pause(&mut self, now: Millis) {
        self.recorded = self.recorded(now);
        self.recording_since = None;
    }
}
