//! Stylesheets: rules, and the style that they give to each stream.

use std::collections::HashSet;

use serde::Deserialize;

use super::{
    scan::{cut, without_comments},
    selector::{self, Selector, Specificity},
    style::{self, Declaration, Style},
};

/// The stylesheet of a custom layout.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Stylesheet {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    selectors: Vec<Selector>,
    declarations: Vec<Declaration>,
}

/// The bytes of a stylesheet that are read.
const MOST_BYTES: usize = 64 * 1024;

/// How many parts of selectors and declarations are read, which limits the time that a layout
/// takes.
const MOST_PARTS: usize = 1_000;

impl From<String> for Stylesheet {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl Stylesheet {
    /// Reads a stylesheet. What is not understood is ignored, as in browsers.
    pub(crate) fn parse(text: &str) -> Self {
        let text = without_comments(read_part(text));
        let mut sheet = Self::default();
        let mut parts = 0;
        let mut rest = text.trim_ascii_start();
        while !rest.is_empty() {
            let is_at_rule = rest.starts_with('@');
            let ends: &[u8] = if is_at_rule { b"{;" } else { b"{" };
            let (prelude, end, after) = cut(rest, ends);
            rest = after.trim_ascii_start();
            if end != Some(b'{') {
                continue;
            }
            let (body, _, after) = cut(rest, b"}");
            rest = after.trim_ascii_start();
            if is_at_rule {
                continue;
            }
            if let Ok(selectors) = selector::list(prelude) {
                let declarations = style::list(body);
                parts += selectors.iter().map(Selector::size).sum::<usize>() + declarations.len();
                if parts > MOST_PARTS {
                    break;
                }
                sheet.rules.push(Rule {
                    selectors,
                    declarations,
                });
            }
        }
        sheet
    }

    /// The styles of streams with these classes, of which there are 31 at most.
    pub(super) fn styles(&self, classes: &[HashSet<&str>]) -> Vec<Style> {
        let mut found: Vec<Vec<(Specificity, &Declaration)>> = vec![Vec::new(); classes.len()];
        for rule in &self.rules {
            let selectors = rule.selectors.iter();
            let matches: Vec<(u32, Specificity)> = selectors
                .map(|selector| (selector.matches(classes), selector.specificity))
                .collect();
            for (index, found) in found.iter_mut().enumerate() {
                let of_stream = matches.iter().filter(|(bits, _)| bits >> index & 1 == 1);
                if let Some(specificity) = of_stream.map(|(_, it)| *it).max() {
                    found.extend(rule.declarations.iter().map(|it| (specificity, it)));
                }
            }
        }
        let styles = found.into_iter().map(|mut found| {
            // Later ones stay behind earlier ones of the same weight.
            found.sort_by_key(|(specificity, it)| (it.important, *specificity));
            let mut style = Style::default();
            for (_, declaration) in found {
                style.apply(declaration);
            }
            style
        });
        styles.collect()
    }
}

/// The beginning of a stylesheet, of which no more is read.
pub(crate) fn read_part(text: &str) -> &str {
    let end = (0..=MOST_BYTES.min(text.len())).rfind(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::layout::custom::style::Length;

    /// The `left` of streams with these classes, in pixels; -1 for `auto`.
    fn lefts(sheet: &str, streams: &[&str]) -> Vec<i64> {
        let classes: Vec<HashSet<&str>> = streams
            .iter()
            .map(|it| it.split_whitespace().collect())
            .collect();
        let styles = Stylesheet::parse(sheet).styles(&classes);
        let left = |style: &Style| match style.horizontal.start {
            Length::Pixels(millionths) => millionths / 1_000_000,
            _ => -1,
        };
        styles.iter().map(left).collect()
    }

    #[test]
    fn the_cascade_is_that_of_css() {
        for (sheet, expected) in [
            ("", [-1, -1]),
            ("stream { left: 1px } stream { left: 2px }", [2, 2]),
            ("stream.a { left: 1px } stream { left: 2px }", [1, 2]),
            (".a { left: 1px } stream { left: 2px }", [1, 2]),
            ("stream { left: 1px !important } .a { left: 2px }", [1, 1]),
            (
                ".a { left: 1px!important } stream { left: 2px!important }",
                [1, 2],
            ),
            (
                "stream.a { left: 1px; left: 3em } stream { left: 2px }",
                [1, 2],
            ),
            // The selector that weighs most counts.
            (
                "stream, .a { left: 1px } stream.b, .b { left: 3px } stream { left: 2px }",
                [1, 3],
            ),
            (".b ~ .b { left: 1px } .a + stream { left: 2px }", [-1, 2]),
            ("stream { left: 1px; } .a { left: auto }", [-1, 1]),
        ] {
            assert_eq!(lefts(sheet, &["a", "b"]), expected, "{sheet}");
        }
    }

    #[test]
    fn what_is_not_understood_leaves_the_rules_around_it_alone() {
        for between in [
            "@import url(x.css);",
            "@charset \"utf-8\";",
            "@media print { stream { left: 9px } }",
            "@font-face { src: '}' }",
            "stream..a { left: 9px }",
            "stream, { left: 9px }",
            "archive { left: 9px; width: 10px }",
            "stream { left: 9px } stream { left: 1px }",
            "stream { .a { left: 9px } }",
            "stream { \"}\": 1; content: '}' }",
            "/* stream { left: 9px } */",
            "{ left: 9px }",
            "stream { left: 9 px; }",
            "stream { }",
            "stream {{}}",
        ] {
            let sheet = format!("stream {{ left: 1px }} {between} .b {{ left: 2px }}");
            assert_eq!(lefts(&sheet, &["a", "b"]), [1, 2], "{between}");
        }
        // What is open at the end is closed by it.
        assert_eq!(lefts("stream { left: 1px", &["a"]), [1]);
        assert_eq!(lefts("stream { left: 1px /*", &["a"]), [1]);
        assert_eq!(
            lefts("stream { left: 1px } @media print { .a { left: 9px", &["a"]),
            [1]
        );
    }

    #[test]
    fn long_stylesheets_are_read_as_far_as_the_limits() {
        let rule = ".a { left: 1px } ";
        let late = format!("{}.a {{ left: 2px }}", rule.repeat(MOST_PARTS));
        assert_eq!(lefts(&late, &["a"]), [1]);
        let far = format!("{rule}{} .a {{ left: 2px }}", " ".repeat(MOST_BYTES));
        assert_eq!(lefts(&far, &["a"]), [1]);
        let letters = "é".repeat(MOST_BYTES);
        assert_eq!(read_part(&letters).len(), MOST_BYTES);
        assert_eq!(read_part(&format!("x{letters}")).len(), MOST_BYTES - 1);
    }
}
