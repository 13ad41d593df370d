//! Comments: the first line of a file says its job, and no line is wider than a hundred columns.

use crate::failure::Failure;

const WIDEST: usize = 100;

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
        if width > WIDEST && is_comment(line) && !(generated && example) && !is_unbreakable(line) {
            complaints.push(format!(
                "{file}:{}: a comment of {width} columns, more than {WIDEST}",
                number + 1
            ));
        }
    }
    complaints
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
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
