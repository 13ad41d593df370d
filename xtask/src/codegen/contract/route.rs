//! Paths, and what tells the operations on one path apart.

use super::{
    Contract, Operation, Place, Presence,
    problem::{Problem, Report, no_such},
};

/// The segments of a path are words, and parameters that are fields of the input.
pub fn path(operation: &Operation, key: &str, report: &mut Report<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for segment in operation.path.split('/').skip(1) {
        let Some(name) = segment
            .strip_prefix('{')
            .and_then(|segment| segment.strip_suffix('}'))
        else {
            if segment.is_empty() {
                report.add(key, "a segment is empty");
            } else if segment.contains(['{', '}']) {
                report.add(key, format!("`{segment}`: a parameter is a whole segment"));
            }
            continue;
        };
        if seen.contains(&name) {
            report.add(key, format!("`{segment}` is there twice"));
        }
        seen.push(name);
        if name != "project" && !operation.fields.iter().any(|field| field.name == name) {
            let fields = operation.fields.iter().map(|field| field.name.as_str());
            report.add(key, no_such("input field", name, fields));
        }
    }
}

/// Operations on one route must be told apart by what is in their bodies.
pub fn distinct(contract: &Contract, problems: &mut Vec<Problem>) {
    let signature = |operation: &Operation| {
        let constants = operation
            .constants
            .iter()
            .map(|constant| format!("{} = {}", constant.name, constant.value));
        let required = operation
            .fields
            .iter()
            .filter(|field| field.place == Place::Json && field.presence == Presence::Required)
            .map(|field| field.name.clone());
        let mut parts: Vec<String> = constants.chain(required).collect();
        parts.sort();
        parts
    };
    let mut seen: Vec<&Operation> = Vec::new();
    for resource in &contract.resources {
        for operation in &resource.operations {
            let twin = seen.iter().find(|other| {
                (&other.method, &other.path) == (&operation.method, &operation.path)
                    && signature(other) == signature(operation)
            });
            if let Some(twin) = twin {
                let reason = format!(
                    "nothing tells it from `{}` on the same route: they need different constants or required body fields",
                    twin.id
                );
                problems.push(Problem::new(
                    &resource.file,
                    &format!("op.{}.http", operation.id),
                    reason,
                ));
            }
            seen.push(operation);
        }
    }
}
