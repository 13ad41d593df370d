//! Which operations each SDK has, by the counterparts that the contract names. One that has a
//! counterpart fails here until a driver calls it.

use std::collections::BTreeSet;

use vonage_video_core::ROUTES;
use vonage_video_tests::{contract::Contract, interop::Report};

/// Every operation that the contract names a counterpart of is called by the driver of the SDK of
/// that language and environment, but the exceptions.
pub(super) fn check(report: &Report, language: &str, environment: &str, exceptions: &[&str]) {
    let contract = Contract::read();
    let called: BTreeSet<&str> = report.steps.iter().map(|step| step.operation()).collect();
    let wrong: Vec<&str> = ROUTES
        .iter()
        .map(|meta| meta.id)
        .filter(|id| {
            let counterpart = contract.counterpart(id, language, environment);
            called.contains(id) != (counterpart.is_some() && !exceptions.contains(id))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "called though the contract names no counterpart, or the reverse: {wrong:?}"
    );
}
