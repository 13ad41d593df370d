//! Macroblocks that are predicted within their picture: a few bits where nothing changes, and
//! blocks with coefficients at edges and letters.

use super::{
    bits::BitWriter,
    component::{BLOCKS, ChromaPlane, Component, distance, minus, plus},
    plane::Plane,
    predict::{self, Mode},
    residual::{self, Context},
    transform::{flat_difference, flat_level, forward, inverse, quantized, scaled, zigzag},
};

/// The coded block patterns of macroblocks with 4x4 prediction, by their codes (table 9-4 of the
/// standard).
const PATTERNS: [u8; 48] = [
    47, 31, 15, 0, 23, 27, 29, 30, 7, 11, 13, 14, 39, 43, 45, 46, 16, 3, 5, 10, 12, 19, 21, 26, 28,
    35, 37, 42, 44, 1, 2, 4, 8, 17, 18, 20, 24, 6, 9, 22, 25, 32, 33, 34, 36, 40, 38, 41,
];

/// A block that is off by no more than this in sum has no coefficients: all quantize to zero.
const NOTHING: i32 = 16;

/// The chroma of a macroblock.
struct Chroma {
    mode: Mode,
    /// 0 without coefficients, 1 with DC coefficients alone, 2 with all.
    pattern: u8,
    planes: [ChromaPlane; 2],
}

/// A picture while it is coded.
pub(super) struct Intra<'s> {
    luma: Component<'s>,
    blue: Component<'s>,
    red: Component<'s>,
    /// The modes of 4x4 blocks.
    modes: Plane,
    out: BitWriter,
}

impl<'s> Intra<'s> {
    /// `out` ends with the header of the slice.
    pub(super) fn new(luma: &'s Plane, blue: &'s Plane, red: &'s Plane, out: BitWriter) -> Self {
        let (width, height) = (luma.width() / 4, luma.height() / 4);
        Self {
            luma: Component::new(luma),
            blue: Component::new(blue),
            red: Component::new(red),
            modes: Plane::new(width, height, Mode::Mean as u8),
            out,
        }
    }

    /// Codes all macroblocks.
    pub(super) fn code(mut self) -> BitWriter {
        for y in (0..self.luma.source.height()).step_by(16) {
            for x in (0..self.luma.source.width()).step_by(16) {
                match self.luma.source.flat(x, y, 16) {
                    Some(value) => self.flat(x, y, value),
                    None => self.detailed(x, y),
                }
            }
        }
        self.out
    }

    /// A macroblock of one brightness.
    fn flat(&mut self, x: usize, y: usize, value: u8) {
        let mode = self.luma.continued(x, y, 16, value);
        let level = match mode {
            Some(Mode::Down) => {
                self.luma.coded.continue_down(x, y, 16);
                0
            }
            Some(_) => {
                self.luma.coded.continue_right(x, y, 16);
                0
            }
            None => {
                let mean = predict::mean(&self.luma.coded, x, y, 16);
                let level = flat_level(i32::from(value) - mean);
                let coded = (mean + flat_difference(level)).clamp(0, 255);
                let coded = u8::try_from(coded).unwrap_or_default();
                self.luma.coded.fill(x..x + 16, y..y + 16, coded);
                level
            }
        };
        let chroma = self.chroma(x / 2, y / 2);
        let mode = mode.unwrap_or(Mode::Mean) as u32;
        self.out.unsigned(1 + mode + 4 * u32::from(chroma.pattern));
        self.out.unsigned(chroma.mode_code());
        self.out.signed(0);
        let mut coefficients = [0; 16];
        let [first, ..] = &mut coefficients;
        *first = level;
        let context = self.luma.context(x, y);
        residual::write(&mut self.out, &coefficients, context);
        self.write_chroma(x / 2, y / 2, &chroma);
    }

    /// A macroblock whose 4x4 blocks are predicted one by one.
    fn detailed(&mut self, x: usize, y: usize) {
        self.out.unsigned(0);
        let mut blocks = Vec::with_capacity(16);
        let mut pattern = 0;
        for (number, (right, down)) in BLOCKS.into_iter().enumerate() {
            let (x, y) = (x + right, y + down);
            let coefficients = self.block(x, y);
            if coefficients.iter().any(|level| *level != 0) {
                pattern |= 1 << (number / 4);
            }
            blocks.push((x, y, coefficients));
        }
        let chroma = self.chroma(x / 2, y / 2);
        self.out.unsigned(chroma.mode_code());
        let whole = pattern | chroma.pattern << 4;
        let code = PATTERNS.iter().position(|it| *it == whole);
        self.out
            .unsigned(u32::try_from(code.unwrap_or(0)).unwrap_or(0));
        if whole > 0 {
            self.out.signed(0);
        }
        for (number, (x, y, coefficients)) in blocks.into_iter().enumerate() {
            if pattern >> (number / 4) & 1 == 1 {
                let context = self.luma.context(x, y);
                residual::write(&mut self.out, &coefficients, context);
            }
        }
        self.write_chroma(x / 2, y / 2, &chroma);
    }

