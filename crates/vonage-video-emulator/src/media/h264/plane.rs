//! One plane of samples.

use std::ops::Range;

/// Samples in rows: brightness, or one of the two differences of colour.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

impl Plane {
    pub(crate) fn new(width: usize, height: usize, value: u8) -> Self {
        Self {
            width,
            height,
            samples: vec![value; width * height],
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The samples from a place to the right; empty outside of the plane.
    pub(crate) fn row(&self, x: usize, y: usize, width: usize) -> &[u8] {
        self.range(x, y, width)
            .and_then(|range| self.samples.get(range))
            .unwrap_or_default()
    }

    pub(crate) fn row_mut(&mut self, x: usize, y: usize, width: usize) -> &mut [u8] {
        self.range(x, y, width)
            .and_then(|range| self.samples.get_mut(range))
            .unwrap_or_default()
    }

    /// The samples from a place downwards.
    pub(super) fn column(&self, x: usize, y: usize, height: usize) -> impl Iterator<Item = u8> {
        (y..y + height).flat_map(move |y| self.row(x, y, 1).first().copied())
    }

    /// The value of a square, if it has only one.
    pub(super) fn flat(&self, x: usize, y: usize, size: usize) -> Option<u8> {
        let first = self.row(x, y, size);
        let value = uniform(first)?;
        let flat = (y + 1..y + size).all(|y| self.row(x, y, size) == first);
        flat.then_some(value)
    }

    /// Fills a rectangle, as much of it as is inside.
    pub(crate) fn fill(&mut self, x: Range<usize>, y: Range<usize>, value: u8) {
        let (right, bottom) = (x.end.min(self.width), y.end.min(self.height));
        for y in y.start..bottom {
            let width = right.saturating_sub(x.start);
            self.row_mut(x.start, y, width).fill(value);
        }
    }

    /// Repeats the row above a square in each of its rows.
    pub(super) fn continue_down(&mut self, x: usize, y: usize, size: usize) {
        let Some(above) = y.checked_sub(1).and_then(|y| self.range(x, y, size)) else {
            return;
        };
        for y in y..y + size {
            if let Some(row) = self.range(x, y, size) {
                self.samples.copy_within(above.clone(), row.start);
            }
        }
    }

    /// Repeats the column left of a square in each of its columns.
    pub(super) fn continue_right(&mut self, x: usize, y: usize, size: usize) {
        for y in y..y + size {
            let left = x.checked_sub(1).and_then(|x| self.row(x, y, 1).first());
            if let Some(left) = left.copied() {
                self.row_mut(x, y, size).fill(left);
            }
        }
    }

    /// A 4x4 block.
    pub(super) fn block(&self, x: usize, y: usize) -> [[i32; 4]; 4] {
        [0, 1, 2, 3].map(|row| match self.row(x, y + row, 4) {
            [a, b, c, d] => [*a, *b, *c, *d].map(i32::from),
            _ => [0; 4],
        })
    }

    pub(super) fn set_block(&mut self, x: usize, y: usize, block: [[i32; 4]; 4]) {
        for (row, values) in block.into_iter().enumerate() {
            for (sample, value) in self.row_mut(x, y + row, 4).iter_mut().zip(values) {
                *sample = u8::try_from(value.clamp(0, 255)).unwrap_or_default();
            }
        }
    }

    fn range(&self, x: usize, y: usize, width: usize) -> Option<Range<usize>> {
        let inside = y < self.height && x + width <= self.width;
        let start = y * self.width + x;
        inside.then_some(start..start + width)
    }
}

/// The value of samples that are all the same.
pub(super) fn uniform(samples: &[u8]) -> Option<u8> {
    // Each is as the one after it. Comparing slices is much faster than comparing samples.
    let (first, rest) = samples.split_first()?;
    (Some(rest) == samples.get(..rest.len())).then_some(*first)
}
