//! The Rust files under version control, for checks that read them line by line.

use std::fs;

use crate::{
    failure::Failure,
    run::{command, read, root},
};

/// Fails with all complaints about the Rust files under version control, each given by its name and
/// its text.
pub(super) fn in_each(complaints: fn(&str, &str) -> Vec<String>) -> Result<(), Failure> {
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
