//! A whole MP4 file, its description first. Frames that are the same share their bytes, so that the
//! file grows with the changes of the picture: an hour of nothing new costs 4 bytes a second.

use std::collections::HashMap;

use super::{
    boxes::{Boxes, narrow},
    track,
};
use crate::media::{
    aac, canvas,
    film::Scene,
    frames::{Frame, frames},
    h264::{self, STILL_FRAMES},
    layout::Tile,
};

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Movie<'m> {
    /// The width and height, and what is shown; `None` for audio alone.
    pub(crate) video: Option<(usize, usize, &'m [Scene])>,
    /// Whether there is an audio track.
    pub(crate) audio: bool,
    /// Milliseconds.
    pub(crate) duration: u64,
}

/// The frames of audio that are stored. A longer track repeats them.
const AUDIO_CHUNK: u64 = 2_048;

/// Where bytes are: their offset within the data, and their length.
type Extent = (usize, usize);

/// The samples of the file.
#[derive(Debug, Default)]
struct Data {
    bytes: Vec<u8>,
    /// How often durations of frames follow themselves.
    durations: Vec<[u32; 2]>,
    /// The size of each frame.
    sizes: Vec<u32>,
    /// Which frames are key frames, from 1.
    key_numbers: Vec<u32>,
    /// Where chunks of frames begin, and how many frames they have.
    chunks: Vec<(usize, u32)>,
    /// The key frame of each scene.
    keys: Vec<Extent>,
    /// The frames without change.
    stills: Vec<Extent>,
    /// Where audio begins.
    audio: usize,
}

/// The bytes of a file.
pub(crate) fn file(movie: &Movie<'_>) -> Vec<u8> {
    let data = Data::new(movie);
    let mut out = Boxes::default();
    out.put(b"ftyp", |it| it.bytes(b"isom\0\0\x02\0isomiso2avc1mp41"));
    // Its length does not depend on where the data is.
    let mut first = Boxes::default();
    describe(&mut first, movie, &data, 0);
    let start = out.len() + first.len() + 8;
    describe(&mut out, movie, &data, start);
    out.put(b"mdat", |it| it.bytes(&data.bytes));
    out.into_bytes()
}

fn describe(out: &mut Boxes, movie: &Movie<'_>, data: &Data, start: usize) {
    out.put(b"moov", |it| {
        track::movie_header(it, movie.duration);
        if let Some((width, height, _)) = movie.video {
            track::video(it, (width, height), movie.duration, |it| {
                data.video_samples(it, start);
            });
        }
        if movie.audio {
            track::audio(it, movie.duration, |it| {
                data.audio_samples(it, start, movie.duration);
            });
        }
    });
}

impl Data {
    fn new(movie: &Movie<'_>) -> Self {
        let mut data = Self::default();
        if let Some((width, height, scenes)) = movie.video {
            let mut known: HashMap<(&[Tile], u32), Extent> = HashMap::new();
            for (id, scene) in scenes.iter().enumerate() {
                let key = (scene.tiles.as_slice(), narrow(id & 1));
                let extent = match known.get(&key) {
                    Some(extent) => *extent,
                    None => {
                        let drawing = canvas::draw(width, height, &scene.tiles);
                        let extent = data.add(&h264::key_frame(&drawing, key.1));
                        known.insert(key, extent);
                        extent
                    }
                };
                data.keys.push(extent);
            }
            for number in 1..=STILL_FRAMES {
                let extent = data.add(&h264::still_frame(width, height, number));
                data.stills.push(extent);
            }
            data.note(&frames(scenes));
        }
        data.audio = data.bytes.len();
        if movie.audio {
            for _ in 0..aac::frames(movie.duration).min(AUDIO_CHUNK) {
                data.add(&aac::SILENCE);
            }
        }
        data
    }

    fn add(&mut self, sample: &[u8]) -> Extent {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(sample);
        (start, sample.len())
    }

    fn extent(&self, frame: &Frame) -> Extent {
        let extent = match frame.number.checked_sub(1) {
            None => self.keys.get(frame.scene),
            Some(still) => usize::try_from(still % STILL_FRAMES)
                .ok()
                .and_then(|still| self.stills.get(still)),
        };
        extent.copied().unwrap_or_default()
    }

