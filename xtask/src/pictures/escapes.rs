//! The escapes of a terminal's output, read into lines of coloured text.

/// A piece of a line in one style.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) style: Style,
}

/// How a piece looks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) dim: bool,
    /// One of the sixteen colours of the palette.
    pub(super) colour: Option<u8>,
}

/// Reads an output. Colours and weights are kept; what moves the cursor is dropped, but for a
/// return, after which a line is written again.
pub(super) fn lines(output: &str) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    let mut style = Style::default();
    for line in output.replace("\r\n", "\n").lines() {
        let line = line.rsplit('\r').next().unwrap_or(line);
        lines.push(pieces(line, &mut style));
    }
    lines
}

fn pieces(line: &str, style: &mut Style) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            let mut sequence = String::new();
            for next in characters.by_ref() {
                sequence.push(next);
                if next.is_ascii_alphabetic() {
                    break;
                }
            }
            if let Some(codes) = sequence
                .strip_prefix('[')
                .and_then(|it| it.strip_suffix('m'))
            {
                style.apply(codes);
            }
        } else if !character.is_control() {
            match pieces.last_mut().filter(|last| last.style == *style) {
                Some(last) => last.text.push(character),
                None => pieces.push(Piece {
                    text: character.to_string(),
                    style: *style,
                }),
            }
        }
    }
    pieces
}

impl Style {
    /// Applies the codes of `ESC [ … m`.
    fn apply(&mut self, codes: &str) {
        for code in codes.split(';').map(|code| code.parse().unwrap_or(0u8)) {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                22 => (self.bold, self.dim) = (false, false),
                30..=37 => self.colour = Some(code - 30),
                39 => self.colour = None,
                90..=97 => self.colour = Some(code - 90 + 8),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_kept_and_movements_are_not() {
        let read = lines("\u{1b}[1mBold\u{1b}[0m and \u{1b}[31mred\u{1b}[39m\u{1b}[2K\r\nnext\n");
        let texts: Vec<Vec<&str>> = read
            .iter()
            .map(|line| line.iter().map(|piece| piece.text.as_str()).collect())
            .collect();
        assert_eq!(texts, [vec!["Bold", " and ", "red"], vec!["next"]]);
        let line = read.first().map(Vec::as_slice);
        let Some([bold, plain, red]) = line else {
            panic!("three pieces");
        };
        assert!(bold.style.bold && !plain.style.bold);
        assert_eq!(red.style.colour, Some(1));
    }

    #[test]
    fn after_a_return_a_line_is_written_anew() {
        let read = lines("10 %\r20 %\rdone\n");
        assert_eq!(read.len(), 1);
        assert_eq!(
            read.concat().first().map(|it| it.text.as_str()),
            Some("done")
        );
    }
}
