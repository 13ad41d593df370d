//! Letters of eight by eight dots.

use font8x8::{BASIC_FONTS, GREEK_FONTS, HIRAGANA_FONTS, LATIN_FONTS, UnicodeFonts};

/// The rows of a letter, from the top; the lowest bit is on the left.
pub(super) type Glyph = [u8; 8];

/// What a letter is shown as that the fonts do not have.
const UNKNOWN: Glyph = [0, 0x3C, 0x24, 0x24, 0x24, 0x24, 0x3C, 0];

/// The letters of a text.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let glyph = |letter| {
        BASIC_FONTS
            .get(letter)
            .or_else(|| LATIN_FONTS.get(letter))
            .or_else(|| GREEK_FONTS.get(letter))
            .or_else(|| HIRAGANA_FONTS.get(letter))
            .unwrap_or(UNKNOWN)
    };
    // No tile is as wide as this many.
    text.chars().take(1024).map(glyph).collect()
}

/// The dots of a letter: columns and rows.
pub(super) fn dots(glyph: Glyph) -> impl Iterator<Item = (usize, usize)> {
    (0..8).zip(glyph).flat_map(|(y, row)| {
        (0..8)
            .filter(move |x| row >> x & 1 == 1)
            .map(move |x| (x, y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_several_scripts_are_known_and_others_are_boxes() {
        for letter in ["A", "~", "é", "ß", "Ω", "あ"] {
            let [glyph] = glyphs(letter)[..] else {
                panic!("{letter} is one glyph");
            };
            assert!(glyph != UNKNOWN && dots(glyph).next().is_some(), "{letter}");
        }
        assert_eq!(glyphs("漢"), [UNKNOWN]);
        assert_eq!(dots(glyphs("!")[0]).next(), Some((3, 0)));
    }
}
