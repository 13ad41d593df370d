//! The figures of the comparison are those that a benchmark printed, into a README.

use std::fs;

use crate::{failure::Failure, run::root};

const PAGE: &str = "docs/comparison.md";

/// The READMEs in which the output of benchmarks stands.
const PRINTED: [&str; 2] = [
    "crates/vonage-video-auth/README.md",
    "crates/vonage-video-http/README.md",
];

pub(super) fn check() -> Result<(), Failure> {
    let page = fs::read_to_string(root().join(PAGE))?;
    let mut printed = String::new();
    for file in PRINTED {
        printed += &fs::read_to_string(root().join(file))?;
    }
    let stale = stale(&page, &printed);
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{PAGE}: these rows are in no README of a benchmark; copy the new ones:\n{}",
            stale.join("\n")
        )
        .into())
    }
}

/// The rows between the marks that no benchmark printed.
fn stale<'a>(page: &'a str, printed: &str) -> Vec<&'a str> {
    let blocks = page.split("<!-- figures -->").skip(1);
    let blocks = blocks.filter_map(|block| block.split("<!-- /figures -->").next());
    blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with('|') && !printed.lines().any(|it| it == *line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_no_benchmark_printed_is_named() {
        let page =
            "| 1 | ours |\n<!-- figures -->\n| a | 1 |\n| b | 2 |\n<!-- /figures -->\n| c |\n";
        assert_eq!(stale(page, "| a | 1 |\n| b | 3 |\n"), ["| b | 2 |"]);
    }
}
