//! `registry.rs` of the program: every operation as a type, for `call` to choose from by name.

use super::{contract::Contract, rust};

pub fn files(contract: &Contract) -> Vec<(&'static str, String)> {
    let module = rust::header("api/*.toml") + "pub(crate) mod registry;\n";
    vec![("registry.rs", registry(contract)), ("mod.rs", module)]
}

fn registry(contract: &Contract) -> String {
    let entries: String = contract
        .operations()
        .map(|operation| format!("    Entry::of::<operations::{}>(),\n", operation.rust))
        .collect();
    format!(
        "{}use vonage_video::operations;

use crate::call::Entry;

/// Every operation, resource by resource.
pub(crate) const OPERATIONS: &[Entry] = &[
{entries}];
",
        rust::header("api/*.toml")
    )
}
