//! `cargo xtask codegen`: everything that must agree with the contract, made from it.

mod commands;
mod contract;
mod dispatch;
mod docs;
mod examples;
mod files;
mod ids;
mod json;
mod layout;
mod models;
mod names;
mod open_enums;
mod openapi;
mod operations;
mod reasons;
mod rust;
mod struct_fields;
#[cfg(test)]
mod tests;
mod text;
mod validate;
mod visit;
mod webhooks;

use std::{collections::BTreeMap, fs, path::Path};

use self::{contract::Contract, files::Difference};
use crate::{Failure, run::root};

/// Writes what is generated, or with `--check` fails when it differs.
pub(crate) fn codegen(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [] => write(),
        [flag] if flag == "--check" => check(),
        _ => Err("usage: cargo xtask codegen [--check]".into()),
    }
}

fn write() -> Result<(), Failure> {
    let differences = differences()?;
    for difference in &differences {
        difference.resolve(&root())?;
        println!("codegen: {}", difference.path);
    }
    if differences.is_empty() {
        println!("codegen: nothing to do");
    }
    Ok(())
}

/// Fails when a generated file is not what the contract makes it.
pub(crate) fn check() -> Result<(), Failure> {
    let differences = differences()?;
    if differences.is_empty() {
        return Ok(());
    }
    differences
        .iter()
        .for_each(|difference| eprint!("{difference}"));
    Err(format!(
        "{} generated files differ from the contract: run `cargo xtask codegen`",
        differences.len()
    )
    .into())
}

fn differences() -> Result<Vec<Difference>, Failure> {
    let root = root();
    let generated = generate(&root)?;
    Ok(files::differences(&root, generated)?)
}

const CORE: &str = "crates/vonage-video-core";
const EMULATOR: &str = "crates/vonage-video-emulator";
const PROGRAM: &str = "crates/vonage-video-cli";

/// Every generated file, by its path from the root.
fn generate(root: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let contract = Contract::read(&root.join(CORE).join("api")).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("the contract is wrong\n{}", lines.join("\n"))
    })?;
    let mut all = BTreeMap::new();
    for (path, text) in layout::files(root, &contract)? {
        all.insert(format!("{CORE}/src/generated/{path}"), text);
    }
    for (path, text) in dispatch::files(&contract) {
        all.insert(
            format!("{EMULATOR}/src/api/generated/{path}"),
            rust::format(root, &text)?,
        );
    }
    for (path, text) in commands::files(&contract)? {
        all.insert(
            format!("{PROGRAM}/src/generated/{path}"),
            rust::format(root, &text)?,
        );
    }
    all.insert(
        "tests/tests/end_to_end/generated/examples.rs".to_owned(),
        rust::format(root, &examples::tests(&contract))?,
    );
    all.insert(
        format!("{CORE}/api/openapi.json"),
        openapi::document(&contract),
    );
    let sources: Vec<String> = all.keys().cloned().collect();
    all.insert(
        "docs/operations.md".to_owned(),
        docs::page(&contract, &sources),
    );
    let readme = fs::read_to_string(root.join("README.md")).unwrap_or_default();
    if let Some(text) = docs::readme(&contract, &readme) {
        all.insert(
            "crates/vonage-video/README.md".to_owned(),
            docs::package_readme(&text),
        );
        all.insert("README.md".to_owned(), text);
    }
    Ok(all)
}
