//! `cargo xtask codegen`: everything that must agree with the contract, made from it.

mod contract;
mod core;
mod dispatch;
mod docs;
mod enums;
mod fields;
mod files;
mod json;
mod models;
mod names;
mod openapi;
mod operations;
mod rust;
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

/// Every generated file, by its path from the root.
fn generate(root: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let ids = identifiers(&fs::read_to_string(root.join(CORE).join("src/id.rs"))?);
    let contract = Contract::read(&root.join(CORE).join("api"), &ids).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("the contract is wrong\n{}", lines.join("\n"))
    })?;
    let mut all = BTreeMap::new();
    for (path, text) in core::files(root, &contract, &ids)? {
        all.insert(format!("{CORE}/src/generated/{path}"), text);
    }
    for (path, text) in dispatch::files(&contract) {
        all.insert(
            format!("{EMULATOR}/src/api/generated/{path}"),
            rust::format(root, &text)?,
        );
    }
    all.insert(
        format!("{CORE}/api/openapi.json"),
        openapi::document(&contract),
    );
    all.insert("docs/operations.md".to_owned(), docs::page(&contract));
    let readme = fs::read_to_string(root.join("crates/vonage-video/README.md")).unwrap_or_default();
    if let Some(text) = docs::readme(&contract, &readme) {
        all.insert("crates/vonage-video/README.md".to_owned(), text);
    }
    Ok(all)
}

/// The identifier types: the names in `id.rs` that end in `Id`.
fn identifiers(source: &str) -> Vec<String> {
    let mut found: Vec<String> = source
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| {
            word.len() > 2 && word.ends_with("Id") && word.starts_with(char::is_uppercase)
        })
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}
