//! MP4 in fragments, for streaming (ISO/IEC 14496-12, section 8.8): a start without samples, then
//! pieces that can be decoded from their beginning.

use std::collections::HashMap;

use super::{
    boxes::{Boxes, narrow},
    track::{self, AUDIO, VIDEO},
};
use crate::media::{
    aac, canvas,
    film::Scene,
    frames::{Frame, frames},
    h264,
};

/// The tracks of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tracks {
    /// The width and height of video.
    pub(crate) video: Option<(usize, usize)>,
    pub(crate) audio: bool,
}

/// A piece of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fragment<'f> {
    pub(crate) tracks: Tracks,
    /// What is shown.
    pub(crate) scenes: &'f [Scene],
    /// Milliseconds since the stream began.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// Counts up from one piece to the next.
    pub(crate) number: u64,
}

/// The kind of samples that need no other.
const INDEPENDENT: u32 = 0x0200_0000;

/// What a stream begins with.
pub(crate) fn start(tracks: Tracks) -> Vec<u8> {
    let mut out = Boxes::default();
    out.put(b"ftyp", |it| it.bytes(b"iso6\0\0\0\0iso6mp41"));
    out.put(b"moov", |it| {
        track::movie_header(it, 0);
        if let Some(size) = tracks.video {
            track::video(it, size, 0, no_samples);
        }
        if tracks.audio {
            track::audio(it, 0, no_samples);
        }
        it.put(b"mvex", |it| {
            let video = tracks.video.map(|_| VIDEO);
            for id in video.into_iter().chain(tracks.audio.then_some(AUDIO)) {
                it.full(b"trex", 0, 0, |it| it.longs([id, 1, 0, 0, 0]));
            }
        });
    });
    out.into_bytes()
}

fn no_samples(out: &mut Boxes) {
    for kind in [b"stts", b"stsc", b"stco"] {
        out.full(kind, 0, 0, |it| it.long(0));
    }
    out.full(b"stsz", 0, 0, |it| it.longs([0, 0]));
}

/// The bytes of a piece.
pub(crate) fn fragment(fragment: &Fragment<'_>) -> Vec<u8> {
    let frames = match fragment.tracks.video {
        Some(_) => frames(fragment.scenes),
        None => Vec::new(),
    };
    let samples = samples(fragment, &frames);
    let silence = match fragment.tracks.audio {
        true => aac::frames(fragment.from)..aac::frames(fragment.to),
        false => 0..0,
    };
    let describe = |out: &mut Boxes, start: usize| {
        out.put(b"moof", |it| {
            it.full(b"mfhd", 0, 0, |it| it.long(narrow(fragment.number + 1)));
            if let Some(first) = frames.first() {
                video(it, first.at, &frames, &samples, start);
            }
            if !silence.is_empty() {
                let start = start + samples.iter().map(Vec::len).sum::<usize>();
                audio(it, silence.start, silence.end, start);
            }
        });
    };
    // Its length does not depend on where the data is.
    let mut first = Boxes::default();
    describe(&mut first, 0);
    let mut out = Boxes::default();
    describe(&mut out, first.len() + 8);
    out.put(b"mdat", |it| {
        samples.iter().for_each(|sample| it.bytes(sample));
        silence.for_each(|_| it.bytes(&aac::SILENCE));
    });
    out.into_bytes()
}

/// Each frame is a key frame, because players of live streams look for one when they seek. Those
/// that follow each other directly have different ids, from piece to piece too.
fn samples(fragment: &Fragment<'_>, frames: &[Frame]) -> Vec<Vec<u8>> {
    let Some((width, height)) = fragment.tracks.video else {
        return Vec::new();
    };
    let mut known: HashMap<(usize, u32), Vec<u8>> = HashMap::new();
    let mut samples = Vec::with_capacity(frames.len());
    for (place, frame) in (0..).zip(frames) {
        let id = match place {
            0 => 2 + narrow(fragment.number & 1),
            _ => place & 1,
        };
        let tiles = fragment.scenes.get(frame.scene).map(|scene| &scene.tiles);
        let sample = known.entry((frame.scene, id)).or_insert_with(|| {
            let tiles = tiles.map(Vec::as_slice).unwrap_or_default();
            h264::key_frame(&canvas::draw(width, height, tiles), id)
        });
        samples.push(sample.clone());
    }
    samples
}

fn video(out: &mut Boxes, from: u64, frames: &[Frame], samples: &[Vec<u8>], start: usize) {
    out.put(b"traf", |it| {
        // Offsets count from the start of this box; and the kind of all samples.
        it.full(b"tfhd", 0, 0x2_0020, |it| it.longs([VIDEO, INDEPENDENT]));
        it.full(b"tfdt", 1, 0, |it| it.wide(from));
        // Where the data is, and the duration and size of each sample.
        it.full(b"trun", 0, 0x301, |it| {
            it.longs([narrow(frames.len()), narrow(start)]);
            for (frame, sample) in frames.iter().zip(samples) {
                it.longs([narrow(frame.to - frame.at), narrow(sample.len())]);
            }
        });
    });
}

fn audio(out: &mut Boxes, from: u64, to: u64, start: usize) {
    out.put(b"traf", |it| {
        // As above; and the duration, size and kind of all samples.
        it.full(b"tfhd", 0, 0x2_0038, |it| {
            it.longs([AUDIO, narrow(aac::FRAME), narrow(aac::SILENCE.len())]);
            it.long(INDEPENDENT);
        });
        it.full(b"tfdt", 1, 0, |it| it.wide(from * aac::FRAME));
        it.full(b"trun", 0, 0x001, |it| {
            it.longs([narrow(to - from), narrow(start)]);
        });
    });
}
