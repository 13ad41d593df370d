//! What the files of archives are made from.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ProjectId, StreamId,
    models::{Archive, VideoType},
};

use crate::media::film::Film;

/// What a file is made from.
#[derive(Debug)]
pub(crate) struct Recording<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) project: &'a ProjectId,
    /// Milliseconds since 1970, as the times of segments.
    pub(crate) started: u64,
    /// Milliseconds that were recorded, without pauses.
    pub(crate) recorded: u64,
    /// What a composed archive showed.
    pub(crate) film: &'a Film,
    pub(crate) segments: &'a [Segment],
    /// What was said, for a transcription.
    pub(crate) sentences: &'a [Sentence],
}

/// The recording of a stream, from when it began to when it ended or paused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Segment {
    pub(crate) stream_id: StreamId,
    pub(crate) connection_data: String,
    /// When it began; `None` for audio alone.
    pub(crate) video_type: Option<VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) from: u64,
    /// `None` while it is recorded.
    pub(crate) to: Option<u64>,
    /// How long the archive had recorded when it began.
    pub(crate) recorded: u64,
}

/// Something that was said: a caption that does not change any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sentence {
    pub(crate) stream_id: StreamId,
    /// The name of the stream.
    pub(crate) name: String,
    /// Milliseconds of the recording.
    #[serde(rename = "startMs")]
    pub(crate) start: u64,
    pub(crate) text: String,
}

impl Segment {
    pub(super) fn end(&self) -> u64 {
        self.to.unwrap_or(self.from)
    }

    pub(super) fn duration(&self) -> u64 {
        self.end().saturating_sub(self.from).max(SHORTEST)
    }
}

/// A recording that was stopped at once has a single frame: one of 25 in a second.
pub(super) const SHORTEST: u64 = 40;
