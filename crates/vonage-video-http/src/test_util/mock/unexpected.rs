//! Why a request met no expectation.

use vonage_video_core::{
    Matched, Operation,
    operations::{Visitor, visit},
};

use super::state::Expectation;

/// The operation, as its `Debug` shows it, and why no expectation took it.
pub(super) fn describe(matched: &Matched, expected: &[Expectation]) -> String {
    let id = matched.meta.id;
    let operation = visit(id, Shown(matched)).unwrap_or_else(|| id.to_owned());
    let same = || expected.iter().filter(|expected| expected.operation == id);
    let refused = same()
        .filter(|expected| expected.met < expected.times)
        .count();
    let why = match (same().count(), refused) {
        (0, _) => format!("nothing is expected of {id}"),
        (all, 0) => format!(
            "{} of {id} {} been met",
            match all {
                1 => "the expectation".to_owned(),
                all => format!("all {all} expectations"),
            },
            if all == 1 { "has" } else { "have" }
        ),
        (_, 1) => format!("the `when` of the expectation of {id} returned false for it"),
        (_, refused) => {
            format!("the `when` of {refused} expectations of {id} returned false for it")
        }
    };
    format!("{id}: {why}: {operation}")
}

/// The operation as its `Debug` shows it.
struct Shown<'a>(&'a Matched);

impl Visitor for Shown<'_> {
    type Output = String;

    fn visit<O: Operation>(self) -> String {
        match self.0.decode::<O>() {
            Ok(operation) => format!("{operation:?}"),
            Err(error) => format!("it cannot be read: {error}"),
        }
    }
}
