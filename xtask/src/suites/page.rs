//! The files that a page shows.

use std::path::PathBuf;

/// The code blocks that stand below their name: a line with a path in backticks and a colon. Those
/// of a section lie in a folder of its name.
pub(super) fn files(page: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut section = PathBuf::new();
    let mut name = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = PathBuf::from(heading.to_lowercase().replace([' ', ':'], "-"));
        } else if line.starts_with("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if let Some(name) = name.take() {
                files.push((section.join(name), block.join("\n") + "\n"));
            }
        } else if !line.is_empty() {
            name = line
                .strip_prefix('`')
                .and_then(|line| line.strip_suffix("`:"));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_below_a_name_is_a_file() {
        let page = "# Page\n\n```sh\nrun\n```\n\n`a/b.py`:\n\n```python\none\n\ntwo\n```\n\n\
            ## With x:y\n\n`c.js`:\n\n```js\n```\n\n`d` is no file.\n\n```js\n```\n";
        let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
        assert_eq!(
            files(page),
            [file("a/b.py", "one\n\ntwo\n"), file("with-x-y/c.js", "\n")]
        );
    }
}
