//! `handler.rs` of the emulator: one method an operation, so that a new operation does not compile until somebody answers it.

use std::collections::BTreeSet;

use super::{
    contract::{Contract, Operation, Shape},
    operations::output_type,
    rust,
};

pub fn files(contract: &Contract) -> Vec<(&'static str, String)> {
    let module = rust::header("api/*.toml") + "pub(crate) mod handler;\n";
    vec![("handler.rs", handler(contract)), ("mod.rs", module)]
}

fn handler(contract: &Contract) -> String {
    let operations: BTreeSet<&str> = contract
        .operations()
        .map(|operation| operation.rust.as_str())
        .collect();
    let models: BTreeSet<&str> = contract
        .operations()
        .filter_map(|operation| operation.output.model())
        .collect();
    let list = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join(", ");
    let page = if contract
        .operations()
        .any(|it| matches!(it.output.shape, Shape::Page(_)))
    {
        "Page, "
    } else {
        ""
    };
    let methods: Vec<String> = contract.operations().map(method).collect();
    let arms: String = contract.operations().map(arm).collect();
    format!(
        "{}use http::StatusCode;
use vonage_video_core::{{Matched, {page}models::{{{}}}, operations::{{{}}}}};

use crate::api::reply::{{Answer, Caller, Refusal, Reply, answer}};

/// Answers every operation.
pub(crate) trait Handler {{
{}}}

/// Finds the method of an operation and lets it answer.
pub(crate) fn dispatch(handler: &impl Handler, caller: &Caller, matched: &Matched) -> Answer {{
    match matched.meta.id {{
{arms}        // Routes and handlers are made from one contract.
        unknown => Answer::Refusal(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!(\"the emulator has no operation {{unknown}}\"),
        )),
    }}
}}
",
        rust::header("api/*.toml"),
        list(models),
        list(operations),
        methods.join("\n")
    )
}

fn method(operation: &Operation) -> String {
    format!(
        "    /// `{} {}`\n    fn {}(&self, caller: &Caller, request: {}) -> Reply<{}>;\n",
        operation.method,
        operation.path,
        operation.id,
        operation.rust,
        output_type(&operation.output)
    )
}

fn arm(operation: &Operation) -> String {
    format!(
        "        {:?} => answer(matched, |it| handler.{}(caller, it)),\n",
        operation.id, operation.id
    )
}