    /// Notes the tables of the frames, once for both times that they are written.
    fn note(&mut self, frames: &[Frame]) {
        for frame in frames {
            let duration = narrow(frame.to - frame.at);
            match self.durations.last_mut() {
                Some([count, last]) if *last == duration => *count += 1,
                _ => self.durations.push([1, duration]),
            }
            let (offset, size) = self.extent(frame);
            self.sizes.push(narrow(size));
            if frame.number == 0 {
                self.key_numbers.push(narrow(self.sizes.len()));
            }
            // A chunk for each key frame, and one for each round of frames without change.
            let begins = frame.number == 0 || frame.number % STILL_FRAMES == 1;
            match self.chunks.last_mut() {
                Some((_, count)) if !begins => *count += 1,
                _ => self.chunks.push((offset, 1)),
            }
        }
    }

    fn video_samples(&self, out: &mut Boxes, start: usize) {
        out.full(b"stts", 0, 0, |it| {
            it.long(narrow(self.durations.len()));
            it.longs(self.durations.iter().copied().flatten());
        });
        out.full(b"stss", 0, 0, |it| {
            it.long(narrow(self.key_numbers.len()));
            it.longs(self.key_numbers.iter().copied());
        });
        out.full(b"stsz", 0, 0, |it| {
            it.longs([0, narrow(self.sizes.len())]);
            it.longs(self.sizes.iter().copied());
        });
        describe_chunks(out, &self.chunks, start);
    }

    fn audio_samples(&self, out: &mut Boxes, start: usize, duration: u64) {
        let count = aac::frames(duration);
        let whole = count.saturating_sub(1);
        let last = aac::samples(duration) - whole * aac::FRAME;
        let times = [[narrow(whole), narrow(aac::FRAME)], [1, narrow(last)]];
        let times: Vec<_> = times.into_iter().filter(|[count, _]| *count > 0).collect();
        out.full(b"stts", 0, 0, |it| {
            it.long(narrow(times.len()));
            it.longs(times.into_iter().flatten());
        });
        out.full(b"stsz", 0, 0, |it| {
            it.longs([narrow(aac::SILENCE.len()), narrow(count)]);
        });
        let chunks: Vec<(usize, u32)> = (0..count)
            .step_by(usize::try_from(AUDIO_CHUNK).unwrap_or(1))
            .map(|first| (self.audio, narrow((count - first).min(AUDIO_CHUNK))))
            .collect();
        describe_chunks(out, &chunks, start);
    }
}

/// Where chunks are, and how many samples each has.
fn describe_chunks(out: &mut Boxes, chunks: &[(usize, u32)], start: usize) {
    let mut entries: Vec<[u32; 3]> = Vec::new();
    for (number, (_, count)) in (1..).zip(chunks) {
        if entries.last().is_none_or(|[_, last, _]| last != count) {
            entries.push([number, *count, 1]);
        }
    }
    out.full(b"stsc", 0, 0, |it| {
        it.long(narrow(entries.len()));
        it.longs(entries.into_iter().flatten());
    });
    out.full(b"stco", 0, 0, |it| {
        it.long(narrow(chunks.len()));
        it.longs(chunks.iter().map(|(offset, _)| narrow(start + offset)));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    fn scene(from: u64, to: u64, count: usize) -> Scene {
        let streams: Vec<_> = (0..count)
            .map(|number| {
                let name = format!("Person {number}");
                serde_json::json!({ "id": name, "name": name, "videoType": "camera" })
            })
            .collect();
        let input = serde_json::json!({ "resolution": "640x480", "streams": streams });
        let input = serde_json::from_value(input).unwrap();
        let tiles = crate::media::layout::tiles(&input);
        Scene { from, to, tiles }
    }

    fn size(scenes: &[Scene]) -> usize {
        let movie = Movie {
            video: Some((640, 480, scenes)),
            audio: true,
            duration: scenes.last().unwrap().to,
        };
        let bytes = file(&movie);
        assert_eq!(bytes, file(&movie), "the same each time");
        bytes.len()
    }

    #[test]
    fn a_file_grows_with_its_changes_and_hardly_with_its_duration() {
        let minute = size(&[scene(0, 60_000, 4)]);
        let hours = size(&[scene(0, 4 * HOUR, 4)]);
        // 4 bytes for each second, 12 for each 16, 4 for each 2048 frames of audio.
        let seconds = 4 * 3600 - 60;
        assert!(hours - minute < 5 * seconds + 20_000, "{minute} {hours}");
    }

    #[test]
    fn four_hours_with_a_change_each_minute_are_below_two_megabytes() {
        let scenes: Vec<_> = (0..240)
            .map(|minute| {
                scene(
                    minute * 60_000,
                    (minute + 1) * 60_000,
                    1 + minute as usize % 6,
                )
            })
            .collect();
        assert!(size(&scenes) < 2_000_000);
        // A picture that was shown before costs nothing but its entries in tables.
        assert!(size(&scenes) < 150_000, "{}", size(&scenes));
    }
}
