//! The description of a movie and its tracks (ISO/IEC 14496-12, chapter 8; 14496-14; 14496-15).

use super::boxes::{Boxes, narrow};
use crate::media::{aac, h264};

/// The numbers of the tracks.
pub(super) const VIDEO: u32 = 1;
pub(super) const AUDIO: u32 = 2;

/// Units of a second in which a movie's and a video track's times are counted.
pub(super) const MILLIS: u32 = 1000;

const IDENTITY: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// The header of the movie. The duration is 0 where fragments tell it.
pub(super) fn movie_header(out: &mut Boxes, duration: u64) {
    out.full(b"mvhd", 0, 0, |it| {
        it.longs([0, 0, MILLIS, narrow(duration), 0x1_0000]);
        it.short(0x0100);
        it.zeros(10);
        it.longs(IDENTITY);
        it.zeros(24);
        it.long(3); // The number of the next track.
    });
}

/// The video track, with its table of samples.
pub(super) fn video(
    out: &mut Boxes,
    (width, height): (usize, usize),
    duration: u64,
    samples: impl FnOnce(&mut Boxes),
) {
    out.put(b"trak", |it| {
        track_header(it, VIDEO, duration, (width, height));
        it.put(b"mdia", |it| {
            media_header(it, MILLIS, duration, b"vide");
            it.put(b"minf", |it| {
                it.full(b"vmhd", 0, 1, |it| it.zeros(8));
                data_information(it);
                it.put(b"stbl", |it| {
                    it.full(b"stsd", 0, 0, |it| {
                        it.long(1);
                        avc(it, width, height);
                    });
                    samples(it);
                });
            });
        });
    });
}

/// The audio track, with its table of samples.
pub(super) fn audio(out: &mut Boxes, duration: u64, samples: impl FnOnce(&mut Boxes)) {
    out.put(b"trak", |it| {
        track_header(it, AUDIO, duration, (0, 0));
        it.put(b"mdia", |it| {
            media_header(it, aac::RATE, aac::samples(duration), b"soun");
            it.put(b"minf", |it| {
                it.full(b"smhd", 0, 0, |it| it.zeros(4));
                data_information(it);
                it.put(b"stbl", |it| {
                    it.full(b"stsd", 0, 0, |it| {
                        it.long(1);
                        mp4a(it);
                    });
                    samples(it);
                });
            });
        });
    });
}

fn track_header(out: &mut Boxes, id: u32, duration: u64, (width, height): (usize, usize)) {
    // Enabled, and in the movie.
    out.full(b"tkhd", 0, 3, |it| {
        it.longs([0, 0, id, 0, narrow(duration)]);
        it.zeros(12);
        it.short(if id == AUDIO { 0x0100 } else { 0 });
        it.zeros(2);
        it.longs(IDENTITY);
        it.longs([width, height].map(|size| narrow(size << 16)));
    });
}

fn media_header(out: &mut Boxes, scale: u32, duration: u64, handler: &[u8; 4]) {
    /// "und": no language.
    const UNDETERMINED: u16 = 0x55C4;
    out.full(b"mdhd", 1, 0, |it| {
        it.zeros(16);
        it.long(scale);
        it.wide(duration);
        it.short(UNDETERMINED);
        it.zeros(2);
    });
    out.full(b"hdlr", 0, 0, |it| {
        it.zeros(4);
        it.bytes(handler);
        it.zeros(13);
    });
}

/// The samples are in this file.
fn data_information(out: &mut Boxes) {
    out.put(b"dinf", |it| {
        it.full(b"dref", 0, 0, |it| {
            it.long(1);
            it.full(b"url ", 0, 1, |_| {});
        });
    });
}

fn avc(out: &mut Boxes, width: usize, height: usize) {
    out.put(b"avc1", |it| {
        it.zeros(6);
        it.short(1);
        it.zeros(16);
        for size in [width, height] {
            it.short(u16::try_from(size).unwrap_or(u16::MAX));
        }
        it.longs([0x0048_0000, 0x0048_0000, 0]);
        it.short(1);
        it.zeros(32);
        it.short(24);
        it.short(u16::MAX);
        it.put(b"avcC", |it| it.bytes(&h264::configuration(width, height)));
    });
}

fn mp4a(out: &mut Boxes) {
    out.put(b"mp4a", |it| {
        it.zeros(6);
        it.short(1);
        it.zeros(8);
        it.short(1);
        it.short(16);
        it.zeros(4);
        it.long(aac::RATE << 16);
        it.full(b"esds", 0, 0, |it| {
            // Descriptors of ISO/IEC 14496-1: tag, length, content, the later within the first.
            it.bytes(&[3, 25, 0, 0, 0]);
            it.bytes(&[4, 17, 0x40, 0x15, 0, 0, 0]);
            it.zeros(8);
            it.bytes(&[5, 2]);
            it.bytes(&aac::CONFIGURATION);
            it.bytes(&[6, 1, 2]);
        });
    });
}
