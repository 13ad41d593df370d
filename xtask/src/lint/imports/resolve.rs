//! From a path in the code to the module that defines what it names.

use std::collections::BTreeSet;

use super::read::Module;

/// The names that were looked up on the way, each with its module: re-exports may run in a circle.
type Seen = BTreeSet<(usize, String)>;

/// The module that defines the item which a path in `from` names. `None` for what is defined
/// outside the crate, and for a module itself: what is then taken from it is what counts.
pub(super) fn owner(modules: &[Module], from: usize, path: &[String]) -> Option<usize> {
    match walk(modules, from, path, &mut Seen::new())? {
        Found::Item(module) => Some(module),
        Found::Module(_) => None,
    }
}

#[derive(Clone, Copy)]
enum Found {
    Module(usize),
    /// An item, by the module that defines it.
    Item(usize),
}

fn walk(modules: &[Module], from: usize, path: &[String], seen: &mut Seen) -> Option<Found> {
    let (first, rest) = path.split_first()?;
    let mut found = match first.as_str() {
        "crate" => Found::Module(0),
        "self" => Found::Module(from),
        "super" => Found::Module(modules.get(from)?.parent?),
        name => look_up(modules, from, name, seen)?,
    };
    for name in rest {
        let Found::Module(module) = found else {
            // A variant, or a function of a type.
            break;
        };
        found = if name == "super" {
            Found::Module(modules.get(module)?.parent?)
        } else {
            // What is not seen was made by a macro there.
            look_up(modules, module, name, seen).unwrap_or(Found::Item(module))
        };
    }
    Some(found)
}

/// A name in the scope of a module.
fn look_up(modules: &[Module], module: usize, name: &str, seen: &mut Seen) -> Option<Found> {
    if !seen.insert((module, name.to_owned())) {
        return None;
    }
    let scope = modules.get(module)?;
    if let Some(child) = scope.children.get(name) {
        return Some(Found::Module(*child));
    }
    if scope.items.contains(name) {
        return Some(Found::Item(module));
    }
    let named = scope
        .imports
        .iter()
        .find(|import| import.name.as_deref() == Some(name));
    if let Some(import) = named {
        return walk(modules, module, &import.path, seen);
    }
    let globs = scope.imports.iter().filter(|import| import.name.is_none());
    globs
        .filter_map(|import| match walk(modules, module, &import.path, seen)? {
            Found::Module(other) if other != module => look_up(modules, other, name, seen),
            _ => None,
        })
        .next()
}
