//! Lines of coloured text as a picture that scales, with its text in it.

use super::escapes::{Piece, Style};

/// The sixteen colours, on the dark ground of the picture.
const COLOURS: [&str; 16] = [
    "#6b7280", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#e6edf3",
    "#9ca3af", "#ffa198", "#aff5b4", "#f2cc60", "#a5d6ff", "#e2c5ff", "#76e3ea", "#ffffff",
];
const LINE: usize = 20;
/// The width of a character, in tenths.
const CHARACTER: usize = 84;
const MARGIN: usize = 16;

pub(super) fn picture(lines: &[Vec<Piece>], columns: usize) -> String {
    let width = columns * CHARACTER / 10 + 2 * MARGIN;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0d1117\"/>\n"
    );
    for (at, line) in lines.iter().enumerate() {
        let y = MARGIN + at * LINE + LINE * 3 / 4;
        svg += &format!("<text x=\"{MARGIN}\" y=\"{y}\" fill=\"#e6edf3\" xml:space=\"preserve\">");
        for piece in line {
            svg += &format!(
                "<tspan{}>{}</tspan>",
                attributes(piece.style),
                escaped(&piece.text)
            );
        }
        svg += "</text>\n";
    }
    svg + "</svg>\n"
}

fn attributes(style: Style) -> String {
    let colour = style
        .colour
        .and_then(|colour| COLOURS.get(usize::from(colour)));
    let colour = colour.map(|colour| format!(" fill=\"{colour}\""));
    let bold = style.bold.then_some(" font-weight=\"bold\"");
    let dim = style.dim.then_some(" opacity=\"0.6\"");
    [colour.as_deref(), bold, dim]
        .into_iter()
        .flatten()
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The text of a picture; of any other text, the text itself.
pub(super) fn text(picture: &str) -> String {
    if !picture.starts_with("<svg") {
        return picture.to_owned();
    }
    let pieces = picture.split('<').filter_map(|piece| {
        let (tag, text) = piece.split_once('>')?;
        Some(if tag == "/text" { "\n" } else { text })
    });
    let text: String = pieces.collect();
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_found_again_whatever_it_holds() {
        let style = Style {
            bold: true,
            dim: false,
            colour: Some(1),
        };
        let piece = |text: &str| Piece {
            text: text.to_owned(),
            style,
        };
        let lines = [
            vec![piece("<b>&amp;</b> "), piece("x < y")],
            vec![piece("next")],
        ];
        let picture = picture(&lines, 80);
        let found: Vec<String> = text(&picture)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        assert_eq!(found, ["<b>&amp;</b> x < y", "next"]);
    }
}
