//! Comments: the first line of a file says its job, and no line is wider than a hundred columns.

use std::fs;

use crate::{
    failure::Failure,
    run::{command, read, root},
};

const WIDEST: usize = 100;

pub(super) fn check() -> Result<(), Failure> {
    let files = read(&mut command("git", &["ls-files", "*.rs"]))?;
    let mut wrong = Vec::new();
    for file in files.lines() {
        // A file that was removed but not yet committed is still listed.
        if let Ok(text) = fs::read_to_string(root().join(file)) {
            wrong.extend(complaints(file, &text));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
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
    let mut example = false;
    for (number, line) in text.lines().enumerate() {
        let width = line.chars().count();
        // Examples are code, and may hold a token.
        example ^= is_comment(line) && words(line).starts_with("```");
        if width > WIDEST && is_comment(line) && !example && !is_unbreakable(line) {
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
    fn a_table_an_example_an_address_and_a_hundred_columns_may_stay() {
        let row = format!("/// | {} |", "x".repeat(100));
        let address = format!("/// <https://example.com/{}>", "x".repeat(100));
        let full = format!("// {}", "ä".repeat(97));
        let code = format!("/// ```\n/// {}\n/// ```", "x".repeat(100));
        let text = format!(
            "//! A job.\n{code}\n{row}\n{address}\n{full}\nlet code = \"{}\";\n",
            "x".repeat(100)
        );
        assert_eq!(complaints("a.rs", &text), [""; 0]);
    }
}
