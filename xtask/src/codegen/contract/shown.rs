//! Whether the text of a member may be shown in logs, which goes by its name in all objects
//! together.

use std::collections::BTreeMap;

use super::{Contract, Field, Place, Problem, Type};

/// Whether the text of a field is shown: `None` where it has none.
pub fn shown(field: &Field) -> Option<bool> {
    match field.kind.item() {
        Type::String => Some(field.shown),
        Type::Map | Type::Json => Some(false),
        // Of an object, its harmless members are shown.
        Type::Enum(_) | Type::Id(_) | Type::Model(_) => Some(true),
        _ => (field.place == Place::Path).then_some(true),
    }
}

/// A name that is shown in one object and hidden in another would be hidden in both.
pub fn check(contract: &Contract, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, [Option<String>; 2]> = BTreeMap::new();
    for resource in &contract.resources {
        let inputs = resource.operations.iter().map(|it| {
            let key = format!("op.{}.input", it.id);
            (key, &it.rust, &it.fields)
        });
        let models = resource.models.iter().map(|it| {
            let key = format!("model.{}.fields", it.name);
            (key, &it.name, &it.fields)
        });
        for (key, owner, fields) in inputs.chain(models) {
            for field in fields {
                // An object that is hidden is still one: its members go by their own names.
                let object = matches!(field.kind.item(), Type::Model(_));
                let Some(shown) = shown(field).filter(|_| !object) else {
                    continue;
                };
                let places = seen.entry(field.name.as_str()).or_default();
                if let Some(other) = &places[usize::from(!shown)] {
                    problems.push(Problem::new(
                        &resource.file,
                        &format!("{key}.{}", field.name),
                        conflict(&field.name, owner, other, shown),
                    ));
                }
                let place = &mut places[usize::from(shown)];
                place.get_or_insert_with(|| owner.clone());
            }
        }
    }
}

fn conflict(name: &str, here: &str, there: &str, shown: bool) -> String {
    let (shown_in, hidden_in) = if shown { (here, there) } else { (there, here) };
    format!(
        "`{name}` is shown in {shown_in} and hidden in {hidden_in}, and logs go by the name alone: say `shown = true` in both, or in neither"
    )
}
