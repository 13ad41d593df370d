//! The links of every page under version control: the files and headings that they lead to exist,
//! and so do the pages of our own documentation.

use std::{fs, path::Path};

use crate::{
    failure::Failure,
    run::{command, read, root},
};

/// Where our crates will be documented, and what `cargo doc` writes in its place.
const DOCS: &str = "https://docs.rs/vonage-video";

pub(super) fn check() -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for file in read(&mut command("git", &["ls-files", "*.md"]))?.lines() {
        let path = root().join(file);
        let is_linked = fs::symlink_metadata(&path).is_ok_and(|it| it.is_symlink());
        // A file that was removed but not yet committed is still listed.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let folder = match path.parent() {
            Some(folder) if !is_linked => folder.to_owned(),
            _ => continue,
        };
        for link in links(&text) {
            if let Some(why) = problem(&text, &folder, &link) {
                wrong.push(format!("{file}: {link}: {why}"));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// Why a link leads nowhere. Those to other hosts are not looked at, and `rustdoc` knows its own.
fn problem(text: &str, folder: &Path, link: &str) -> Option<String> {
    let is_path_of_rust = link.contains("::") || link.starts_with("fn@");
    if let Some(rest) = link.strip_prefix(DOCS) {
        return documented(rest);
    }
    if link.contains("://") || link.starts_with("mailto:") || is_path_of_rust {
        return None;
    }
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    let target = folder.join(file);
    if file.is_empty() {
        return has_heading(text, heading);
    }
    if !target.exists() {
        return Some("there is no such file".to_owned());
    }
    if heading.is_empty() {
        return None;
    }
    has_heading(&fs::read_to_string(target).unwrap_or_default(), heading)
}

fn has_heading(text: &str, heading: &str) -> Option<String> {
    let found = headings(text).iter().any(|it| it == heading);
    (!found).then(|| "there is no such heading".to_owned())
}

/// A page of the documentation that `cargo doc` has written; without one, nothing is known.
fn documented(rest: &str) -> Option<String> {
    let (path, anchor) = rest.split_once('#').unwrap_or((rest, ""));
    // The rest of the crate's name, and the version.
    let path = path.split_once("/latest/").map_or("", |(_, path)| path);
    let folder = root().join("target/doc");
    let page = folder.join(path);
    let built = path.split('/').next().unwrap_or_default();
    if built.is_empty() || !folder.join(built).is_dir() {
        return None;
    }
    let page = if page.is_dir() {
        page.join("index.html")
    } else {
        page
    };
    let Ok(html) = fs::read_to_string(page) else {
        return Some("there is no such page in target/doc".to_owned());
    };
    let missing = !anchor.is_empty() && !html.contains(&format!("id=\"{anchor}\""));
    missing.then(|| "its page has no such place".to_owned())
}

/// The targets of `[text](target)` and of `[text]: target`, outside of code.
pub(super) fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut code = false;
    for line in text.lines() {
        code ^= line.trim_start().starts_with("```");
        if code {
            continue;
        }
        let line = without_code(line);
        for (_, rest) in line
            .match_indices("](")
            .map(|(at, _)| line.split_at(at + 2))
        {
            if let Some((target, _)) = rest.split_once(')') {
                links.push(target.split(' ').next().unwrap_or_default().to_owned());
            }
        }
        if let Some((name, target)) = line.split_once("]: ")
            && name.starts_with('[')
        {
            links.push(target.trim().to_owned());
        }
    }
    links
}

/// A line without what stands between backticks, but for the brackets of a link around it.
fn without_code(line: &str) -> String {
    let parts = line.split('`').enumerate();
    parts
        .filter(|(index, _)| index % 2 == 0)
        .map(|(_, part)| part)
        .collect()
}

/// The anchors of a page's headings, as forges make them.
fn headings(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut code = false;
    for line in text.lines() {
        code ^= line.starts_with("```");
        let title = line.trim_start_matches('#');
        if code || title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let slug = slug(title.trim());
        let same = found.iter().filter(|it| **it == slug).count();
        found.push(match same {
            0 => slug,
            more => format!("{slug}-{more}"),
        });
    }
    found
}

fn slug(title: &str) -> String {
    let kept = title.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# One page\n\n## `Client::new`, twice\n\n```\n# not a heading\n[no](link)\n```\n[a](b.md#c) `[code](d)` [`e`](f) ![g](h.png)\n[i]: j\n";

    #[test]
    fn links_outside_of_code_are_found() {
        assert_eq!(links(PAGE), ["b.md#c", "f", "h.png", "j"]);
    }

    #[test]
    fn headings_have_the_anchors_of_forges() {
        assert_eq!(headings(PAGE), ["one-page", "clientnew-twice"]);
    }

    #[test]
    fn a_missing_file_and_a_missing_heading_are_named() {
        let folder = root();
        let why = |link| problem(PAGE, &folder, link);
        assert_eq!(why("no-such.md").unwrap(), "there is no such file");
        assert_eq!(why("#two").unwrap(), "there is no such heading");
        assert_eq!(
            why("README.md#no-such").unwrap(),
            "there is no such heading"
        );
        for fine in [
            "#one-page",
            "README.md",
            "https://example.com",
            "crate::Client",
        ] {
            assert_eq!(why(fine), None, "{fine}");
        }
    }
}
