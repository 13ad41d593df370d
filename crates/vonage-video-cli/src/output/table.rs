//! Aligned columns for a terminal.

use comfy_table::{
    Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, Table, presets::NOTHING,
};
use unicode_width::UnicodeWidthStr as _;

/// The width of a terminal that does not tell.
const WIDTH: u16 = 80;
/// Below this, columns hold nothing that helps.
const NARROWEST: u16 = 20;

/// Blanks between columns.
const GAP: u16 = 2;
/// The fewest characters that are left of a text that is cut.
const SHORTEST: usize = 9;

/// The terminal's width.
pub(super) fn width() -> u16 {
    let width = terminal_size::terminal_size().map(|(width, _)| width.0);
    width.unwrap_or(WIDTH).max(NARROWEST)
}

/// A table without borders, cut to the terminal's width, one line a row. With colours, the words of
/// states have them; none is marked by its colour alone.
pub(super) fn draw(head: &[&str], rows: &[Vec<String>], width: u16, colours: bool) -> String {
    let mut table = Table::new();
    let head = head.get(..fitting(head, rows, width)).unwrap_or(head);
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_truncation_indicator("…")
        .set_width(width)
        .set_header(Row::from(head).max_height(1).clone());
    if colours {
        table.enforce_styling();
    }
    let state = head.iter().position(|title| *title == "STATUS");
    for row in rows {
        let cell = |(index, text): (usize, &String)| match colour(text) {
            Some(colour) if colours && Some(index) == state => Cell::new(text).fg(colour),
            _ => Cell::new(text),
        };
        let cells = row.iter().take(head.len()).enumerate().map(cell);
        let mut row = Row::from(cells.collect::<Vec<_>>());
        row.max_height(1);
        table.add_row(row);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column
            .set_padding((0, GAP))
            .set_cell_alignment(CellAlignment::Left);
        // An id that is cut cannot be pasted.
        if index == 0 && width >= WIDTH {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table.trim_fmt()
}

/// How many columns have room, from the first on; a long text may be cut to a few characters.
fn fitting(head: &[&str], rows: &[Vec<String>], width: u16) -> usize {
    let mut left = usize::from(width);
    let fits = |(index, title): &(usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(*index));
        let longest = cells.map(|cell| cell.width()).max().unwrap_or(0);
        let least = longest.max(title.width()).min(SHORTEST.max(title.width()));
        let needed = least + usize::from(GAP);
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    };
    head.iter().enumerate().take_while(fits).count().max(1)
}

/// The colour of a state: one of the sixteen that every terminal has.
fn colour(state: &str) -> Option<Color> {
    match state {
        "available" | "uploaded" | "ACTIVE" => Some(Color::DarkGreen),
        "started" | "starting" | "paused" => Some(Color::DarkYellow),
        "failed" | "SUSPENDED" => Some(Color::DarkRed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_however_narrow_the_terminal() {
        let rows = vec![
            vec![
                "6cac9ae5-fca7-4610-a6e6-57ea99ba122e".to_owned(),
                "Weekly with a very long name".to_owned(),
            ],
            vec!["a931".to_owned(), "张伟 محمد Björk".to_owned()],
        ];
        for width in [20, 40, 80] {
            let drawn = draw(&["ID", "NAME"], &rows, width, false);
            assert_eq!(drawn.lines().count(), 3, "{drawn}");
            for line in drawn.lines() {
                assert!(
                    unicode_width::UnicodeWidthStr::width(line) <= usize::from(width),
                    "{drawn}"
                );
            }
        }
    }

    #[test]
    fn nothing_is_cut_where_there_is_room() {
        let rows = vec![vec!["a".to_owned(), "b c".to_owned()]];
        assert_eq!(draw(&["ID", "NAME"], &rows, 80, false), "ID  NAME\na   b c");
    }
}
