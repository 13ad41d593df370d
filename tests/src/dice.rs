//! Randomness that can be repeated, and nasty text made of it.

/// Reproducible randomness: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u32) -> u32 {
        (self.next() % u64::from(sides)) as u32
    }

    pub(crate) fn char(&mut self) -> char {
        const NASTY: &[char] = &[
            '"',
            '\\',
            '/',
            '%',
            '+',
            '&',
            '=',
            '#',
            '?',
            ' ',
            '\n',
            '\t',
            '\0',
            'é',
            'ß',
            '字',
            '\u{1F3A5}',
            '\u{202E}',
            '~',
            '<',
        ];
        match self.roll(3) {
            0 => NASTY[self.roll(NASTY.len() as u32) as usize],
            1 => char::from(b'a' + self.roll(26) as u8),
            _ => char::from_u32(self.roll(0x11_0000)).unwrap_or('\u{FFFD}'),
        }
    }

    pub(crate) fn text(&mut self, longest: u32) -> String {
        (0..self.roll(longest)).map(|_| self.char()).collect()
    }

    pub(crate) fn id(&mut self) -> String {
        const SET: &[u8] = b"abcXYZ0189-_~=:@!$&'()*+,;.";
        (0..1 + self.roll(40))
            .map(|_| char::from(SET[self.roll(SET.len() as u32) as usize]))
            .collect::<String>()
            .replace("..", ".a")
    }
}
