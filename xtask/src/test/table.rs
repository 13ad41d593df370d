//! The table at the end of the tests: what passed, failed and was skipped, and why.

use std::fmt::Write as _;

use super::part::Part;

/// The parts one a line, then each skipped and each failed test, then the sums, which stand alone
/// on the last line.
pub(super) fn table(parts: &[Part]) -> String {
    let widest = parts.iter().map(|part| part.name.len()).max().unwrap_or(0);
    let mut table = format!("\n{:widest$}  passed  failed  skipped  seconds\n", "part");
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for Part {
        name,
        outcome,
        seconds,
    } in parts
    {
        let _ = writeln!(
            table,
            "{name:widest$}  {:6}  {:6}  {:7}  {seconds:7.1}",
            outcome.passed,
            outcome.failed,
            outcome.skipped.len(),
        );
        passed += outcome.passed;
        failed += outcome.failed;
        skipped += outcome.skipped.len();
    }
    for part in parts {
        for why in &part.outcome.skipped {
            let _ = writeln!(table, "skipped in {}: {why}", part.name);
        }
    }
    for part in parts {
        for failure in &part.outcome.failures {
            let _ = writeln!(table, "FAILED in {}: {failure}", part.name);
        }
    }
    let _ = writeln!(
        table,
        "\n{passed} passed, {failed} failed, {skipped} skipped"
    );
    table
}

#[cfg(test)]
mod tests {
    use super::{super::part::Outcome, *};

    #[test]
    fn the_table_says_what_was_skipped_and_what_failed_and_ends_with_the_sums() {
        let part = |name: &str, outcome| Part {
            name: name.to_owned(),
            outcome,
            seconds: 1.25,
        };
        let parts = [
            part("core", Outcome::passed()),
            part("fuzzing", Outcome::skipped("no compiler".to_owned())),
            part("tests", Outcome::failed("page::works".to_owned())),
        ];
        assert_eq!(
            table(&parts),
            "\n\
             part     passed  failed  skipped  seconds\n\
             core          1       0        0      1.2\n\
             fuzzing       0       0        1      1.2\n\
             tests         0       1        0      1.2\n\
             skipped in fuzzing: no compiler\n\
             FAILED in tests: page::works\n\
             \n\
             1 passed, 1 failed, 1 skipped\n"
        );
    }
}
