//! Names of other SDKs: each one that the page for those who migrate has is found in rustdoc's
//! search, as an item or by `#[doc(alias)]`.

use std::{collections::BTreeSet, fs};

use crate::{
    failure::Failure,
    run::{command, read, root},
};

const PAGE: &str = "crates/vonage-video/docs/migrating.md";

/// The columns of a table of counterparts: the call here, and six SDKs.
const COLUMNS: usize = 7;

pub(super) fn check() -> Result<(), Failure> {
    let page = fs::read_to_string(root().join(PAGE))?;
    let mut found = BTreeSet::new();
    for file in read(&mut command("git", &["ls-files", "crates/*/src/*.rs"]))?.lines() {
        // The program is not a library, so rustdoc has no pages of it to search.
        if !file.starts_with("crates/vonage-video-cli/") {
            let text = fs::read_to_string(root().join(file)).unwrap_or_default();
            found.extend(findable(&text));
        }
    }
    let missing = missing(&page, &found);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{PAGE}: rustdoc's search finds nothing for {}: add `#[doc(alias)]`, for an operation by \
             `search` in the contract",
            missing.join(", ")
        )
        .into())
    }
}

/// The names of items and their aliases, as the search compares them.
fn findable(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for aliases in text.split("#[doc(alias").skip(1) {
        let aliases = aliases.split(']').next().unwrap_or_default();
        found.extend(aliases.split('"').skip(1).step_by(2).map(bare));
    }
    for line in text.lines().map(str::trim) {
        if line.starts_with("pub ") {
            let mut words = line.split_whitespace().skip_while(|word| !is_kind(word));
            let name = words.nth(1).unwrap_or_default();
            let name = name.split(|c: char| !c.is_alphanumeric() && c != '_');
            found.extend(name.take(1).map(bare));
        }
    }
    found
}

fn is_kind(word: &str) -> bool {
    ["fn", "struct", "enum", "trait", "mod", "type"].contains(&word)
}

/// The names in a page's tables of counterparts that are not found.
fn missing(page: &str, found: &BTreeSet<String>) -> Vec<String> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let mut missing = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        if cells.len() != COLUMNS {
            continue;
        }
        let written = cells.iter().skip(1).flat_map(|cell| cell.split('`'));
        for name in written.filter_map(searched) {
            if !found.contains(&bare(&name)) {
                missing.insert(name);
            }
        }
    }
    missing.into_iter().collect()
}

/// What somebody would search for who knows `name`: without its receiver and arguments. A single
/// word after a receiver, as in `archives.find`, is too common to search for.
fn searched(name: &str) -> Option<String> {
    let name = name.replace("(Async)", "");
    let name = name.split('(').next().unwrap_or_default();
    let name = name.trim_start_matches("new ");
    let name = name.trim_end_matches(".new").trim_end_matches(".builder");
    let is_common =
        |last: &str| !last.contains('_') && !last.chars().skip(1).any(char::is_uppercase);
    let last = match name.rsplit_once(['.', '\\', ':']) {
        Some((_, last)) if is_common(last) => return None,
        Some((_, last)) => last,
        None => name,
    };
    let is_name = !last.is_empty() && last.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| last.to_owned())
}

/// A name as rustdoc's search compares it: neither case nor underscores matter.
fn bare(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_their_aliases_are_found() {
        let text = "#[doc(alias = \"kick\")]\n#[doc(alias(\n    \"a_b\",\n    \"cD\"\n))]\npub struct ForceDisconnect {\n    \
                    pub async fn send_it<T>(&self)\n    fn hidden() {}\n";
        assert_eq!(
            Vec::from_iter(findable(text)),
            ["ab", "cd", "forcedisconnect", "kick", "sendit"]
        );
    }

    #[test]
    fn a_counterpart_that_the_search_does_not_find_is_named() {
        let page = "| `x` | `Start(Async)` | `new OpenTok` / `sendIt` | `send_it` | `a.b_c` | `a.find` | `N\\toThis` |\n\
                    | `two` | `columns` |\n";
        let found = BTreeSet::from(["start".to_owned(), "sendit".to_owned()]);
        assert_eq!(missing(page, &found), ["OpenTok", "b_c", "toThis"]);
    }
}
