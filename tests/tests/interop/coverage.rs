//! Which operations each SDK has. One that is added to the contract fails here until a driver calls it or it is listed.

use std::collections::BTreeSet;

use vonage_video_core::ROUTES;
use vonage_video_tests::interop::Report;

/// No official SDK has these: they are described in documents only.
const NO_SDK: &[&str] = &[
    "set_archive_storage",
    "delete_archive_storage",
    "create_project",
    "list_projects",
    "get_project",
    "set_project_status",
    "delete_project",
    "refresh_project_secret",
];
/// Only the Java and .NET SDKs have it.
pub(crate) const CONNECTIONS: &[&str] = &["list_connections"];
/// Of OpenTok alone, and of the `opentok` package for Node alone.
pub(crate) const CALLBACKS: &[&str] =
    &["register_callback", "list_callbacks", "unregister_callback"];

/// Every operation is called by the driver, but those that its SDK does not have.
pub(crate) fn check(report: &Report, not_in_this_sdk: &[&[&str]]) {
    let called: BTreeSet<&str> = report.steps.iter().map(|step| step.operation()).collect();
    let missing: BTreeSet<&str> = NO_SDK
        .iter()
        .chain(not_in_this_sdk.iter().copied().flatten())
        .copied()
        .collect();
    let wrong: Vec<&str> = ROUTES
        .iter()
        .map(|meta| meta.id)
        .filter(|id| called.contains(id) == missing.contains(id))
        .collect();
    assert!(
        wrong.is_empty(),
        "called though it is listed as missing, or neither: {wrong:?}"
    );
}
