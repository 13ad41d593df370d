//! An encoder of H.264 for drawings: key frames of flat areas, edges and letters, and frames in
//! which nothing changes. Constrained baseline profile, one slice a picture, one quantizer.
//!
//! Clauses and tables are those of ITU-T H.264. Encoders for camera pictures need a C compiler or
//! thousands of times the bytes, because none of them skips what stands still for hours.

mod bits;
mod codes;
mod component;
mod intra;
mod plane;
mod predict;
mod residual;
mod transform;

pub(crate) use self::plane::Plane;
use self::{
    bits::{BitWriter, unit},
    intra::Intra,
    transform::{CHROMA_OFFSET, QUANTIZER},
};

/// A drawing, in whole macroblocks.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    pub(crate) luma: Plane,
    pub(crate) blue: Plane,
    pub(crate) red: Plane,
}

impl Drawing {
    /// A drawing in one colour, given by its brightness and its differences.
    pub(crate) fn new(width: usize, height: usize, [luma, blue, red]: [u8; 3]) -> Self {
        let (columns, rows) = (width.div_ceil(16), height.div_ceil(16));
        Self {
            luma: Plane::new(columns * 16, rows * 16, luma),
            blue: Plane::new(columns * 8, rows * 8, blue),
            red: Plane::new(columns * 8, rows * 8, red),
        }
    }
}

/// NAL unit headers: the importance and the type.
mod header {
    pub(super) const SEQUENCE: u8 = 0x67;
    pub(super) const PICTURE: u8 = 0x68;
    pub(super) const KEY: u8 = 0x65;
    pub(super) const OTHER: u8 = 0x41;
}

/// After this many frames without change their bytes repeat.
pub(crate) const STILL_FRAMES: u32 = 16;

/// Profile, constraints and level, as containers repeat them.
fn profile(width: usize, height: usize) -> [u8; 3] {
    let macroblocks = width.div_ceil(16) * height.div_ceil(16);
    let level = match macroblocks {
        ..=1620 => 30,
        1621..=3600 => 31,
        3601..=8192 => 40,
        _ => 51,
    };
    [66, 0xC0, level]
}

/// The sequence parameter set: sizes, and that colours are those of BT.601.
fn sequence_parameters(width: usize, height: usize) -> Vec<u8> {
    let mut bits = BitWriter::default();
    for byte in profile(width, height) {
        bits.put(u32::from(byte), 8);
    }
    bits.unsigned(0); // Its number.
    bits.unsigned(0); // Frame numbers have four bits.
    bits.unsigned(2); // Pictures are shown in the order of decoding.
    bits.unsigned(1); // Reference frames.
    bits.flag(false); // No gaps in frame numbers.
    bits.unsigned(narrow(width.div_ceil(16)) - 1);
    bits.unsigned(narrow(height.div_ceil(16)) - 1);
    bits.flag(true); // Frames, not fields.
    bits.flag(true);
    let hidden = [width, height].map(|size| narrow((size.next_multiple_of(16) - size) / 2));
    bits.flag(hidden != [0, 0]);
    if hidden != [0, 0] {
        let [right, bottom] = hidden;
        for edge in [0, right, 0, bottom] {
            bits.unsigned(edge);
        }
    }
    bits.flag(true); // Video usability information.
    bits.flag(true);
    bits.put(1, 8); // Square pixels.
    bits.flag(false);
    bits.flag(true);
    bits.put(5, 3); // No particular video format.
    bits.flag(false); // From 16 to 235.
    bits.flag(true);
    for _ in ["primaries", "transfer", "matrix"] {
        bits.put(6, 8);
    }
    bits.put(0, 5); // Neither chroma location, timing, buffers, nor picture structure.
    bits.flag(true); // Restrictions: nothing is reordered, one frame is kept.
    bits.flag(true);
    for restriction in [0, 0, 0, 0, 0, 1] {
        bits.unsigned(restriction);
    }
    unit(header::SEQUENCE, &bits.payload())
}

/// The picture parameter set.
fn picture_parameters() -> Vec<u8> {
    let mut bits = BitWriter::default();
    bits.unsigned(0); // Its number.
    bits.unsigned(0); // That of the sequence parameter set.
    bits.flag(false); // CAVLC.
    bits.flag(false);
    bits.unsigned(0); // One slice group.
    bits.unsigned(0); // One reference.
    bits.unsigned(0);
    bits.put(0, 3); // No weighted prediction.
    bits.signed(QUANTIZER - 26);
    bits.signed(0);
    bits.signed(CHROMA_OFFSET);
    bits.flag(true); // Slices switch off the deblocking filter.
    bits.put(0, 2);
    unit(header::PICTURE, &bits.payload())
}

/// The decoder configuration record of ISO/IEC 14496-15, for MP4 and Matroska. Sizes of units have
/// four bytes.
pub(crate) fn configuration(width: usize, height: usize) -> Vec<u8> {
    let [profile, constraints, level] = profile(width, height);
    let mut record = vec![1, profile, constraints, level, 0xFF, 0xE1];
    with_length(&mut record, &sequence_parameters(width, height), 2);
    record.push(1);
    with_length(&mut record, &picture_parameters(), 2);
    record
}

/// A unit as a sample of a container.
fn sample(unit: &[u8]) -> Vec<u8> {
    let mut sample = Vec::with_capacity(unit.len() + 4);
    with_length(&mut sample, unit, 4);
    sample
}

/// Adds bytes after their length, which takes this many bytes.
fn with_length(out: &mut Vec<u8>, bytes: &[u8], size: usize) {
    let length = narrow(bytes.len()).to_be_bytes();
    out.extend(length.into_iter().skip(4 - size));
    out.extend_from_slice(bytes);
}

/// A frame that needs no other, as a sample of MP4 or Matroska. Two that follow each other directly
/// differ in `id`.
pub(crate) fn key_frame(drawing: &Drawing, id: u32) -> Vec<u8> {
    let mut bits = BitWriter::default();
    slice_header(&mut bits, 7, 0);
    bits.unsigned(id);
    bits.put(0, 2); // Neither old pictures nor long-term references.
    quantizer_and_filter(&mut bits);
    let slice = Intra::new(&drawing.luma, &drawing.blue, &drawing.red, bits).code();
    sample(&unit(header::KEY, &slice.payload()))
}

/// The frame `number`, from one on, after a key frame, which looks as the one before.
pub(crate) fn still_frame(width: usize, height: usize, number: u32) -> Vec<u8> {
    let mut bits = BitWriter::default();
    slice_header(&mut bits, 5, number % STILL_FRAMES);
    bits.put(0, 3); // As many references as always, in their order; the last frame is one.
    quantizer_and_filter(&mut bits);
    bits.unsigned(narrow(width.div_ceil(16) * height.div_ceil(16)));
    sample(&unit(header::OTHER, &bits.payload()))
}

fn slice_header(bits: &mut BitWriter, kind: u32, frame: u32) {
    bits.unsigned(0); // It begins with the first macroblock.
    bits.unsigned(kind);
    bits.unsigned(0);
    bits.put(frame, 4);
}

fn quantizer_and_filter(bits: &mut BitWriter) {
    bits.signed(0);
    bits.unsigned(1); // No deblocking filter.
}

fn narrow(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
