//! `dispatch.rs` of the emulator: calls the handler of each operation, so that a new operation does
//! not compile until it has one.

use std::collections::BTreeSet;

use super::{
    contract::{Contract, Operation},
    rust,
};

pub fn files(contract: &Contract) -> Vec<(&'static str, String)> {
    let module = rust::header("api/*.toml") + "pub(crate) mod dispatch;\n";
    vec![("dispatch.rs", dispatch(contract)), ("mod.rs", module)]
}

fn dispatch(contract: &Contract) -> String {
    let operations: BTreeSet<&str> = contract
        .operations()
        .map(|operation| operation.rust.as_str())
        .collect();
    let names = operations.into_iter().collect::<Vec<_>>().join(", ");
    let arms: String = contract.operations().map(arm).collect();
    format!(
        "{}use http::StatusCode;
use vonage_video_core::{{Matched, operations::{{{names}}}}};

use crate::api::{{operations::Operations, refusal::{{ApiResult, Refusal}}, respond::{{Success, as_json}}}};

/// Calls the handler of a request's operation: the method of the same name.
pub(crate) fn dispatch(operations: &mut Operations<'_>, matched: &Matched) -> ApiResult<Success> {{
    match matched.meta.id {{
{arms}        // Routes and handlers are generated from the same contract.
        unknown => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!(\"the emulator does not implement the operation {{unknown}}\"),
        )),
    }}
}}
",
        rust::header("api/*.toml"),
    )
}

/// The type is named, so that a handler of the same name with another request does not compile.
fn arm(operation: &Operation) -> String {
    format!(
        "        {:?} => as_json::<{}>(matched, |it| operations.{}(it)),\n",
        operation.id, operation.rust, operation.id
    )
}