    /// Codes the mode of a block, and returns its coefficients.
    fn block(&mut self, x: usize, y: usize) -> [i32; 16] {
        let expected = self.expected_mode(x, y);
        let source = self.luma.source.block(x, y);
        let predicted = |mode| Some((mode, predict::luma(&self.luma.coded, x, y, mode)?));
        let as_expected =
            predicted(expected).filter(|(_, block)| distance(&source, block) <= NOTHING);
        if let Some((_, prediction)) = as_expected {
            self.set_mode(x, y, expected);
            self.out.flag(true);
            self.luma.coded.set_block(x, y, prediction);
            return [0; 16];
        }
        let best = Mode::ALL
            .into_iter()
            .filter_map(predicted)
            .min_by_key(|(mode, block)| (distance(&source, block), *mode != expected));
        let Some((mode, prediction)) = best else {
            return [0; 16];
        };
        self.set_mode(x, y, mode);
        self.out.flag(mode == expected);
        if mode != expected {
            self.out.put(mode as u32 - u32::from(mode > expected), 3);
        }
        let levels = quantized(forward(minus(source, prediction)));
        let coded = plus(prediction, inverse(scaled(levels)));
        self.luma.coded.set_block(x, y, coded);
        let coefficients = zigzag(levels);
        self.luma.set_count(x, y, &coefficients);
        coefficients
    }

    fn set_mode(&mut self, x: usize, y: usize, mode: Mode) {
        let (x, y) = (x / 4, y / 4);
        self.modes.fill(x..x + 1, y..y + 1, mode as u8);
    }

    /// The mode that costs one bit.
    fn expected_mode(&self, x: usize, y: usize) -> Mode {
        let at = |x: Option<usize>, y: Option<usize>| {
            let code = self.modes.row(x?, y?, 1).first().copied()?;
            Some(Mode::from_code(code))
        };
        let (x, y) = (x / 4, y / 4);
        let left = at(x.checked_sub(1), Some(y));
        let above = at(Some(x), y.checked_sub(1));
        left.zip(above)
            .map_or(Mode::Mean, |(left, above)| left.min(above))
    }

    /// Predicts and quantizes the chroma of a macroblock.
    fn chroma(&mut self, x: usize, y: usize) -> Chroma {
        let nothing = |mode| Chroma {
            mode,
            pattern: 0,
            planes: [ChromaPlane::default(); 2],
        };
        let flats = [&self.blue, &self.red].map(|it| it.source.flat(x, y, 8));
        if let [Some(blue), Some(red)] = flats {
            let blue = self.blue.continued(x, y, 8, blue);
            if let Some(mode) = blue.filter(|_| blue == self.red.continued(x, y, 8, red)) {
                for plane in [&mut self.blue, &mut self.red] {
                    match mode {
                        Mode::Down => plane.coded.continue_down(x, y, 8),
                        _ => plane.coded.continue_right(x, y, 8),
                    }
                }
                return nothing(mode);
            }
        }
        let best = Mode::ALL
            .into_iter()
            .filter_map(|mode| {
                let blue = self.blue.chroma(x, y, mode)?;
                let red = self.red.chroma(x, y, mode)?;
                Some((mode, blue.0 + red.0, blue.1, red.1))
            })
            .min_by_key(|(_, distance, ..)| *distance);
        let Some((mode, _, blue, red)) = best else {
            return nothing(Mode::Mean);
        };
        let planes = [
            self.blue.code_chroma(x, y, blue),
            self.red.code_chroma(x, y, red),
        ];
        let any = |levels: &[i32]| levels.iter().any(|level| *level != 0);
        let pattern = if planes.iter().any(|it| it.others.iter().any(|it| any(it))) {
            2
        } else {
            u8::from(planes.iter().any(|it| any(&it.dc)))
        };
        Chroma {
            mode,
            pattern,
            planes,
        }
    }

    fn write_chroma(&mut self, x: usize, y: usize, chroma: &Chroma) {
        if chroma.pattern > 0 {
            for plane in &chroma.planes {
                residual::write(&mut self.out, &plane.dc, Context::ChromaDc);
            }
        }
        if chroma.pattern < 2 {
            return;
        }
        for (plane, component) in chroma.planes.iter().zip([&self.blue, &self.red]) {
            for ((right, down), levels) in BLOCKS.into_iter().zip(&plane.others) {
                let context = component.context(x + right, y + down);
                residual::write(&mut self.out, levels, context);
            }
        }
    }
}

impl Chroma {
    /// The mode as chroma's are numbered.
    fn mode_code(&self) -> u32 {
        2 - self.mode as u32
    }
}
