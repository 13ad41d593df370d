//! What is written, and what `--check` says.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crate::codegen::files::differences;

/// A folder of its own that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("xtask-codegen-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn wanted(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn what_differs_is_shown_and_put_right() {
    let folder = Folder::new("differs");
    folder.put("a/src/generated/same.rs", "same\n");
    folder.put("a/src/generated/changed.rs", "one\nby hand\nthree\n");
    folder.put("a/src/generated/old/stale.rs", "stale\n");
    folder.put("a/src/by_hand.rs", "mine\n");
    let wanted = wanted(&[
        ("a/src/generated/same.rs", "same\n"),
        ("a/src/generated/changed.rs", "one\ntwo\nthree\n"),
        ("a/src/generated/new/file.rs", "new\n"),
        ("docs/page.md", "page\n"),
    ]);

    let found = differences(&folder.0, wanted.clone()).unwrap();
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "a/src/generated/changed.rs differs from line 2\n  - by hand\n  + two\n",
            "a/src/generated/new/file.rs is missing\n",
            "a/src/generated/old/stale.rs should not be there\n",
            "docs/page.md is missing\n",
        ]
    );

    for difference in found {
        difference.resolve(&folder.0).unwrap();
    }
    assert!(differences(&folder.0, wanted).unwrap().is_empty());
    assert!(!folder.0.join("a/src/generated/old").exists());
    assert_eq!(
        fs::read_to_string(folder.0.join("a/src/by_hand.rs")).unwrap(),
        "mine\n"
    );
}

#[test]
fn a_long_difference_is_cut() {
    let folder = Folder::new("long");
    folder.put("a/generated/x.rs", "");
    let text: String = (0..9).map(|line| format!("{line}\n")).collect();
    let found = differences(&folder.0, wanted(&[("a/generated/x.rs", &text)])).unwrap();
    assert!(
        found[0]
            .to_string()
            .ends_with("  + 4\n  + … 4 lines more\n"),
        "{}",
        found[0]
    );
}
