//! Lays out the generated files of the core crate: which items stand in which file, and the lists
//! of all of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    contract::{Contract, Enum, Field, Model, Operation, Resource, Type, is_shown},
    ids, models, open_enums, operations, reasons, rust, visit, webhooks,
};

/// No generated file is longer.
const LONGEST: usize = 600;

/// An item with its own name: an operation, a model, an enum.
struct Item {
    name: String,
    /// The name of the file that it gets when its resource needs more than one.
    file: String,
    code: String,
}

/// All files, by their paths below `generated/`.
pub fn files(root: &Path, contract: &Contract) -> Result<BTreeMap<String, String>, String> {
    let imports = rust::Imports::of_core(contract);
    let mut files = BTreeMap::new();
    for (folder, items) in [
        (
            "operations",
            operation_items as fn(&Contract, &Resource) -> Vec<Item>,
        ),
        ("models", model_items),
        ("enums", enum_items),
    ] {
        let mut modules = Vec::new();
        for resource in &contract.resources {
            let items = items(contract, resource);
            if !items.is_empty() {
                place(root, &imports, folder, resource, &items, &mut files)?;
                modules.push((
                    resource.name.clone(),
                    items.into_iter().map(|item| item.name).collect(),
                ));
            }
        }
        if folder == "operations" {
            let names = ["Visitor", "visit"].map(str::to_owned).to_vec();
            modules.push(("visit".to_owned(), names));
        }
        files.insert(
            format!("{folder}/mod.rs"),
            rust::format(root, &list("api/*.toml", &modules))?,
        );
    }
    files.insert(
        "operations/visit.rs".to_owned(),
        rust::format(root, &visit::file(contract))?,
    );
    files.insert(
        "webhooks.rs".to_owned(),
        rust::format(root, &webhooks::file(contract, &imports))?,
    );
    files.insert(
        "ids.rs".to_owned(),
        rust::format(root, &ids::file(contract))?,
    );
    files.insert(
        "reasons.rs".to_owned(),
        rust::format(root, &reasons::file(contract))?,
    );
    files.insert(
        "harmless.rs".to_owned(),
        rust::format(root, &harmless_file(contract))?,
    );
    files.insert("mod.rs".to_owned(), rust::format(root, &top(contract))?);
    Ok(files)
}

/// One file a resource; a folder with one file an item when that would be too long.
fn place(
    root: &Path,
    imports: &rust::Imports,
    folder: &str,
    resource: &Resource,
    items: &[Item],
    files: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    let source = &resource.file;
    let whole = rust::format(root, &file(imports, source, items))?;
    if whole.lines().count() <= LONGEST {
        files.insert(format!("{folder}/{}.rs", resource.name), whole);
        return Ok(());
    }
    for item in items {
        let one = rust::format(root, &file(imports, source, std::slice::from_ref(item)))?;
        files.insert(format!("{folder}/{}/{}.rs", resource.name, item.file), one);
    }
    let modules: Vec<(String, Vec<String>)> = items
        .iter()
        .map(|item| (item.file.clone(), vec![item.name.clone()]))
        .collect();
    files.insert(
        format!("{folder}/{}/mod.rs", resource.name),
        rust::format(root, &list(source, &modules))?,
    );
    Ok(())
}

fn file(imports: &rust::Imports, source: &str, items: &[Item]) -> String {
    let code: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    let code = code.join("\n");
    let defined: BTreeSet<&str> = items.iter().map(|item| item.name.as_str()).collect();
    rust::header(source) + &imports.of(&code, &defined) + &code
}

/// A file of modules and what they give.
fn list(source: &str, modules: &[(String, Vec<String>)]) -> String {
    let declared: String = modules
        .iter()
        .map(|(module, _)| format!("mod {module};\n"))
        .collect();
    let given: String = modules
        .iter()
        .map(|(module, names)| format!("pub use {module}::{{{}}};\n", names.join(", ")))
        .collect();
    format!("{}{declared}\n{given}", rust::header(source))
}

fn operation_items(contract: &Contract, resource: &Resource) -> Vec<Item> {
    let item = |operation: &Operation| Item {
        name: operation.rust.clone(),
        file: operation.id.clone(),
        code: operations::operation(contract, &resource.name, operation),
    };
    resource.operations.iter().map(item).collect()
}

fn model_items(contract: &Contract, resource: &Resource) -> Vec<Item> {
    let item = |model: &Model| Item {
        name: model.name.clone(),
        file: super::names::snake(&model.name),
        code: models::model(contract, model),
    };
    resource.models.iter().map(item).collect()
}

fn enum_items(_: &Contract, resource: &Resource) -> Vec<Item> {
    let item = |it: &Enum| Item {
        name: it.name.clone(),
        file: super::names::snake(&it.name),
        code: open_enums::enumeration(it),
    };
    resource.enums.iter().map(item).collect()
}

fn top(contract: &Contract) -> String {
    // A brace sorts after every letter.
    let mut operations: Vec<&Operation> = contract.operations().collect();
    operations.sort_by_key(|operation| &operation.path);
    let routes: String = operations
        .iter()
        .map(|operation| format!("    operations::{}::META,\n", operation.rust))
        .collect();
    format!(
        "{}pub(crate) mod enums;
pub(crate) mod harmless;
pub(crate) mod ids;
pub(crate) mod models;
pub(crate) mod operations;
pub(crate) mod reasons;
pub(crate) mod webhooks;

use crate::operation::{{Meta, Operation}};

/// The descriptions of all operations, sorted by path: a literal segment comes before a parameter
/// in the same place.
pub const ROUTES: &[&Meta] = &[
{routes}];
",
        rust::header("api/*.toml")
    )
}

/// The list of what may be logged.
fn harmless_file(contract: &Contract) -> String {
    let models = contract.models().flat_map(|model| &model.fields);
    let fields: Vec<&Field> = contract
        .operations()
        .flat_map(|operation| &operation.fields)
        .chain(models)
        .collect();
    let hidden: BTreeSet<&str> = fields
        .iter()
        .filter(|field| is_shown(field) == Some(false))
        .map(|field| field.name.as_str())
        .collect();
    let shown = |objects: bool| -> String {
        let names: BTreeSet<&str> = fields
            .iter()
            .filter(|field| is_shown(field) == Some(true))
            .filter(|field| matches!(field.kind.item(), Type::Model(_)) == objects)
            .map(|field| field.name.as_str())
            .filter(|name| !hidden.contains(name))
            .collect();
        names
            .iter()
            .map(|name| format!("    {name:?},\n"))
            .collect()
    };
    format!(
        "{}/// The names of members whose text may be logged, sorted: enums, identifiers, and those that the
/// contract marks as `shown`.
pub(crate) const TEXTS: &[&str] = &[
{}];

/// The names of members that hold objects or lists of objects, in which harmless members may be
/// logged, sorted. Text in their place may not.
pub(crate) const OBJECTS: &[&str] = &[
{}];
",
        rust::header("api/*.toml"),
        shown(false),
        shown(true),
    )
}
