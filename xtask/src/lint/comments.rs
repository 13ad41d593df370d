//! Comments: the first line of a file says its job, no line is wider than a hundred columns, what a
//! crate makes public is documented in more than three words, and the words are plain.

use crate::failure::Failure;

const WIDEST: usize = 100;

/// A documentation comment of fewer words repeats the name of what it documents.
const FEWEST_WORDS: usize = 4;

/// Words of another dialect or for another concept, each with a plain one for its place.
const ODD_WORDS: &[(&str, &str)] = &[
    ("anew", "again"),
    ("are told", "receive, learn"),
    ("befalls", "happens to"),
    ("is told", "receives, learns"),
    ("patience", "timeout"),
    ("so many", "this many"),
    ("whoever", "the one who is meant"),
];

pub(super) fn check() -> Result<(), Failure> {
    super::sources::in_each(complaints)
}

fn complaints(file: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let first = text.lines().next().unwrap_or_default();
    // A crate may say its job in its README.
    let firsts = [
        "//! ",
        "// @generated",
        "#![doc = include_str!",
        "#![cfg_attr(",
    ];
    if !firsts.iter().any(|start| first.starts_with(start)) {
        complaints.push(format!(
            "{file}: its first line does not say its job, after `//! `"
        ));
    }
    // The generator writes a value of an example in one line.
    let generated = first.starts_with("// @generated");
    let mut example = false;
    for (number, line) in text.lines().enumerate() {
        let width = line.chars().count();
        example ^= is_comment(line) && words(line).starts_with("```");
        if is_comment(line) {
            let odd = ODD_WORDS.iter().filter(|(odd, _)| holds(line, odd));
            complaints.extend(
                odd.map(|(odd, plain)| format!("{file}:{}: `{odd}`; plainer: {plain}", number + 1)),
            );
        }
        if width > WIDEST && is_comment(line) && !(generated && example) && !is_unbreakable(line) {
            complaints.push(format!(
                "{file}:{}: a comment of {width} columns, more than {WIDEST}",
                number + 1
            ));
        }
    }
    if file.starts_with("crates/") {
        complaints.extend(short_docs(text).into_iter().map(|(number, doc)| {
            format!("{file}:{number}: `{doc}` says no more than a name would")
        }));
    }
    complaints
}

/// The documentation of public items that is too short to say anything, by the number of its line.
fn short_docs(text: &str) -> Vec<(usize, &str)> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let is_doc = |line: Option<&&str>| line.is_some_and(|line| line.starts_with("///"));
    let mut short = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(doc) = line.strip_prefix("///") else {
            continue;
        };
        let alone = !is_doc(index.checked_sub(1).and_then(|before| lines.get(before)))
            && !is_doc(lines.get(index + 1));
        let mut below = lines.iter().skip(index + 1);
        let item = below.find(|line| !line.starts_with('#'));
        let public = item.is_some_and(|item| item.starts_with("pub "));
        if alone && public && doc.split_whitespace().count() < FEWEST_WORDS {
            short.push((index + 1, doc.trim()));
        }
    }
    short
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether a line holds words, neither as parts of longer ones nor quoted.
fn holds(line: &str, words: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.match_indices(words).any(|(at, _)| {
        let before = line.get(..at).and_then(|it| it.chars().next_back());
        let after = line
            .get(at + words.len()..)
            .and_then(|it| it.chars().next());
        let part =
            |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || "_`\"".contains(it));
        !part(before) && !part(after)
    })
}

/// A row of a table, and an address.
fn is_unbreakable(line: &str) -> bool {
    words(line).starts_with('|') || line.contains("://")
}

fn words(line: &str) -> &str {
    line.trim_start().trim_start_matches(['/', '!', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_comments_and_a_first_line_without_a_job_are_named() {
        let wide = format!("use a;\n    // {}\n", "x".repeat(94));
        let found = complaints("a.rs", &wide);
        assert_eq!(
            found,
            [
                "a.rs: its first line does not say its job, after `//! `",
                "a.rs:2: a comment of 101 columns, more than 100"
            ]
        );
    }

    #[test]
    fn odd_words_are_named_with_plain_ones() {
        let odd = "//! What a page is told.\n// Read ANEW by whoever asks.\n";
        assert_eq!(
            complaints("a.rs", odd),
            [
                "a.rs:1: `is told`; plainer: receives, learns",
                "a.rs:2: `anew`; plainer: again",
                "a.rs:2: `whoever`; plainer: the one who is meant",
            ]
        );
        let plain = "//! A `patience`, which is not anewed.\nlet anew = \"so many\";\n";
        assert_eq!(complaints("a.rs", plain), [""; 0]);
    }

    #[test]
    fn an_example_is_held_to_it_unless_it_is_generated() {
        let code = format!("```\n/// {}\n/// ```\n", "x".repeat(97));
        assert_eq!(
            complaints("a.rs", &format!("//! A job.\n/// {code}")).len(),
            1
        );
        let generated = format!("// @generated\n/// {code}");
        assert_eq!(complaints("a.rs", &generated), [""; 0]);
    }

    #[test]
    fn documentation_of_what_is_public_has_more_than_three_words() {
        let item = |doc: &str, item: &str| {
            complaints(
                "crates/a.rs",
                &format!("//! A job.\n{doc}\n#[must_use]\n{item}\n"),
            )
        };
        let found = item("    /// Its id.", "    pub fn id(&self) -> u8 {");
        assert_eq!(
            found,
            ["crates/a.rs:2: `Its id.` says no more than a name would"]
        );
        assert_eq!(item("/// Its id.", "pub(super) id: u8,"), [""; 0]);
        assert_eq!(item("/// Its id.\n/// ", "pub id: u8,"), [""; 0]);
        assert_eq!(item("/// The id of it.", "pub id: u8,"), [""; 0]);
    }

    #[test]
    fn a_table_an_address_and_a_hundred_columns_may_stay() {
        let row = format!("/// | {} |", "x".repeat(100));
        let address = format!("/// <https://example.com/{}>", "x".repeat(100));
        let full = format!("// {}", "ä".repeat(97));
        let text = format!(
            "//! A job.\n{row}\n{address}\n{full}\nlet code = \"{}\";\n",
            "x".repeat(100)
        );
        assert_eq!(complaints("a.rs", &text), [""; 0]);
    }
}
