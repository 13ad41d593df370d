//! One plane while its macroblocks are coded.

use super::{
    plane::{Plane, uniform},
    predict::{self, Mode},
    residual::Context,
    transform::{Block, chroma_dc, forward, inverse, quantized, scaled, scaled_chroma_dc, zigzag},
};

/// Where the 4x4 blocks of a macroblock stand, in the order in which they are coded.
pub(super) const BLOCKS: [(usize, usize); 16] = [
    (0, 0),
    (4, 0),
    (0, 4),
    (4, 4),
    (8, 0),
    (12, 0),
    (8, 4),
    (12, 4),
    (0, 8),
    (4, 8),
    (0, 12),
    (4, 12),
    (8, 8),
    (12, 8),
    (8, 12),
    (12, 12),
];

/// One plane while it is coded.
pub(super) struct Component<'s> {
    pub(super) source: &'s Plane,
    /// As decoders will have it.
    pub(super) coded: Plane,
    /// How many coefficients each 4x4 block has.
    pub(super) counts: Plane,
}

/// The coefficients of a macroblock's chroma plane.
#[derive(Clone, Copy, Default)]
pub(super) struct ChromaPlane {
    pub(super) dc: [i32; 4],
    /// All other coefficients of each block.
    pub(super) others: [[i32; 15]; 4],
}

impl<'s> Component<'s> {
    pub(super) fn new(source: &'s Plane) -> Self {
        let (width, height) = (source.width(), source.height());
        Self {
            source,
            coded: Plane::new(width, height, 0),
            counts: Plane::new(width / 4, height / 4, 0),
        }
    }

    /// How a square of one value continues what is above or left of it, within one.
    pub(super) fn continued(&self, x: usize, y: usize, size: usize, value: u8) -> Option<Mode> {
        let near = |sample: u8| sample.abs_diff(value) <= 1;
        let above = y.checked_sub(1).map(|y| self.coded.row(x, y, size));
        let continues = |row: &[u8]| match uniform(row) {
            Some(sample) => near(sample),
            None => row.iter().all(|sample| near(*sample)),
        };
        if above.is_some_and(continues) {
            return Some(Mode::Down);
        }
        let mut left = self.coded.column(x.checked_sub(1)?, y, size);
        left.all(near).then_some(Mode::Right)
    }

    /// The code table for the block at a place.
    pub(super) fn context(&self, x: usize, y: usize) -> Context {
        let at = |x: Option<usize>, y: Option<usize>| {
            let count = self.counts.row(x?, y?, 1).first().copied()?;
            Some(u32::from(count))
        };
        let (x, y) = (x / 4, y / 4);
        let left = at(x.checked_sub(1), Some(y));
        let above = at(Some(x), y.checked_sub(1));
        let mean = match (left, above) {
            (Some(left), Some(above)) => (left + above).div_ceil(2),
            (one, other) => one.or(other).unwrap_or(0),
        };
        Context::Neighbours(u8::try_from(mean).unwrap_or(16))
    }

    pub(super) fn set_count(&mut self, x: usize, y: usize, coefficients: &[i32]) {
        let count = coefficients.iter().filter(|level| **level != 0).count();
        let count = u8::try_from(count).unwrap_or(16);
        self.counts.fill(x / 4..x / 4 + 1, y / 4..y / 4 + 1, count);
    }

    /// A prediction of a chroma plane, with how far off it is.
    pub(super) fn chroma(&self, x: usize, y: usize, mode: Mode) -> Option<(i32, [Block; 4])> {
        let blocks = predict::chroma(&self.coded, x, y, mode)?;
        let distances = BLOCKS
            .into_iter()
            .zip(&blocks)
            .map(|((right, down), block)| distance(&self.source.block(x + right, y + down), block));
        Some((distances.sum(), blocks))
    }

    /// Quantizes a chroma plane.
    pub(super) fn code_chroma(
        &mut self,
        x: usize,
        y: usize,
        predictions: [Block; 4],
    ) -> ChromaPlane {
        let places = BLOCKS.into_iter().zip(predictions);
        let mut found = Vec::with_capacity(4);
        for ((right, down), prediction) in places {
            let (x, y) = (x + right, y + down);
            let coefficients = forward(minus(self.source.block(x, y), prediction));
            found.push((x, y, prediction, coefficients));
        }
        let mut plane = ChromaPlane::default();
        for (dc, (.., coefficients)) in plane.dc.iter_mut().zip(&found) {
            *dc = corner(coefficients);
        }
        plane.dc = chroma_dc(plane.dc);
        let dc = scaled_chroma_dc(plane.dc);
        for (((x, y, prediction, coefficients), dc), others) in
            found.into_iter().zip(dc).zip(&mut plane.others)
        {
            let levels = quantized(coefficients);
            let [_, rest @ ..] = zigzag(levels);
            *others = rest;
            self.set_count(x, y, &rest);
            let coefficients = with_corner(scaled(levels), dc);
            let coded = plus(prediction, inverse(coefficients));
            self.coded.set_block(x, y, coded);
        }
        plane
    }
}

/// The coefficient of the mean.
fn corner(block: &Block) -> i32 {
    let [[corner, ..], ..] = block;
    *corner
}

fn with_corner(mut block: Block, value: i32) -> Block {
    let [[corner, ..], ..] = &mut block;
    *corner = value;
    block
}

pub(super) fn distance(one: &Block, other: &Block) -> i32 {
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(one, other)| (one - other).abs()).sum()
}

pub(super) fn minus(one: Block, other: Block) -> Block {
    paired(one, other, |one, other| one - other)
}

/// The sum, within the range of samples.
pub(super) fn plus(one: Block, other: Block) -> Block {
    paired(one, other, |one, other| (one + other).clamp(0, 255))
}

fn paired(mut one: Block, other: Block, compute: impl Fn(i32, i32) -> i32) -> Block {
    for (row, other) in one.iter_mut().zip(other) {
        for (value, other) in row.iter_mut().zip(other) {
            *value = compute(*value, other);
        }
    }
    one
}
