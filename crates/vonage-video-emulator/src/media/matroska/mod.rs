//! Matroska files (RFC 9559) with H.264 and Opus.

mod ebml;
mod opus;

use self::ebml::Elements;
use crate::media::{
    canvas,
    film::Scene,
    frames::{Frame, frames},
    h264,
};

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recorded<'r> {
    /// The width and height, and what is shown; `None` for audio alone.
    pub(crate) video: Option<(usize, usize, &'r [Scene])>,
    /// Whether there is an audio track.
    pub(crate) audio: bool,
    /// Milliseconds.
    pub(crate) duration: u64,
}

/// Milliseconds of a cluster: times within one have 16 bits.
const CLUSTER: u64 = 30_000;

const VIDEO: u8 = 1;
const AUDIO: u8 = 2;

/// The ids of elements.
mod id {
    pub(super) const EBML: u32 = 0x1A45_DFA3;
    pub(super) const DOCUMENT_TYPE: u32 = 0x4282;
    pub(super) const DOCUMENT_VERSION: u32 = 0x4287;
    pub(super) const DOCUMENT_READ_VERSION: u32 = 0x4285;
    pub(super) const SEGMENT: u32 = 0x1853_8067;
    pub(super) const INFO: u32 = 0x1549_A966;
    pub(super) const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
    pub(super) const DURATION: u32 = 0x4489;
    pub(super) const MUXING_APP: u32 = 0x4D80;
    pub(super) const WRITING_APP: u32 = 0x5741;
    pub(super) const TRACKS: u32 = 0x1654_AE6B;
    pub(super) const TRACK: u32 = 0xAE;
    pub(super) const TRACK_NUMBER: u32 = 0xD7;
    pub(super) const TRACK_UID: u32 = 0x73C5;
    pub(super) const TRACK_TYPE: u32 = 0x83;
    pub(super) const DEFAULT_DURATION: u32 = 0x23_E383;
    pub(super) const CODEC: u32 = 0x86;
    pub(super) const CODEC_PRIVATE: u32 = 0x63A2;
    pub(super) const SEEK_PRE_ROLL: u32 = 0x56BB;
    pub(super) const VIDEO: u32 = 0xE0;
    pub(super) const PIXEL_WIDTH: u32 = 0xB0;
    pub(super) const PIXEL_HEIGHT: u32 = 0xBA;
    pub(super) const AUDIO: u32 = 0xE1;
    pub(super) const SAMPLING_FREQUENCY: u32 = 0xB5;
    pub(super) const CHANNELS: u32 = 0x9F;
    pub(super) const CLUSTER: u32 = 0x1F43_B675;
    pub(super) const TIMESTAMP: u32 = 0xE7;
    pub(super) const SIMPLE_BLOCK: u32 = 0xA3;
}

/// The bytes of a file.
pub(crate) fn file(recorded: &Recorded<'_>) -> Vec<u8> {
    let mut out = Elements::default();
    out.put(id::EBML, |it| {
        it.text(id::DOCUMENT_TYPE, "matroska");
        it.number(id::DOCUMENT_VERSION, 4);
        it.number(id::DOCUMENT_READ_VERSION, 2);
    });
    out.put(id::SEGMENT, |it| {
        it.put(id::INFO, |it| {
            it.number(id::TIMESTAMP_SCALE, 1_000_000);
            let millis = u32::try_from(recorded.duration).unwrap_or(u32::MAX);
            it.float(id::DURATION, f64::from(millis));
            it.text(id::MUXING_APP, "vonage-video-emulator");
            it.text(id::WRITING_APP, "vonage-video-emulator");
        });
        it.put(id::TRACKS, |it| tracks(it, recorded));
        clusters(it, recorded);
    });
    out.0
}

