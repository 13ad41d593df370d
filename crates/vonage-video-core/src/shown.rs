//! Text from the network as people may see it: one line, bounded, and nothing that acts on a
//! terminal or hides in it.

use std::fmt::{self, Write as _};

/// Characters of a text that are shown unless a caller wants another number.
const LONGEST: usize = 300;

/// Displays text bounded and escaped.
///
/// Escaped are control characters (C0, DEL and C1), line and paragraph separators, marks that
/// change the direction of text, and characters without a width. Text beyond the bound becomes `…`.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    text: &'a str,
    longest: usize,
}

impl<'a> Shown<'a> {
    /// At most 300 characters of `text`.
    pub fn new(text: &'a str) -> Self {
        Self::at_most(text, LONGEST)
    }

    /// At most `longest` characters of `text`.
    pub fn at_most(text: &'a str, longest: usize) -> Self {
        Self { text, longest }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.text.chars().enumerate() {
            if index == self.longest {
                return f.write_char('…');
            }
            if is_hidden(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Whether a character acts on a terminal or cannot be seen.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_or_is_invisible_is_escaped() {
        for (text, expected) in [
            (
                "Ünïcode \"quoted\" \\ 🎥 हिन्दी",
                "Ünïcode \"quoted\" \\ 🎥 हिन्दी",
            ),
            ("a\nb\tc\0", "a\\nb\\tc\\u{0}"),
            ("\u{1b}[31m\u{7f}\u{9b}31m", "\\u{1b}[31m\\u{7f}\\u{9b}31m"),
            (
                "\u{202e}cod\u{2066}\u{200f}",
                "\\u{202e}cod\\u{2066}\\u{200f}",
            ),
            (
                "a\u{200b}b\u{feff}c\u{2060}\u{ad}",
                "a\\u{200b}b\\u{feff}c\\u{2060}\\u{ad}",
            ),
            ("a\u{2028}b\u{2029}\u{85}", "a\\u{2028}b\\u{2029}\\u{85}"),
        ] {
            assert_eq!(Shown::new(text).to_string(), expected);
        }
    }

    #[test]
    fn long_text_is_cut() {
        let text = "é".repeat(301);
        let shown = Shown::new(&text).to_string();
        assert_eq!(shown, format!("{}…", "é".repeat(300)));
        assert_eq!(Shown::at_most("abc", 3).to_string(), "abc");
        assert_eq!(Shown::at_most("abc", 2).to_string(), "ab…");
    }
}
