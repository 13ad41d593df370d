//! What an archive or broadcast uses of a stream.

use vonage_video_core::{
    StreamId,
    models::{ArchiveStream, StreamMode},
};

use crate::media::layout::StreamInput;

/// What an archive or broadcast uses of a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) audio: bool,
    pub(super) video: bool,
}

impl Part {
    /// What is used of a stream: everything, but in manual mode what was chosen; `None` for
    /// nothing.
    pub(super) fn chosen(
        mode: Option<&StreamMode>,
        chosen: &[ArchiveStream],
        stream: &StreamId,
    ) -> Option<Self> {
        if mode != Some(&StreamMode::Manual) {
            return Some(Self {
                audio: true,
                video: true,
            });
        }
        let chosen = chosen.iter().find(|chosen| chosen.stream_id == *stream)?;
        Some(Self {
            audio: chosen.has_audio,
            video: chosen.has_video,
        })
    }

    /// A stream as it is arranged: without video, it has no place.
    pub(super) fn of(self, mut stream: StreamInput) -> StreamInput {
        stream.video_type = stream.video_type.filter(|_| self.video);
        stream
    }
}