fn tracks(out: &mut Elements, recorded: &Recorded<'_>) {
    let track = |out: &mut Elements, number: u8, kind: u64, codec: &str, private: &[u8]| {
        out.number(id::TRACK_NUMBER, u64::from(number));
        out.number(id::TRACK_UID, u64::from(number));
        out.number(id::TRACK_TYPE, kind);
        out.text(id::CODEC, codec);
        out.bytes(id::CODEC_PRIVATE, private);
    };
    if let Some((width, height, _)) = recorded.video {
        out.put(id::TRACK, |it| {
            let configuration = h264::configuration(width, height);
            track(it, VIDEO, 1, "V_MPEG4/ISO/AVC", &configuration);
            it.put(id::VIDEO, |it| {
                for (id, size) in [(id::PIXEL_WIDTH, width), (id::PIXEL_HEIGHT, height)] {
                    it.number(id, u64::try_from(size).unwrap_or(0));
                }
            });
        });
    }
    if recorded.audio {
        out.put(id::TRACK, |it| {
            track(it, AUDIO, 2, "A_OPUS", &opus::HEAD);
            it.number(id::DEFAULT_DURATION, opus::PACKET * 1_000_000);
            it.number(id::SEEK_PRE_ROLL, 80_000_000);
            it.put(id::AUDIO, |it| {
                it.float(id::SAMPLING_FREQUENCY, 48_000.0);
                it.number(id::CHANNELS, 1);
            });
        });
    }
}

fn clusters(out: &mut Elements, recorded: &Recorded<'_>) {
    let all = recorded
        .video
        .map_or_else(Vec::new, |(.., scenes)| frames(scenes));
    let mut rest = all.as_slice();
    let mut start = 0;
    while start < recorded.duration {
        let end = start.saturating_add(CLUSTER).min(recorded.duration);
        let (now, later) = rest.split_at(rest.partition_point(|frame| frame.at < end));
        rest = later;
        let mut blocks: Vec<(u64, Vec<u8>)> = now
            .iter()
            .map(|frame| {
                let header = block(VIDEO, frame.at - start, frame.number == 0);
                (
                    frame.at - start,
                    [&header[..], &picture(recorded, frame)].concat(),
                )
            })
            .collect();
        if recorded.audio {
            blocks.extend(silence(end - start));
        }
        // Players expect what is shown and heard at one time close together.
        blocks.sort_by_key(|(at, _)| *at);
        out.put(id::CLUSTER, |it| {
            it.number(id::TIMESTAMP, start);
            for (_, block) in &blocks {
                it.bytes(id::SIMPLE_BLOCK, block);
            }
        });
        start = end;
    }
}

/// The start of a block: its track, its time within the cluster, and whether it needs no other.
fn block(track: u8, at: u64, key: bool) -> [u8; 4] {
    let [high, low] = u16::try_from(at).unwrap_or(0).to_be_bytes();
    [0x80 | track, high, low, if key { 0x80 } else { 0 }]
}

fn picture(recorded: &Recorded<'_>, frame: &Frame) -> Vec<u8> {
    let Some((width, height, scenes)) = recorded.video else {
        return Vec::new();
    };
    match (frame.number, scenes.get(frame.scene)) {
        (0, Some(scene)) => {
            let id = u32::from(frame.scene % 2 == 1);
            h264::key_frame(&canvas::draw(width, height, &scene.tiles), id)
        }
        (number, _) => h264::still_frame(width, height, number),
    }
}

/// The audio of a cluster, in blocks with their times: of some packets, and what is left.
fn silence(millis: u64) -> Vec<(u64, Vec<u8>)> {
    /// Packets of one size follow their number less one.
    const FIXED_SIZE: u8 = 0x04;
    /// Packets in a block: nearly a second.
    const TOGETHER: u8 = 8;
    let together = opus::PACKET * u64::from(TOGETHER);
    let mut blocks = Vec::new();
    let mut at = 0;
    while millis - at >= together {
        let [track, high, low, flags] = block(AUDIO, at, true);
        let header = [track, high, low, flags | FIXED_SIZE, TOGETHER - 1];
        let packets = opus::packet(opus::PACKET).repeat(TOGETHER.into());
        blocks.push((at, [&header[..], &packets].concat()));
        at += together;
    }
    while at < millis {
        let header = block(AUDIO, at, true);
        let packet = opus::packet(millis - at);
        blocks.push((at, [&header[..], &packet].concat()));
        at += opus::PACKET;
    }
    blocks
}
