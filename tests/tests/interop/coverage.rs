//! Which operations each SDK has, by the counterparts that the contract names. One that has a counterpart fails here until a driver calls it.

use std::collections::BTreeSet;

use vonage_video_core::ROUTES;
use vonage_video_tests::{contract::Contract, interop::Report};

/// Of OpenTok alone, and in Node of the `opentok` package alone.
pub(crate) const CALLBACKS: &[&str] =
    &["register_callback", "list_callbacks", "unregister_callback"];

/// Every operation that the contract names a counterpart of in this language is called by the driver, but those that only the other SDK of the language
/// has.
pub(crate) fn check(report: &Report, language: &str, only_in_the_other: &[&[&str]]) {
    let contract = Contract::read();
    let called: BTreeSet<&str> = report.steps.iter().map(|step| step.operation()).collect();
    let elsewhere: BTreeSet<&str> = only_in_the_other
        .iter()
        .copied()
        .flatten()
        .copied()
        .collect();
    let wrong: Vec<&str> = ROUTES
        .iter()
        .map(|meta| meta.id)
        .filter(|id| {
            let expected = contract.counterpart(id, language).is_some() && !elsewhere.contains(id);
            called.contains(id) != expected
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "called though the contract names no counterpart in {language}, or the reverse: {wrong:?}"
    );
}
