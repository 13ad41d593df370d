//! The file of a composed archive.

use super::input::{Recording, SHORTEST};
use crate::media::{
    film::Film,
    mp4::{self, Movie},
};

/// An MP4 file of what was shown.
pub(super) fn file(recording: &Recording<'_>) -> Vec<u8> {
    let archive = recording.archive;
    let duration = recording.recorded.max(SHORTEST);
    let resolution = archive.resolution.as_ref();
    let (width, height) = Film::size(resolution);
    let scenes = recording.film.scenes(resolution, 0, duration);
    mp4::file(&Movie {
        video: (archive.has_video != Some(false)).then_some((width, height, &scenes)),
        audio: archive.has_audio != Some(false),
        duration,
    })
}
