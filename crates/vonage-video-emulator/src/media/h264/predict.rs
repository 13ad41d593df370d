//! What a block is expected to be, from what is coded above and left of it (clause 8.3 of the
//! standard): the three modes that are used of the nine.

use super::{plane::Plane, transform::Block};

/// How a block is predicted. For 4x4 blocks the values are those of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    /// As the row above.
    Down = 0,
    /// As the column left of it.
    Right = 1,
    /// The mean of both.
    Mean = 2,
}

impl Mode {
    pub(super) const ALL: [Self; 3] = [Self::Down, Self::Right, Self::Mean];

    pub(super) fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Down,
            1 => Self::Right,
            _ => Self::Mean,
        }
    }
}

/// The prediction of a 4x4 block of brightness; `None` where the mode needs what is outside.
pub(super) fn luma(coded: &Plane, x: usize, y: usize, mode: Mode) -> Option<Block> {
    match mode {
        Mode::Mean => Some([[mean(coded, x, y, 4); 4]; 4]),
        _ => directed(coded, (x, y), (x, y), mode),
    }
}

/// The predictions of the four 4x4 blocks of a macroblock's chroma plane.
pub(super) fn chroma(coded: &Plane, x: usize, y: usize, mode: Mode) -> Option<[Block; 4]> {
    let block = |right: usize, down: usize| match mode {
        Mode::Down | Mode::Right => directed(coded, (x, y), (x + right, y + down), mode),
        Mode::Mean => {
            let above = y.checked_sub(1).map(|y| sum(coded.row(x + right, y, 4)));
            let left = x.checked_sub(1).map(|x| column(coded, x, y + down, 4));
            let value = match (above, left) {
                (Some(above), _) if right > 0 && down == 0 => (above + 2) >> 2,
                (_, Some(left)) if right == 0 && down > 0 => (left + 2) >> 2,
                (Some(above), Some(left)) => (above + left + 4) >> 3,
                (Some(one), None) | (None, Some(one)) => (one + 2) >> 2,
                (None, None) => 128,
            };
            Some([[value; 4]; 4])
        }
    };
    Some([block(0, 0)?, block(4, 0)?, block(0, 4)?, block(4, 4)?])
}

/// The mean of the samples above and left of a square.
pub(super) fn mean(coded: &Plane, x: usize, y: usize, size: usize) -> i32 {
    let above = y.checked_sub(1).map(|y| sum(coded.row(x, y, size)));
    let left = x.checked_sub(1).map(|x| column(coded, x, y, size));
    let half = i32::try_from(size / 2).unwrap_or(0);
    match (above, left) {
        (Some(above), Some(left)) => (above + left + 2 * half) / (4 * half),
        (Some(one), None) | (None, Some(one)) => (one + half) / (2 * half),
        (None, None) => 128,
    }
}

/// A block as the row above its square, or as the column left of it.
fn directed(
    coded: &Plane,
    (left, top): (usize, usize),
    (x, y): (usize, usize),
    mode: Mode,
) -> Option<Block> {
    if mode == Mode::Down {
        let above = coded.row(x, top.checked_sub(1)?, 4);
        let [a, b, c, d] = *above else {
            return None;
        };
        return Some([[a, b, c, d].map(i32::from); 4]);
    }
    let left = left.checked_sub(1)?;
    Some([0, 1, 2, 3].map(|row| {
        let value = coded.row(left, y + row, 1).first().copied();
        [i32::from(value.unwrap_or_default()); 4]
    }))
}

fn sum(samples: &[u8]) -> i32 {
    samples.iter().map(|sample| i32::from(*sample)).sum()
}

fn column(coded: &Plane, x: usize, y: usize, height: usize) -> i32 {
    coded.column(x, y, height).map(i32::from).sum()
}
