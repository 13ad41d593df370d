//! The README of each package reads well where a registry shows it: without the repository beside
//! it, and without rustdoc.

use std::fs;

use super::links::links;
use crate::{
    failure::Failure,
    run::{command, read, root},
};

pub(super) fn check() -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for file in read(&mut command("git", &["ls-files", "crates/*/README.md"]))?.lines() {
        // Others, such as that of a folder of fixtures, are not published.
        if file.split('/').count() == 3 {
            let text = fs::read_to_string(root().join(file)).unwrap_or_default();
            wrong.extend(complaints(&text).iter().map(|it| format!("{file}: {it}")));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

fn complaints(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for link in links(text) {
        if !link.contains("://") && !link.starts_with('#') {
            complaints.push(format!(
                "{link}: a registry shows no file of the repository"
            ));
        }
    }
    let mut language = None;
    for line in text.lines() {
        if let Some(opened) = line.strip_prefix("```") {
            language = language.is_none().then_some(opened);
        } else if language.is_some_and(|it| it.starts_with("rust")) {
            if line.starts_with("# ") {
                complaints.push(format!("{line}: only rustdoc hides this line"));
            }
        } else if language.is_none() {
            complaints.extend(shortcuts(line, text));
        }
    }
    complaints
}

/// Links such as ``[`Name`]``, which only rustdoc resolves, unless the page says where they lead.
fn shortcuts(line: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (_, rest) in line.match_indices("[`").map(|(at, _)| line.split_at(at)) {
        if let Some((name, after)) = rest.split_once("`]") {
            let name = format!("{name}`]");
            let leads_on = after.starts_with(['(', '[', ':']);
            if !leads_on && !text.contains(&format!("\n{name}: ")) {
                complaints.push(format!("{name}: only rustdoc knows where this leads"));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_repository_or_rustdoc_shows_is_named() {
        let text = "[a](docs/a.md) [b](https://b.example) [c](#c)\n```rust\n# fn main() {\n```\n\
                    ```sh\n# a comment\n```\n[`D`] and [`E`](https://e.example) and [`F`]\n\n[`F`]: https://f.example\n";
        assert_eq!(
            complaints(text),
            [
                "docs/a.md: a registry shows no file of the repository",
                "# fn main() {: only rustdoc hides this line",
                "[`D`]: only rustdoc knows where this leads",
            ]
        );
    }
}
